import CampaignStore
import Campaigns
import Dialer
import PhoneNumbers
import Testing

@Suite("What is said of a call, and the time after it, in the heart") struct WrapUpTests {
    private typealias Floor = AgentModesTests.Floor
    private static let campaign = CampaignID(1)
    private static let station = "desk-1"
    private static let sale = Disposition(code: "SALE", label: "Sale", dispositionClass: .success)

    /// A station of a campaign with 20 s of wrap-up, whose agent's page is live.
    private static func floor(hasPage: Bool = true, _ change: (inout PacingSettings) -> Void = { _ in }) -> Floor {
        var pacing = PacingSettings()
        change(&pacing)
        let setup = CampaignSetup(id: campaign, name: "c", pacing: pacing, ringTimeout: .seconds(25))
        var floor = Floor([(station, nil)], [setup])
        if hasPage { floor.feed(.desk(station: station, isLive: true)) }
        floor.lookAll([station])
        return floor
    }

    private static func look(_ floor: inout Floor, _ phase: LinePhase) {
        floor.now = floor.now + .milliseconds(300)
        floor.feed(
            .lines(
                station: station,
                [
                    ObservedLine(
                        line: 1, word: phase.rawValue, phase: phase, remoteNumber: phase == .idle ? "" : "12125550123")
                ]))
    }

    /// A call of which the agent says something as soon as its line shows a phase, to its end.
    private static func call(
        _ floor: inout Floor, saidAt phase: LinePhase, answered: Bool, before end: (inout Floor) -> Void = { _ in }
    ) -> [DialerEffect] {
        floor.feed(.intentRecorded(station: station, AttemptID(1), campaign: campaign, dialled: "12125550123"))
        floor.feed(.dialAnswered(station: station, AttemptID(1), .accepted))
        for shown in [LinePhase.calling] + (answered ? [.connected] : []) {
            look(&floor, shown)
            guard shown == phase else { continue }
            _ = floor.take()
            floor.feed(.disposed(station: station, AttemptID(1), sale, callback: nil, note: "gold"))
            #expect(floor.take() == [.keepSaid(AttemptID(1), SaidDisposition(disposition: sale, note: "gold"))])
        }
        floor.now = floor.now + .seconds(15)
        end(&floor)
        look(&floor, .idle)
        return floor.take()
    }

    private func isSettled(_ effects: [DialerEffect], _ outcome: Outcome?) -> Bool {
        effects.contains { effect in
            guard case .settleDisposed(AttemptID(1), let ending, Self.sale, nil, "gold") = effect else { return false }
            return ending?.outcome == outcome
        }
    }

    @Test("what is said while the phone calls is stored at once, and settles a call that nobody seems to have answered")
    func saidWhileCalling() {
        var floor = Self.floor()
        let ended = Self.call(&floor, saidAt: .calling, answered: false)
        let settled = ended.compactMap { effect -> Outcome? in
            guard case .settleDisposed(AttemptID(1), let ending?, Self.sale, nil, "gold") = effect else { return nil }
            return ending.outcome
        }
        #expect(settled.count == 1 && settled.allSatisfy { !$0.isConversation }, "\(ended)")
        #expect(floor.heart.stationStatus.first?.state == .reserved, "the next contact is looked for")
    }

    @Test("what is said during the call keeps the wrap-up, which ends at its time, or as soon as the agent is ready")
    func saidDuringCall() {
        for isReady in [false, true] {
            var floor = Self.floor()
            let ended = Self.call(&floor, saidAt: .connected, answered: true)
            guard case .beginWrapUp(AttemptID(1), _, let until)? = ended.first else {
                Issue.record("wrap-up must begin: \(ended)")
                return
            }
            #expect(until == floor.now + .seconds(20))
            #expect(floor.heart.stationStatus.first?.isDisposed == true)
            if isReady { floor.feed(.agentReady(station: Self.station)) } else { floor.pass(.seconds(20)) }
            #expect(isSettled(floor.take(), nil))
            #expect(floor.heart.stationStatus.first?.pausedReason == nil, "something was said")
        }
    }

