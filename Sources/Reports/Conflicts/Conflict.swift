import CampaignStore
import Campaigns

/// What the program saw and what the agent said cannot both be true.
///
/// Only what excludes the other is one: an announcement or a machine may answer a line, or sound on one that was never connected,
/// so “wrong number” and “disconnected number” agree with everything that dialled. Of calls whose end was not seen nothing is known.
public enum Conflict: String, Sendable, CaseIterable, Hashable {
    /// The line was connected for some time, and the agent says that nobody answered or that it was busy.
    case connectedUnanswered = "connected, but said to be unanswered"
    /// No line was connected, and the agent tells of somebody who answered.
    case unansweredSpoken = "never connected, but said to be answered"
    /// Nothing was dialled, and the agent tells how it ended.
    case notDialled = "never dialled, but said to have ended"

    /// The conflict of a pair; nil where both can be true.
    public init?(_ outcome: Outcome, _ said: DispositionClass) {
        switch outcome {
        case .answered, .shortAnswer:
            guard [.noAnswer, .busyTone].contains(said) else { return nil }
            self = .connectedUnanswered
        case .noAnswer, .busyOrRejected, .failedFast, .agentCancelled:
            let needsAnswer: [DispositionClass] = [
                .success, .callbackAgent, .callbackAny, .notInterested, .doNotCall, .machine, .wrongPerson,
            ]
            guard needsAnswer.contains(said) else { return nil }
            self = .unansweredSpoken
        case .phoneRefused, .notSent:
            guard said != .noneGiven, said != .other else { return nil }
            self = .notDialled
        case .phoneLost, .unknown: return nil
        }
    }

    /// All pairs that cannot both be true.
    public static let pairs: [SeenAndSaid] = Outcome.allCases.flatMap { outcome in
        DispositionClass.allCases.compactMap { said in
            Conflict(outcome, said) == nil ? nil : SeenAndSaid(outcome, said)
        }
    }
}
