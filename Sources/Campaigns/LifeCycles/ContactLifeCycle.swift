/// Where a contact stands in its campaign.
public enum ContactState: String, Sendable, Codable, CaseIterable, Hashable {
    case ready
    case reserved
    case inAttempt = "in_attempt"
    case waitingRetry = "waiting_retry"
    case callback
    case done
    case exhausted
    case suppressed

    /// Whether the selection may pick the contact.
    public var isSelectable: Bool { self == .ready || self == .waitingRetry || self == .callback }

    /// Whether only a person brings the contact back.
    public var isFinished: Bool { self == .done || self == .exhausted }
}

/// What can happen to a contact.
public enum ContactEvent: String, Sendable, CaseIterable, Hashable {
    /// The dispatcher set it aside for a station.
    case reserve
    /// The reservation ended without an attempt: a rule denied it, or the process ended.
    case release
    /// The intent to dial it was recorded.
    case recordIntent = "record_intent"
    /// The attempt was settled, and this follows.
    case settleRetry = "settle_retry"
    case settleCallback = "settle_callback"
    case settleDone = "settle_done"
    case settleExhausted = "settle_exhausted"
    case settleSuppressed = "settle_suppressed"
    /// The attempt proved that nothing was dialled: as before, a little later.
    case settleAsBefore = "settle_as_before"
    /// None of its numbers may be called any more.
    case suppress
    /// The do-not-call entry was removed or ended.
    case liftSuppression = "lift_suppression"
    /// A person asks for it to be called again.
    case reopenForRetry = "reopen_for_retry"
    case reopenForCallback = "reopen_for_callback"
    /// A person agreed a time with whom was to be called anyway.
    case scheduleCallback = "schedule_callback"
    /// A person says that its last attempt came to something else; what follows is decided anew.
    case reconsider
}

/// The life cycle of a contact: one table, state and event to what follows.
public enum ContactLifeCycle {
    /// What an event does to a state.
    public enum Step: Sendable, Hashable {
        /// The contact goes to this state.
        case to(ContactState)
        /// The contact goes back to the state it had before it was reserved or suppressed.
        case back
    }

    /// Every allowed pair; a pair that is missing is refused.
    public static let table: [ContactState: [ContactEvent: Step]] = [
        .ready: [.reserve: .to(.reserved), .suppress: .to(.suppressed), .scheduleCallback: .to(.callback)],
        .waitingRetry: [
            .reserve: .to(.reserved), .suppress: .to(.suppressed), .scheduleCallback: .to(.callback),
            .reconsider: .to(.inAttempt),
        ],
        .callback: [
            .reserve: .to(.reserved), .suppress: .to(.suppressed), .scheduleCallback: .to(.callback),
            .reconsider: .to(.inAttempt),
        ],
        .reserved: [.release: .back, .recordIntent: .to(.inAttempt), .suppress: .to(.suppressed)],
        .inAttempt: [
            .settleRetry: .to(.waitingRetry), .settleCallback: .to(.callback), .settleDone: .to(.done),
            .settleExhausted: .to(.exhausted), .settleSuppressed: .to(.suppressed), .settleAsBefore: .back,
        ],
        .done: [
            .suppress: .to(.suppressed), .reopenForRetry: .to(.waitingRetry), .reopenForCallback: .to(.callback),
            .reconsider: .to(.inAttempt),
        ],
        .exhausted: [
            .suppress: .to(.suppressed), .reopenForRetry: .to(.waitingRetry), .reopenForCallback: .to(.callback),
            .reconsider: .to(.inAttempt),
        ],
        .suppressed: [.liftSuppression: .back],
    ]

    /// The state that follows, or nil where the life cycle has no such step.
    ///
    /// - Parameter former: the state before the contact was reserved or suppressed; where it is not known, `ready`.
    public static func next(_ state: ContactState, _ event: ContactEvent, former: ContactState?) -> ContactState? {
        switch table[state]?[event] {
        case .to(let next): next
        case .back: former ?? .ready
        case nil: nil
        }
    }
}
