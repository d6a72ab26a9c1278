import CampaignStore
import Campaigns
import Dialer
import Testing

@Suite struct CallWatchTests {
    private let start = Instant(milliseconds: 1_000_000)

    private func line(_ phase: LinePhase, _ number: String = "2125550301") -> [ObservedLine] {
        [ObservedLine(line: 1, word: phase.rawValue, phase: phase, remoteNumber: phase == .idle ? "" : number)]
    }

    private func watch() -> CallWatch {
        CallWatch(
            attempt: AttemptID(1), family: .gxp, dialled: "2125550301", ringTimeout: .seconds(25),
            linesBefore: line(.idle), startedAt: start)
    }

    private func ending(_ actions: [WatchAction]) -> CallEnding? {
        for case .finished(let ending) in actions { return ending }
        return nil
    }

    private func outcome(_ actions: [WatchAction]) -> Outcome? {
        for case .finished(let ending) in actions { return ending.outcome }
        return nil
    }

    @Test("a call is cancelled at the ring timeout only, and then is no answer")
    func ringTimeout() {
        var watch = watch()
        _ = watch.commandAnswered(.accepted, at: start)
        _ = watch.linesSeen(line(.calling), at: start + .seconds(1))
        #expect(watch.linesSeen(line(.calling), at: start + .seconds(25)) == [])
        #expect(watch.linesSeen(line(.calling), at: start + .seconds(26)) == [.cancel(line: 1)])
        watch.cancelAnswered(.accepted, at: start + .seconds(26))
        #expect(outcome(watch.linesSeen(line(.idle), at: start + .seconds(27))) == .noAnswer)
    }

    @Test("a cancel that lost the race against the answer leaves the call answered")
    func cancelRace() {
        var watch = watch()
        _ = watch.commandAnswered(.accepted, at: start)
        _ = watch.linesSeen(line(.calling), at: start + .seconds(1))
        _ = watch.linesSeen(line(.calling), at: start + .seconds(26))
        watch.cancelAnswered(.refused("body false"), at: start + .seconds(26))
        #expect(watch.linesSeen(line(.connected), at: start + .seconds(27)) == [.connected(line: 1)])
        #expect(outcome(watch.linesSeen(line(.idle), at: start + .seconds(60))) == .answered)
    }

    @Test("an incoming call on our line is never sent anything; the attempt proves that nothing was dialled")
    func incomingCall() {
        var watch = watch()
        _ = watch.commandAnswered(.accepted, at: start)
        for second in 1...4 {
            #expect(watch.linesSeen(line(.ringing, "4155550199"), at: start + .seconds(second)) == [])
        }
        #expect(outcome(watch.linesSeen(line(.ringing, "4155550199"), at: start + .seconds(6))) == .phoneRefused)
    }

    @Test("a lost answer is not a refusal: the lines decide, and where they show nothing, nobody knows")
    func lostAnswer() {
        var seen = watch()
        #expect(seen.commandAnswered(.uncertain("cut"), at: start) == [])
        #expect(seen.linesSeen(line(.connected), at: start + .seconds(1)) == [.seen(line: 1), .connected(line: 1)])
        var unseen = watch()
        _ = unseen.commandAnswered(.uncertain("cut"), at: start)
        #expect(outcome(unseen.linesSeen(line(.idle), at: start + .seconds(6))) == .unknown)
        var accepted = watch()
        _ = accepted.commandAnswered(.accepted, at: start)
        #expect(outcome(accepted.linesSeen(line(.idle), at: start + .seconds(6))) == .failedFast)
    }

    @Test("idle straight after calling hides how the call ended, and says so; a line that showed failed does not")
    func uncertainEnd() throws {
        var straight = watch()
        _ = straight.commandAnswered(.accepted, at: start)
        _ = straight.linesSeen(line(.calling), at: start + .seconds(1))
        _ = straight.linesSeen(line(.calling), at: start + .seconds(5))
        let ending = try #require(self.ending(straight.linesSeen(line(.idle), at: start + .seconds(6))))
        #expect(ending.outcome == .busyOrRejected)
        #expect(ending.evidence.notes == [.uncertain])
        #expect(ending.evidence.longestGapMilliseconds == 4000)
        var failed = watch()
        _ = failed.commandAnswered(.accepted, at: start)
        _ = failed.linesSeen(line(.calling), at: start + .seconds(3))
        _ = failed.linesSeen(line(.failed), at: start + .seconds(4))
        let told = try #require(self.ending(failed.linesSeen(line(.idle), at: start + .seconds(5))))
        #expect(told.outcome == .busyOrRejected)
        #expect(told.evidence.notes == [.failedShown])
    }

