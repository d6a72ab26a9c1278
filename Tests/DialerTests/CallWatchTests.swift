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

    @Test("a lost answer is not a refusal: the lines decide")
    func lostAnswer() {
        var watch = watch()
        #expect(watch.commandAnswered(.uncertain("cut"), at: start) == [])
        #expect(outcome(watch.linesSeen(line(.idle), at: start + .seconds(6))) == .failedFast)
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
}
