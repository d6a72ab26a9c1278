import CampaignStore
import Campaigns
import Dialer
import PhoneNumbers
import TestSupport
import Testing

/// Thousands of calls of phones that differ in words, numbers and answers, looked at closely and not: what the watch says of each
/// against what happened.
@Suite("What the watch says, against what happened") struct CallTruthTests {
    /// One call and the phone that places it.
    private struct Scene {
        let family: PhoneFamily
        let showsNumber: Bool
        let callingPhase: LinePhase
        let result: CommandResult
        let isPlaced: Bool
        /// Seconds from the command on; those of a call that is not placed mean nothing.
        let begin: Double
        var answer: Double?
        var end: Double
        /// Somebody who calls in: from when to when, on which line, and with which number.
        let incoming: (from: Double, to: Double, line: Int, number: String)?
        let looksBadly: Bool

        init(_ random: inout SeededGenerator) {
            family = Bool.random(using: &random) ? .gxp : .dp
            showsNumber = family == .gxp && Bool.random(using: &random)
            callingPhase = Int.random(in: 0..<4, using: &random) == 0 ? .ringing : .calling
            let results: [CommandResult] = [
                .accepted, .accepted, .refused("body false"), .doubtful("code 8"), .uncertain("cut"),
            ]
            result = results.randomElement(using: &random) ?? .accepted
            isPlaced = Int.random(in: 0..<4, using: &random) > 0
            begin = Double.random(in: 0.02...3, using: &random)
            let ring = Double.random(in: 0...45, using: &random)
            let talk = Double.random(in: 0.05...40, using: &random)
            let isAnswered = Bool.random(using: &random)
            answer = isAnswered ? begin + ring : nil
            end = begin + ring + (isAnswered ? talk : 0)
            let from = Double.random(in: 0...4, using: &random)
            incoming =
                Int.random(in: 0..<4, using: &random) == 0
                ? (
                    from, from + Double.random(in: 1...20, using: &random), Int.random(in: 1...2, using: &random),
                    Bool.random(using: &random) && family == .gxp ? "4155550199" : ""
                ) : nil
            looksBadly = Int.random(in: 0..<3, using: &random) == 0
        }

        /// The line of our call: the first one that is free when it begins.
        var line: Int {
            guard let incoming, incoming.line == 1, (incoming.from...incoming.to).contains(begin) else { return 1 }
            return 2
        }

        func phase(at seconds: Double) -> LinePhase {
            guard isPlaced, seconds >= begin, seconds < end else { return .idle }
            return answer.map { seconds >= $0 } ?? false ? .connected : callingPhase
        }

        func lines(at seconds: Double) -> [ObservedLine] {
            (1...3).map { number in
                if number == line, phase(at: seconds) != .idle {
                    let phase = phase(at: seconds)
                    return ObservedLine(
                        line: number, word: phase.rawValue, phase: phase, remoteNumber: showsNumber ? "2125550301" : "")
                }
                if let incoming, incoming.line == number, seconds >= incoming.from, seconds < incoming.to {
                    return ObservedLine(
                        line: number, word: "ringing", phase: .ringing, remoteNumber: incoming.number)
                }
                return ObservedLine(line: number, word: "idle", phase: .idle, remoteNumber: "")
            }
        }
    }

    @Test(
        "no call that was seen counts as none, no talk of 5 s hides behind a failure, and nobody who calls in is sent anything"
    )
    func scenes() throws {
        var random = SeededGenerator(seed: 17)
        var outcomes: [Outcome: Int] = [:]
        for number in 0..<2000 {
            let scene = Scene(&random)
            let outcome = try watch(scene, number, &random)
            outcomes[outcome, default: 0] += 1
        }
        // The scenes are worth something only if they come to everything.
        for outcome in [
            Outcome.answered, .shortAnswer, .noAnswer, .busyOrRejected, .failedFast, .phoneRefused, .unknown,
        ] {
            #expect(outcomes[outcome, default: 0] > 5, "\(outcomes)")
        }
    }

    private func watch(_ first: Scene, _ number: Int, _ random: inout SeededGenerator) throws -> Outcome {
        var scene = first
        let start = Instant(milliseconds: 1_000_000)
        let instant = { (seconds: Double) in start + .milliseconds(Int64(seconds * 1000)) }
        var watch = CallWatch(
            attempt: AttemptID(1), family: scene.family, dialled: "2125550301", ringTimeout: .seconds(25),
            linesBefore: (1...3).map { ObservedLine(line: $0, word: "idle", phase: .idle) }, startedAt: start)
        _ = watch.commandAnswered(scene.result, at: instant(0.01))
        var (now, wasSeen, seenTalk) = (0.01, false, false)
        while now < 400 {
            let isGap = scene.looksBadly && Int.random(in: 0..<12, using: &random) == 0
            if isGap, Bool.random(using: &random) {
                _ = watch.pollFailed(.unreachable("no answer"), at: instant(now + 1))
            }
            now += isGap ? Double.random(in: 1...25, using: &random) : 0.25
            let phase = scene.phase(at: now)
            if phase != .idle { wasSeen = true }
            if phase == .connected { seenTalk = true }
            for action in watch.linesSeen(scene.lines(at: now), at: instant(now)) {
                switch action {
                case .cancel(let line), .endCall(let line):
                    #expect(line == scene.line, "\(number): somebody else's call is ended: \(scene)")
                    #expect(scene.callingPhase != .ringing, "\(number): a line that rings is ended: \(scene)")
                    // The phone takes one in five for an answered call or loses it.
                    if phase == scene.callingPhase, Int.random(in: 0..<5, using: &random) > 0 {
                        (scene.answer, scene.end) = (nil, now + 0.1)
                        watch.cancelAnswered(.accepted, at: instant(now + 0.05))
                    } else {
                        watch.cancelAnswered(.refused("body false"), at: instant(now + 0.05))
                    }
                case .finished(let ending):
                    try check(scene, ending, number, wasSeen: wasSeen, seenTalk: seenTalk)
                    return ending.outcome
                case .seen, .connected: break
                }
            }
        }
        Issue.record("\(number): no end: \(scene)")
        return .unknown
    }

    private func check(_ scene: Scene, _ ending: CallEnding, _ number: Int, wasSeen: Bool, seenTalk: Bool) throws {
        let outcome = ending.outcome
        if wasSeen { #expect(outcome.countsForCaps, "\(number): \(outcome) of a call that was seen: \(scene)") }
        if seenTalk { #expect(outcome.isConversation || outcome == .unknown, "\(number): \(outcome): \(scene)") }
        let talk = scene.isPlaced ? scene.answer.map { scene.end - $0 } ?? 0 : 0
        if [.noAnswer, .busyOrRejected, .failedFast, .phoneRefused].contains(outcome) {
            // A call that was never seen at all may have been over within one gap of less than 10 s.
            #expect(talk < (wasSeen ? 5 : 10), "\(number): \(outcome) hides \(talk) s of talk: \(scene) \(ending)")
        }
    }
}
