import CampaignStore
import Campaigns
import PhoneNumbers
import PhoneSimulator

/// What the database says of each attempt, held against what the phones know of each call.
public struct TruthComparison {
    /// One call as the truth log tells it.
    private struct Call {
        var number: String
        var station: String
        var startedAt: Int64
        var answeredAt: Int64?
        var endedAt: Int64?
    }

    /// Everything that contradicts a promise, as sentences; empty when they all held.
    public let problems: [String]

    /// Compares every attempt with the calls of a truth log.
    public init(attempts: [AttemptRow], truth: [TruthEntry]) {
        let calls = Self.calls(truth)
        var problems: [String] = []
        for attempt in attempts where attempt.phase != "settled" || attempt.outcome == nil {
            problems.append("attempt \(attempt.attempt) has no outcome: \(attempt.phase)")
        }
        let byNumber = Dictionary(grouping: attempts) { $0.number.map { $0.lastDigits(10) } ?? "" }
        var taken: [Int64: Call] = [:]
        for call in calls {
            // The intent comes before its call, and the next intent to the number after the call has begun.
            let candidates = byNumber[call.number, default: []].filter {
                $0.intendedAt.milliseconds <= call.startedAt
            }
            guard let attempt = candidates.max(by: { $0.attempt < $1.attempt }) else {
                problems.append("\(call.number) was called without an intent")
                continue
            }
            if taken[attempt.attempt] != nil {
                problems.append("\(call.number) was called twice for the intent of attempt \(attempt.attempt)")
            }
            taken[attempt.attempt] = call
            if attempt.station != call.station {
                problems.append(
                    "attempt \(attempt.attempt) is on \(attempt.station), its call was on \(call.station)")
            }
            if attempt.outcome == "phone_refused" || attempt.outcome == "not_sent" {
                problems.append("attempt \(attempt.attempt) says \(attempt.outcome ?? ""), but a call was placed")
            }
        }
        for attempt in attempts {
            problems += Self.contradictions(attempt, taken[attempt.attempt])
        }
        self.problems = problems
    }

    /// An outcome that claims an answer where there was none, or denies one that lasted longer than the gap between polls.
    private static func contradictions(_ attempt: AttemptRow, _ call: Call?) -> [String] {
        let talk = call.flatMap { call in call.answeredAt.map { (call.endedAt ?? .max) - $0 } }
        let outcome = attempt.outcome.flatMap(Outcome.init(rawValue:))
        if outcome?.isConversation == true, talk == nil {
            return ["attempt \(attempt.attempt) says \(attempt.outcome ?? ""), but nobody answered"]
        }
        // Two polls beside the widest gap: what falls between them cannot be seen.
        let gap = (attempt.evidence?.longestGapMilliseconds ?? 0) + 600
        let deniesAnswer = [.noAnswer, .busyOrRejected, .failedFast, .phoneRefused, .notSent].contains(outcome)
        if deniesAnswer, let talk, talk > gap {
            return ["attempt \(attempt.attempt) says \(attempt.outcome ?? ""), but \(talk) ms were talked"]
        }
        return []
    }

    private static func calls(_ truth: [TruthEntry]) -> [Call] {
        var calls: [Int: Call] = [:]
        var order: [Int] = []
        for entry in truth {
            guard let id = entry.callID, entry.direction == "outgoing" else { continue }
            switch entry.event {
            case .callStarted:
                order.append(id)
                calls[id] = Call(
                    number: String((entry.number ?? "").filter(\.isNumber).suffix(10)),
                    station: entry.handset.map { "\(entry.phone)/\($0)" } ?? entry.phone,
                    startedAt: entry.milliseconds)
            case .callAnswered: calls[id]?.answeredAt = entry.milliseconds
            case .callEnded: calls[id]?.endedAt = entry.milliseconds
            default: break
            }
        }
        return order.compactMap { calls[$0] }
    }
}
