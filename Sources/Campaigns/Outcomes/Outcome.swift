/// What the program saw of an attempt. The agent's disposition, where there is one, decides over it.
public enum Outcome: String, Sendable, Codable, CaseIterable, Hashable {
    /// `connected` was seen for 10 s or more.
    case answered
    /// `connected` was seen for less than 10 s.
    case shortAnswer = "short_answer"
    /// We cancelled at the ring timeout, or it ended by itself after 15 s or more of `calling`.
    case noAnswer = "no_answer"
    /// It ended by itself 2 s to 15 s after the command; the interface cannot tell busy from rejected.
    case busyOrRejected = "busy_or_rejected"
    /// It ended under 2 s after the command, or was accepted but never seen to leave idle within 5 s.
    case failedFast = "failed_fast"
    /// Proof that nothing was dialled: a refused connection or passcode, the line taken by another number, or an error answer
    /// after which the line stayed idle for 5 s of polls.
    case phoneRefused = "phone_refused"
    /// The command was never written, and we know it.
    case notSent = "not_sent"
    /// A possible call whose end is unknown because the phone vanished.
    case phoneLost = "phone_lost"
    /// A possible call whose end is unknown: a crash fell in between, nobody looked at the phone for too long, or it used words
    /// that we cannot read, `ringing` for a call of ours among them.
    case unknown
    /// Ended from the desk page while it was not connected.
    case agentCancelled = "agent_cancelled"

    /// Whether the attempt counts for caps and totals: every outcome but those that prove that nothing rang.
    public var countsForCaps: Bool { self != .phoneRefused && self != .notSent }

    /// Whether a person or machine picked up.
    public var isConversation: Bool { self == .answered || self == .shortAnswer }

    /// The words a report uses.
    public var label: String { rawValue.replacing("_" as Character, with: " " as Character) }
}

/// The durations at which one outcome becomes another (design: outcomes table).
public enum OutcomeThresholds {
    /// From this much talk a call is `answered`, below `short_answer`.
    public static let answered: Duration = .seconds(10)
    /// A call that ends by itself before this is `failed_fast`.
    public static let failedFast: Duration = .seconds(2)
    /// A call that ends by itself from here on is `no_answer`.
    public static let noAnswer: Duration = .seconds(15)
    /// How long an accepted command may leave every line idle before it is `failed_fast`, `not_seen`.
    public static let notSeen: Duration = .seconds(5)
}