    @Test("who has said it has nothing left to wrap up where that lasts until disposed, or where they have paused")
    func nothingLeft() {
        var untilDisposed = Self.floor { $0.wrapUpUntilDisposed = true }
        #expect(isSettled(Self.call(&untilDisposed, saidAt: .connected, answered: true), nil))
        var paused = Self.floor()
        let ended = Self.call(&paused, saidAt: .connected, answered: true) {
            $0.feed(.pause(station: Self.station, reason: "Lunch"))
        }
        #expect(isSettled(ended, .answered))
        #expect(paused.heart.stationStatus.first?.state == .paused)
    }

    @Test("Ready does not end a wrap-up in which nothing was said")
    func readyInSilence() {
        var floor = Self.floor()
        floor.runCall(Self.station, 1, Self.campaign)
        _ = floor.take()
        floor.feed(.agentReady(station: Self.station))
        #expect(floor.take().isEmpty)
        #expect(floor.heart.stationStatus.first?.state == .wrapUp)
    }

    @Test(
        "a wrap-up that ends in silence pauses the station where its agent's page is live, unless the campaign goes on")
    func silence() {
        func after(_ floor: Floor, _ change: (inout Floor) -> Void = { _ in }) -> [DialerEffect] {
            var floor = floor
            floor.runCall(Self.station, 1, Self.campaign)
            _ = floor.take()
            change(&floor)
            floor.pass(.seconds(20))
            let effects = floor.take()
            #expect(effects.contains(.settle(AttemptID(1), nil, asked: true)))
            return effects
        }
        let pause = DialerEffect.pauseStation(station: Self.station, reason: DialerHeart.noDisposition)
        #expect(after(Self.floor()).contains(pause))
        #expect(!after(Self.floor(hasPage: false)).contains(pause), "nobody could press Ready")
        #expect(!after(Self.floor { $0.noDisposition = .continue }).contains(pause))
        #expect(!after(Self.floor()) { $0.feed(.presence(station: Self.station, present: false)) }.contains(pause))
        let atLunch = after(Self.floor()) { $0.feed(.pause(station: Self.station, reason: "Lunch")) }
        #expect(!atLunch.contains(pause), "the agent's own reason stays")
        #expect(!after(Self.floor()) { $0.feed(.stop) }.contains(pause), "the program ends, not the agent")
    }

    @Test("without a wrap-up nobody had time to say anything, and the station goes on", arguments: [false, true])
    func noWrapUp(untilDisposed: Bool) {
        var floor = Self.floor {
            $0.wrapUp = .zero
            $0.wrapUpUntilDisposed = untilDisposed
            $0.wrapUpLimit = .seconds(60)
        }
        floor.runCall(Self.station, 1, Self.campaign)
        floor.pass(.seconds(60))
        let effects = floor.take()
        #expect(effects.contains(.settle(AttemptID(1), nil, asked: true)))
        let pause = DialerEffect.pauseStation(station: Self.station, reason: DialerHeart.noDisposition)
        #expect(effects.contains(pause) == untilDisposed)
        #expect((floor.heart.stationStatus.first?.pausedReason != nil) == untilDisposed)
    }

    @Test("a restart finds what was said before it, and settles the call by it")
    func restarted() throws {
        var floor = Self.floor()
        let said = SaidDisposition(disposition: Self.sale, note: "gold")
        let number = try #require(PhoneNumber(digits: 12_125_550_123))
        floor.feed(
            .restarted(
                station: Self.station,
                OpenAttempt(
                    id: AttemptID(1), campaign: Self.campaign, contact: ContactID(1), number: number,
                    dialled: "12125550123", station: Self.station, phase: .connected,
                    linesBefore: [LineWord(line: 1, word: "idle")], line: 1, intendedAt: floor.now - .seconds(60),
                    connectedAt: floor.now - .seconds(40), outcome: nil, said: said), ringTimeout: .seconds(25)))
        Self.look(&floor, .connected)
        #expect(floor.heart.stationStatus.first?.saidCode == "SALE")
        Self.look(&floor, .idle)
        floor.pass(.seconds(20))
        #expect(isSettled(floor.take(), nil))
    }
}
