import Campaigns
import Dialer
import PhoneNumbers
import Testing

@testable import CampaignStore
@testable import OffhookServer

@Suite("What a desk shows of its station") struct DeskViewTests {
    private let now = Instant(milliseconds: 1_773_151_200_000)
    private let agent = Identity(
        user: User(
            id: UserID(1), name: "anna", displayName: "Anna", role: .agent, campaigns: nil, timeZone: nil, station: nil,
            createdAt: Instant(milliseconds: 0), disabledAt: nil, hasPassword: true, version: 1))

    private func view(
        _ state: StationState, family: PhoneFamily? = .gxp, isStopping: Bool = false,
        _ change: (inout StationStatus) -> Void = { _ in }
    ) -> DeskView {
        var status = StationStatus(name: "desk-1", state: state)
        status.since = now - .seconds(60)
        change(&status)
        return DeskView(status, family: family, for: agent, isStopping: isStopping, at: now)
    }

    private func action(_ id: String, in view: DeskView) -> DeskAction? { view.actions.first { $0.id == id } }

    @Test("every state has words, and no key presses two buttons", arguments: StationState.allCases)
    func words(state: StationState) {
        for family in PhoneFamily.allCases {
            let view = view(state, family: family) { status in
                if state == .wrapUp { status.wrapUpUntil = now + .seconds(20) }
                if state == .reserved { status.offerUntil = now + .seconds(20) }
                if state == .busyByHand { status.incoming = .init(line: 1, number: nil) }
            }
            #expect(!view.headline.isEmpty)
            #expect(["good", "warn", "bad", "calm"].contains(view.tone))
            let keys = view.actions.map(\.key)
            #expect(Set(keys).count == keys.count, "\(keys)")
            #expect(Set(keys).isDisjoint(with: (1...9).map(String.init) + ["n", "v", "x", "?"]))
            #expect(view.actions.allSatisfy { $0.isEnabled == ($0.reason == nil) })
        }
    }

    @Test("the phone's keys are for calls: without one each says why not, in one all can be pressed")
    func call() {
        let ids = ["hang_up", "hold", "keypad", "mute", "transfer", "conference", "send"]
        let idle = view(.ready)
        let busy = view(.inCall) { $0.attempt = AttemptID(7) }
        for id in ids {
            #expect(action(id, in: idle)?.reason?.isEmpty == false, "\(id)")
            #expect(action(id, in: busy)?.isEnabled == true, "\(id)")
        }
        #expect(action("leave", in: idle)?.isEnabled == true)
        #expect(action("leave", in: busy)?.isEnabled == false)
        #expect(action("call", in: busy)?.isEnabled == false)
    }

    @Test("a held call offers Resume in the place of Hold")
    func held() {
        let view = view(.held) { $0.attempt = AttemptID(7) }
        #expect(action("hold", in: view) == nil)
        #expect(action("resume", in: view)?.isEnabled == true)
        #expect(action("resume", in: view)?.key == "o")
    }

    @Test("what a DP handset has on its own keys alone cannot be pressed, with the reason")
    func handset() {
        let view = view(.inCall, family: .dp) { $0.attempt = AttemptID(7) }
        for id in ["transfer", "conference", "volume_up", "volume_down", "headset"] {
            #expect(action(id, in: view)?.reason?.contains("DP handset") == true, "\(id)")
        }
        #expect(action("mute", in: view)?.isEnabled == true)
        #expect(action("do_not_disturb_on", in: view)?.isEnabled == true)
        #expect(action("do_not_disturb", in: view) == nil)
    }

    @Test(
        "the timer counts from the answer in a call, from the dialling before it, and from the state's beginning else")
    func timer() {
        let times = { (status: inout StationStatus) in
            status.dialledAt = now - .seconds(40)
            status.connectedAt = now - .seconds(30)
        }
        #expect(view(.inCall, times).timerSince == (now - .seconds(30)).iso8601)
        #expect(view(.dialing, times).timerSince == (now - .seconds(40)).iso8601)
        #expect(view(.ready).timerSince == (now - .seconds(60)).iso8601)
    }

