import CampaignStore
import Campaigns
import Dialer
import PhoneNumbers
import Testing

/// Calls that the phone says one thing of and its lines another: none of them ends as one that was never dialed.
@Suite("Calls that nobody can be sure of") struct DoubtfulCallTests {
    private let start = Instant(milliseconds: 1_000_000)

    private func lines(_ phases: LinePhase..., number: String = "2125550301") -> [ObservedLine] {
        phases.enumerated().map { index, phase in
            ObservedLine(
                line: index + 1, word: phase.rawValue, phase: phase, remoteNumber: phase == .idle ? "" : number)
        }
    }

    private func watch(_ family: PhoneFamily = .gxp) -> CallWatch {
        CallWatch(
            attempt: AttemptID(1), family: family, dialled: "2125550301", ringTimeout: .seconds(25),
            linesBefore: lines(.idle, .idle), startedAt: start)
    }

    private func dialed(_ result: CommandResult = .accepted, _ family: PhoneFamily = .gxp) -> CallWatch {
        var watch = watch(family)
        #expect(watch.commandAnswered(result, at: start) == [])
        return watch
    }

    private func ending(_ actions: [WatchAction]) -> CallEnding? {
        for case .finished(let ending) in actions { return ending }
        return nil
    }

    /// Polls once a second, and gathers what is asked for.
    private func follow(
        _ watch: inout CallWatch, _ shown: [ObservedLine], seconds: ClosedRange<Int>
    ) -> [WatchAction] {
        seconds.flatMap { watch.linesSeen(shown, at: start + .seconds($0)) }
    }

    // MARK: A line that rings

    @Test(
        "a line that rings right after the command, with our number or none, is followed to its end, never ended, and unknown",
        arguments: [
            ("2125550301", PhoneFamily.gxp), ("+1 212 555 0301", .gxp), ("", .gxp), ("anonymous", .gxp), ("", .dp),
        ])
    func rings(number: String, family: PhoneFamily) throws {
        var watch = dialed(.accepted, family)
        let rings = lines(.ringing, .idle, number: number)
        #expect(follow(&watch, rings, seconds: 1...60) == [.seen(line: 1)])
        let end = try #require(ending(watch.linesSeen(lines(.idle, .idle), at: start + .seconds(61))))
        #expect(end.outcome == .unknown)
        #expect(end.outcome.countsForCaps)
        #expect(end.evidence.notes == [.ringingShown])
        #expect(end.evidence.seen.map(\.word) == ["ringing"])
    }

    @Test("a call that rings and is answered then is a conversation, with the note that it may not be ours")
    func ringsThenTalks() throws {
        var watch = dialed(.accepted, .dp)
        _ = follow(&watch, lines(.ringing, .idle, number: ""), seconds: 1...5)
        #expect(follow(&watch, lines(.connected, .idle, number: ""), seconds: 6...30) == [.connected(line: 1)])
        let end = try #require(ending(watch.linesSeen(lines(.idle, .idle), at: start + .seconds(31))))
        #expect(end.outcome == .answered)
        #expect(end.evidence.notes == [.ringingShown])
    }

    @Test("a line that calls and then rings, as some phones say while the far end rings, goes on being followed")
    func callsThenRings() throws {
        for family in PhoneFamily.allCases {
            var watch = dialed(.accepted, family)
            let number = family == .gxp ? "2125550301" : ""
            _ = follow(&watch, lines(.dialing, .idle, number: number), seconds: 1...1)
            _ = follow(&watch, lines(.calling, .idle, number: number), seconds: 2...3)
            #expect(follow(&watch, lines(.ringing, .idle, number: number), seconds: 4...60) == [])
            let end = try #require(ending(watch.linesSeen(lines(.idle, .idle), at: start + .seconds(61))))
            #expect(end.outcome == .unknown)
        }
    }

