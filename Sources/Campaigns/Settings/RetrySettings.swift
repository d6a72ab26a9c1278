/// What follows one outcome or disposition class.
public struct RetryRule: Sendable, Hashable {
    /// At most this many attempts of a contact in the campaign that end this way, the first included, 1 to 100.
    public var attempts: Int
    /// The least time to the next attempt, 0 to 365 d.
    public var after: Duration
    /// The delay is drawn between `after` and this; nil where it is not random.
    public var upTo: Duration?
    /// Each further ending of this kind multiplies the delay by this, 1 to 10; 1 is a fixed delay.
    public var growth: Double
    /// A growing delay stops growing here, up to 365 d.
    public var longest: Duration?
    /// Whether the next attempt should fall in another part of the day.
    public var otherDayPart: Bool
    /// Whether the next attempt should fall on another day of the week.
    public var otherWeekday: Bool
    /// Whether the next attempt goes to the contact's next number, if it has another.
    public var nextNumber: Bool

    /// A rule from its parts; by default a fixed delay and the same number.
    public init(
        attempts: Int, after: Duration, upTo: Duration? = nil, growth: Double = 1, longest: Duration? = nil,
        otherDayPart: Bool = false, otherWeekday: Bool = false, nextNumber: Bool = false
    ) {
        self.attempts = attempts
        self.after = after
        self.upTo = upTo
        self.growth = growth
        self.longest = longest
        self.otherDayPart = otherDayPart
        self.otherWeekday = otherWeekday
        self.nextNumber = nextNumber
    }

    /// No further attempt after this ending.
    public static let stop = RetryRule(attempts: 1, after: .zero)
}

/// What follows every outcome and disposition class.
public struct RetrySettings: Sendable, Hashable {
    /// Which contacts come first where both are there; callbacks that are due come before either.
    public enum Order: String, Sendable, CaseIterable, Hashable {
        case retriesFirst = "retries_first"
        case freshFirst = "fresh_first"
    }

    /// The outcomes that a campaign may set a rule for.
    public static let settableOutcomes: [Outcome] = [
        .shortAnswer, .noAnswer, .busyOrRejected, .failedFast, .agentCancelled, .phoneLost, .unknown,
    ]
    /// The disposition classes that a campaign may set a rule for; the others finish a contact, or are callbacks.
    public static let settableClasses: [DispositionClass] = [
        .machine, .busyTone, .noAnswer, .notInterested, .wrongPerson, .other, .noneGiven,
    ]

    /// The rule of each settable outcome.
    public var outcomes: [Outcome: RetryRule] = [
        .shortAnswer: RetryRule(attempts: 2, after: .seconds(86_400)),
        .noAnswer: RetryRule(attempts: 3, after: .seconds(4 * 3600), otherDayPart: true),
        .busyOrRejected: RetryRule(attempts: 3, after: .seconds(20 * 60)),
        .failedFast: RetryRule(attempts: 2, after: .seconds(3600)),
        .agentCancelled: RetryRule(attempts: 3, after: .seconds(20 * 60)),
        .phoneLost: RetryRule(attempts: 2, after: .seconds(86_400)),
        .unknown: RetryRule(attempts: 2, after: .seconds(86_400)),
    ]
    /// Rules for disposition classes where they differ from the outcome that they stand for.
    public var classes: [DispositionClass: RetryRule] = [:]
    /// Most attempts of a contact in the campaign that count, whatever their outcome, 1 to 100.
    public var totalAttempts = 6
    /// Retries or fresh contacts first.
    public var order: Order = .retriesFirst

    /// The defaults of design.md.
    public init() {}

    /// The rule of a disposition class that is retried: its own, else that of the outcome it stands for; nil where it ends the contact.
    public func rule(for dispositionClass: DispositionClass) -> RetryRule? {
        if let own = classes[dispositionClass] { return own }
        switch dispositionClass {
        case .machine, .noAnswer: return outcomes[.noAnswer]
        case .busyTone: return outcomes[.busyOrRejected]
        default: return nil
        }
    }
}
