import Campaigns

/// When one poll of a station was due and when it began, on the engine's steady clock: on a scaled clock both are in its time.
public struct PollTiming: Sendable, Hashable {
    /// Whether a call of ours was followed at the station: it is asked more often then.
    public var isInCall: Bool
    /// When it could have begun: its pause was over, and the phone had answered what came before.
    public var dueAt: Instant
    /// When it began.
    public var beganAt: Instant

    /// A poll from its parts.
    public init(isInCall: Bool, dueAt: Instant, beganAt: Instant) {
        self.isInCall = isInCall
        self.dueAt = dueAt
        self.beganAt = beganAt
    }

    /// How late it began; zero where it was early.
    public var lateness: Duration { max(beganAt.since(dueAt), .zero) }

    /// The pause between two polls of such a station: a poll that is later than that has missed a whole turn.
    public var interval: Duration { isInCall ? Station.callInterval : Station.idleInterval }

    /// Whether it came later than its interval allows.
    public var isLate: Bool { lateness > interval }
}