    @Test("another number that rings on our line is another call, and so is a hidden one where ours was shown")
    func anotherRings() throws {
        for number in ["4155550199", ""] {
            var watch = dialed()
            _ = follow(&watch, lines(.calling, .idle), seconds: 1...5)
            let end = try #require(
                ending(watch.linesSeen(lines(.ringing, .idle, number: number), at: start + .seconds(6))))
            #expect(end.outcome == .busyOrRejected)
            #expect(end.evidence.notes.contains(.lineTaken))
        }
    }

    @Test("who calls in while our call goes out on another line is not taken for it")
    func betterGuess() throws {
        var watch = dialed()
        let incoming = ObservedLine(line: 1, word: "ringing", phase: .ringing, remoteNumber: "")
        let ours = ObservedLine(line: 2, word: "calling", phase: .calling, remoteNumber: "2125550301")
        #expect(watch.linesSeen([incoming, lines(.idle, .idle)[1]], at: start + .seconds(1)) == [.seen(line: 1)])
        #expect(watch.linesSeen([incoming, ours], at: start + .seconds(2)) == [.seen(line: 2)])
        let gone = ObservedLine(line: 1, word: "idle", phase: .idle)
        #expect(follow(&watch, [gone, ours], seconds: 3...26) == [])
        #expect(watch.linesSeen([gone, ours], at: start + .seconds(27)) == [.cancel(line: 2)])
        watch.cancelAnswered(.accepted, at: start + .seconds(27))
        let end = try #require(ending(watch.linesSeen(lines(.idle, .idle), at: start + .seconds(28))))
        #expect(end.outcome == .noAnswer)
        #expect(!end.evidence.notes.contains(.ringingShown))
        #expect(end.evidence.seen.map(\.word) == ["calling"])
    }

    @Test("a call that rings after a restart is followed to its end, and nothing is sent to it")
    func restart() throws {
        let number = try #require(PhoneNumber(digits: 12_125_550_301))
        let open = OpenAttempt(
            id: AttemptID(1), campaign: nil, contact: nil, number: number, dialled: "2125550301", station: "desk-1",
            phase: .intended, linesBefore: [LineWord(line: 1, word: "idle"), LineWord(line: 2, word: "idle")],
            line: nil,
            intendedAt: start, connectedAt: nil, outcome: nil)
        var watch = CallWatch(
            restarted: open, family: .gxp, ringTimeout: .seconds(25), words: WordMap(), at: start + .seconds(3))
        #expect(watch.linesSeen(lines(.ringing, .idle), at: start + .seconds(4)) == [.seen(line: 1)])
        #expect(follow(&watch, lines(.ringing, .idle), seconds: 5...60) == [])
        let end = try #require(ending(watch.linesSeen(lines(.idle, .idle), at: start + .seconds(61))))
        #expect(end.outcome == .unknown)
    }

    // MARK: A command that is answered with an error

    static let errors: [CommandResult] = [.refused("body false"), .doubtful("code 8")]

    @Test("an error proves that nothing was dialed once the lines stayed idle for 5 s, not before", arguments: errors)
    func refused(result: CommandResult) throws {
        var watch = dialed(result)
        #expect(follow(&watch, lines(.idle, .idle), seconds: 1...4) == [])
        let end = try #require(ending(watch.linesSeen(lines(.idle, .idle), at: start + .seconds(5))))
        #expect(end.outcome == .phoneRefused)
        #expect(end.evidence.notes == [.errorAnswered])
        #expect(end.evidence.detail != nil)
    }

    @Test("a line that leaves idle after an error is ours, with our number even to the ring timeout", arguments: errors)
    func refusedAndDialed(result: CommandResult) throws {
        var watch = dialed(result)
        _ = follow(&watch, lines(.idle, .idle), seconds: 1...3)
        #expect(watch.linesSeen(lines(.calling, .idle), at: start + .seconds(4)) == [.seen(line: 1)])
        #expect(watch.linesSeen(lines(.connected, .idle), at: start + .seconds(9)) == [.connected(line: 1)])
        #expect(ending(watch.linesSeen(lines(.idle, .idle), at: start + .seconds(30)))?.outcome == .answered)
        var ringing = dialed(result)
        _ = follow(&ringing, lines(.calling, .idle), seconds: 1...25)
        #expect(ringing.linesSeen(lines(.calling, .idle), at: start + .seconds(26)) == [.cancel(line: 1)])
    }

    @Test("after a plain error a line without our number may be the agent's own call: nothing is sent to it")
    func refusedThenByHand() throws {
        var watch = dialed(.refused("body false"), .dp)
        #expect(follow(&watch, lines(.calling, .idle, number: ""), seconds: 2...60) == [.seen(line: 1)])
        #expect(ending(watch.linesSeen(lines(.idle, .idle), at: start + .seconds(61)))?.outcome == .unknown)
    }

    @Test("an error and a phone that falls silent prove nothing: a whole call fits into the gap", arguments: errors)
    func refusedAndSilent(result: CommandResult) throws {
        var watch = dialed(result)
        _ = watch.linesSeen(lines(.idle, .idle), at: start + .seconds(1))
        let end = try #require(ending(watch.linesSeen(lines(.idle, .idle), at: start + .seconds(20))))
        #expect(end.outcome == .unknown)
        #expect(end.evidence.notes == [.errorAnswered, .notSeen, .endNotSeen])
    }

    @Test(
        "after an error only idle polls without a gap that hides a conversation prove that nothing was dialed",
        arguments: [
            ([5], .unknown), ([6], .unknown), ([1, 6], .unknown), ([1, 2, 9], .unknown), ([4, 8], .phoneRefused),
            ([1, 2, 3, 6], .phoneRefused),
        ] as [([Int], Outcome)])
    func refusedInGaps(polls: [Int], outcome: Outcome) throws {
        for result in Self.errors {
            var watch = dialed(result)
            var end: CallEnding?
            for second in polls {
                #expect(end == nil)
                end = ending(watch.linesSeen(lines(.idle, .idle), at: start + .seconds(second)))
            }
            #expect(end?.outcome == outcome)
            #expect(end?.evidence.notes.contains(.endNotSeen) == (outcome == .unknown))
        }
    }

    @Test("a caller on our line proves that nothing was dialed only without such a gap", arguments: [5, 6])
    func takenInGap(second: Int) throws {
        var watch = dialed()
        let caller = ObservedLine(line: 1, word: "ringing", phase: .ringing, remoteNumber: "4155550199")
        #expect(watch.linesSeen([caller, lines(.idle, .idle)[1]], at: start + .seconds(1)) == [])
        let end = try #require(ending(watch.linesSeen(lines(.idle, .idle), at: start + .seconds(second))))
        #expect(end.outcome == (second == 5 ? .phoneRefused : .unknown))
    }

    // MARK: Ends that nobody saw

    @Test(
        "an end in a gap that hides a conversation is unknown; in a short one it is told by its time",
        arguments: [
            (1, 5, Outcome.busyOrRejected), (1, 6, .unknown), (3, 14, .unknown), (10, 14, .busyOrRejected),
            (3, 20, .unknown),
            (16, 19, .noAnswer), (16, 40, .unknown),
        ])
    func gap(lastSeen: Int, idle: Int, expected: Outcome) throws {
        var watch = dialed()
        _ = follow(&watch, lines(.calling, .idle), seconds: 1...lastSeen)
        let end = try #require(ending(watch.linesSeen(lines(.idle, .idle), at: start + .seconds(idle))))
        #expect(end.outcome == expected)
        #expect(end.evidence.notes.contains(.endNotSeen) == (expected == .unknown))
    }

    @Test("a line that shows failed after a gap has failed, and an answer that was seen before one stays an answer")
    func seenEnds() throws {
        var failed = dialed()
        _ = failed.linesSeen(lines(.calling, .idle), at: start + .seconds(1))
        _ = failed.linesSeen(lines(.failed, .idle), at: start + .seconds(9))
        #expect(ending(failed.linesSeen(lines(.idle, .idle), at: start + .seconds(10)))?.outcome == .busyOrRejected)
        var answered = dialed()
        _ = answered.linesSeen(lines(.connected, .idle), at: start + .seconds(1))
        #expect(ending(answered.linesSeen(lines(.idle, .idle), at: start + .seconds(25)))?.outcome == .answered)
    }

    @Test("a command that was taken and a phone that then fell silent for a whole call's time are unknown")
    func neverSeen() throws {
        var watch = dialed()
        let end = try #require(ending(watch.linesSeen(lines(.idle, .idle), at: start + .seconds(25))))
        #expect(end.outcome == .unknown)
    }
}