    @Test("wrap-up counts down and gives more time; an offer counts down and is dialled or skipped")
    func countdowns() {
        let until = now + .seconds(20)
        let wrapUp = view(.wrapUp) { $0.wrapUpUntil = until }
        #expect(wrapUp.countdownUntil == until.iso8601)
        #expect(action("more_time", in: wrapUp)?.isEnabled == true)
        let offer = view(.reserved) { $0.offerUntil = until }
        #expect(offer.countdownUntil == until.iso8601)
        #expect(action("take", in: offer)?.isEnabled == true && action("skip", in: offer)?.isEnabled == true)
        #expect(action("take", in: wrapUp) == nil && action("more_time", in: offer) == nil)
    }

    @Test("who rings is taken or turned away; during a call of ours it is first put on hold")
    func incoming() {
        let ringing = view(.busyByHand) { $0.incoming = .init(line: 1, number: "2125550177") }
        #expect(action("accept", in: ringing)?.isEnabled == true)
        #expect(ringing.station.incoming?.number == "2125550177")
        let during = view(.inCall) { $0.incoming = .init(line: 2, number: nil) }
        #expect(action("accept", in: during)?.reason?.contains("hold") == true)
        #expect(action("reject", in: during)?.isEnabled == true)
        #expect(action("accept", in: view(.ready)) == nil)
    }

    @Test("a pause that was asked for during a call is told with it, and Ready takes it back")
    func pauseLater() {
        let view = view(.inCall) { $0.pausedReason = "Lunch" }
        #expect(view.explanation.contains("Paused after this: Lunch"))
        #expect(action("ready", in: view)?.isEnabled == true)
        #expect(action("pause", in: view) == nil)
    }

    @Test("an agent cannot lift a lock-out, and hears that the program ends")
    func trouble() {
        let locked = view(.lockedOut) { $0.pausedReason = "Lunch" }
        #expect(action("ready", in: locked)?.isEnabled == false)
        #expect(view(.ready, isStopping: true).explanation.contains("stopping"))
    }

    @Test("the page reads anew where the contact, the caller or what was said changed, and not because time passes")
    func contentKey() {
        let before = view(.inCall) { $0.attempt = AttemptID(7) }
        #expect(
            view(.inCall) {
                $0.attempt = AttemptID(7); $0.since = now
            }.contentKey == before.contentKey)
        #expect(view(.inCall) { $0.attempt = AttemptID(8) }.contentKey != before.contentKey)
        #expect(
            view(.inCall) {
                $0.attempt = AttemptID(7); $0.saidCode = "SALE"
            }.contentKey != before.contentKey)
        let ringing = view(.inCall) {
            $0.attempt = AttemptID(7); $0.incoming = .init(line: 2, number: nil)
        }
        #expect(ringing.contentKey != before.contentKey)
    }

    @Test("what can be said has keys 1 to 9, the wish not to be called has x, and the tenth has none")
    func choices() throws {
        var campaign = Campaign(name: "c", region: "US")
        campaign.dispositions = (1...11).map { index in
            Disposition(code: "D\(index)", label: "\(index)", dispositionClass: index == 2 ? .doNotCall : .other)
        }
        let bench = try DeskBench()
        let call = SayableCall(try bench.openCall().attempt, campaign: campaign, name: nil, saidCode: "D3")
        #expect(call.choices.map(\.key) == ["1", "x", "2", "3", "4", "5", "6", "7", "8", "9", nil])
        #expect(call.saidLabel == "3")
    }

    @Test("pause reasons are those of the campaigns, each once; the usual ones where there is no campaign")
    func pauseReasons() {
        var one = Campaign(name: "a", region: "US")
        one.pauseReasons = ["Tea", "Training"]
        var two = Campaign(name: "b", region: "US")
        two.pauseReasons = ["Training", "Coaching"]
        #expect(DeskReader.pauseReasons([one, two]) == ["Tea", "Training", "Coaching"])
        #expect(DeskReader.pauseReasons([]) == ["Break", "Lunch", "Meeting", "Training"])
    }
}