    @Test("a phone that answers without our line is another phone: the call is lost after 30 s, and nothing is sent")
    func lineGone() {
        var watch = watch()
        _ = watch.commandAnswered(.accepted, at: start)
        _ = watch.linesSeen(line(.connected), at: start + .seconds(1))
        let other = [ObservedLine(line: 7, word: "idle", phase: .idle)]
        for second in 2...31 { #expect(watch.linesSeen(other, at: start + .seconds(second)) == []) }
        #expect(outcome(watch.linesSeen(other, at: start + .seconds(32))) == .phoneLost)
    }

    @Test("a word that cannot be read is followed to idle, never cancelled, and stays unknown")
    func unreadableWord() {
        var watch = watch()
        _ = watch.commandAnswered(.accepted, at: start)
        for second in 1...100 {
            let actions = watch.linesSeen(line(.inUse), at: start + .seconds(second))
            #expect(actions == (second == 1 ? [.seen(line: 1)] : []))
        }
        #expect(outcome(watch.linesSeen(line(.idle), at: start + .seconds(101))) == .unknown)
    }

    @Test(
        "a line that shows digits and never a call is cancelled at the ring timeout, then ended, and says what was seen",
        arguments: ["", "212555", "2125550301"])
    func neverCalling(digits: String) throws {
        var watch = watch()
        _ = watch.commandAnswered(.accepted, at: start)
        #expect(watch.linesSeen(line(.dialing, digits), at: start + .seconds(1)) == [.seen(line: 1)])
        #expect(watch.linesSeen(line(.dialing, digits), at: start + .seconds(25)) == [])
        var sent: [WatchAction] = []
        for second in 26...40 {
            let actions = watch.linesSeen(line(.dialing, digits), at: start + .seconds(second))
            if !actions.isEmpty { watch.cancelAnswered(.accepted, at: start + .seconds(second)) }
            sent += actions
        }
        #expect(
            sent.prefix(5) == [
                .cancel(line: 1), .cancel(line: 1), .cancel(line: 1), .endCall(line: 1), .cancel(line: 1),
            ])
        let ending = try #require(self.ending(watch.linesSeen(line(.idle), at: start + .seconds(41))))
        #expect(ending.outcome == .noAnswer)
        #expect(ending.evidence.notes == [.cancelledAtRingTimeout, .neverCalling])
        #expect(ending.evidence.seen.map(\.word) == ["dialing"])
    }

    @Test("digits that are entered and then ring get one ring timeout, from the first look that shows the line in use")
    func dialingThenCalling() {
        var watch = watch()
        _ = watch.commandAnswered(.accepted, at: start)
        _ = watch.linesSeen(line(.dialing, "212"), at: start + .seconds(1))
        _ = watch.linesSeen(line(.calling), at: start + .seconds(5))
        #expect(watch.linesSeen(line(.calling), at: start + .seconds(25)) == [])
        #expect(watch.linesSeen(line(.calling), at: start + .seconds(26)) == [.cancel(line: 1)])
    }

    @Test("a cancel that was taken right before the line fell idle may have hit an answered call: it is uncertain")
    func uncertainCancel() throws {
        var watch = watch()
        _ = watch.commandAnswered(.accepted, at: start)
        _ = watch.linesSeen(line(.calling), at: start + .seconds(1))
        _ = watch.linesSeen(line(.calling), at: start + .seconds(26))
        watch.cancelAnswered(.accepted, at: start + .seconds(26))
        let ending = try #require(self.ending(watch.linesSeen(line(.idle), at: start + .seconds(27))))
        #expect(ending.outcome == .noAnswer)
        #expect(ending.evidence.notes == [.cancelledAtRingTimeout, .uncertain])
    }

    @Test("a refused cancel is followed by endcall where the call still rings, and by nothing where it was answered")
    func refusedCancel() {
        var ringing = watch()
        _ = ringing.commandAnswered(.accepted, at: start)
        _ = ringing.linesSeen(line(.calling), at: start + .seconds(1))
        #expect(ringing.linesSeen(line(.calling), at: start + .seconds(26)) == [.cancel(line: 1)])
        ringing.cancelAnswered(.refused("body false"), at: start + .seconds(26))
        #expect(ringing.linesSeen(line(.calling), at: start + .seconds(28)) == [.endCall(line: 1)])
        var both = ringing
        both.cancelAnswered(.refused("body false"), at: start + .seconds(28))
        #expect(both.linesSeen(line(.calling), at: start + .seconds(30)) == [.cancel(line: 1)])
        var answered = ringing
        #expect(answered.linesSeen(line(.connected), at: start + .seconds(29)) == [.connected(line: 1)])
        #expect(answered.linesSeen(line(.connected), at: start + .seconds(60)) == [])
    }
}
