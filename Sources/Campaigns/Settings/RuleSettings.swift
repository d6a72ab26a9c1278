/// Whether a contact must have agreed to be called, and where its list says so.
public struct ConsentSettings: Sendable, Hashable {
    /// Whether a call needs it. A rule pack can ask for it as well; the stricter wins.
    public var isRequired = false
    /// The custom field that says whether consent was given, read without regard to case: yes, true, given or 1.
    public var field = "consent"
    /// The custom field with its date, `2026-03-01`.
    public var dateField = "consent_date"
    /// The custom field that names the proof: a recording, a form's number.
    public var proofField = "consent_proof"
    /// How long consent lasts; nil for as long as it is not withdrawn.
    public var lasts: Duration?

    /// Not required.
    public init() {}
}

/// How old a rule pack may become before it warns, and before it stops calls.
public struct PackAge: Sendable, Hashable {
    /// From this age on it warns.
    public var warn: Duration = .seconds(90 * 86_400)
    /// From this age on it denies.
    public var stop: Duration = .seconds(365 * 86_400)

    /// 90 and 365 days.
    public init() {}
}

/// How callbacks are handled.
public struct CallbackSettings: Sendable, Hashable {
    /// How long an agent's callback waits for its agent; after that anyone may take it. 0 to 30 d.
    public var grace: Duration = .seconds(15 * 60)
    /// When a callback is due for which no time was agreed, from the end of the call. 0 to 365 d.
    public var after: Duration = .seconds(3600)

    /// 15 minutes and one hour.
    public init() {}
}

/// When a campaign pauses itself.
public struct BrakeSettings: Sendable, Hashable {
    /// A share of the last so many calls.
    public struct Limit: Sendable, Hashable {
        /// The share that may not be exceeded, 0 to 1.
        public var share: Double
        /// How many of the latest calls are looked at, 1 to 10,000.
        public var over: Int

        /// A limit from its parts.
        public init(share: Double, over: Int) {
            self.share = share
            self.over = over
        }
    }

    /// Answered calls that met no agent: 3 % of the last 100 (16 CFR 310.4(b)(4)(i)); nil for no brake.
    public var agentAbsent: Limit? = Limit(share: 0.03, over: 100)
    /// Calls that failed at once, as on a dead trunk: 80 % of the last 20; nil for no brake.
    public var failedFast: Limit? = Limit(share: 0.8, over: 20)

    /// The defaults.
    public init() {}
}
