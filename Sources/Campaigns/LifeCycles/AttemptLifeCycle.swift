/// The phase of a call; it lives in the attempt only.
public enum AttemptPhase: String, Sendable, Codable, CaseIterable, Hashable {
    /// Written down; the phone may or may not have been told.
    case intended
    /// Our line was seen in use, not connected.
    case calling
    /// Our line was seen connected.
    case connected
    /// The call is over, its outcome is known, and the agent may say what came of it.
    case wrapUp = "wrap_up"
    /// Outcome, disposition and what follows are final.
    case settled

    /// Whether the attempt still blocks its number, its contact and its station.
    public var isOpen: Bool { self != .settled }
}

/// What can happen to an attempt.
public enum AttemptEvent: String, Sendable, CaseIterable, Hashable {
    /// Our line was seen leaving idle.
    case seenCalling = "seen_calling"
    /// Our line was seen connected.
    case seenConnected = "seen_connected"
    /// The call is over and wrap-up begins.
    case beginWrapUp = "begin_wrap_up"
    /// The outcome is final.
    case settle
}

/// The life cycle of an attempt: one table.
public enum AttemptLifeCycle {
    /// Every allowed pair; a pair that is missing is refused.
    public static let table: [AttemptPhase: [AttemptEvent: AttemptPhase]] = [
        .intended: [.seenCalling: .calling, .seenConnected: .connected, .settle: .settled],
        .calling: [.seenCalling: .calling, .seenConnected: .connected, .settle: .settled],
        .connected: [.seenConnected: .connected, .beginWrapUp: .wrapUp, .settle: .settled],
        .wrapUp: [.settle: .settled],
        .settled: [:],
    ]

    /// The phase that follows, or nil where the life cycle has no such step.
    public static func next(_ phase: AttemptPhase, _ event: AttemptEvent) -> AttemptPhase? {
        table[phase]?[event]
    }
}
