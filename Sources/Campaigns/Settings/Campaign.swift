import PhoneNumbers

/// A campaign as its file describes it, with every default filled in.
public struct Campaign: Sendable, Hashable {
    /// The name: letters, digits, `-` and `_`, at most 64.
    public var name: String
    /// ISO 3166 region in which national numbers are read.
    public var region: String
    /// How its calls are dialled.
    public var dial: DialSettings
    /// When its numbers may be called.
    public var callingRules: CallingRulesSettings
    /// How fast it dials.
    public var pacing: PacingSettings
    /// What follows an outcome.
    public var retry: RetrySettings
    /// What its agents can say of a call.
    public var dispositions: [Disposition]
    /// The script's file name beside the campaign file.
    public var script: String?
    /// How long its call records are kept when a contact is erased, 0 s to 30 years.
    public var retention = Campaign.defaultRetention

    /// Five years of 365.25 days, to the day: call records under 16 CFR 310.5.
    public static let defaultRetention: Duration = .seconds(1826 * 86_400)

    /// A campaign with defaults for all but its name and region.
    public init(name: String, region: String) {
        self.name = name
        self.region = region
        dial = DialSettings()
        callingRules = CallingRulesSettings(pack: CallingRulesSettings.defaultPack(region: region))
        pacing = PacingSettings()
        retry = RetrySettings()
        dispositions = Disposition.defaults
        script = nil
    }
}

extension Disposition {
    /// What agents can say where a campaign names no dispositions of its own.
    public static let defaults: [Disposition] = [
        Disposition(code: "SUCCESS", label: "Success", dispositionClass: .success),
        Disposition(code: "CALLBACK", label: "Call back", dispositionClass: .callbackAny),
        Disposition(code: "NOT_INTERESTED", label: "Not interested", dispositionClass: .notInterested),
        Disposition(code: "DO_NOT_CALL", label: "Do not call again", dispositionClass: .doNotCall),
        Disposition(code: "MACHINE", label: "Answering machine", dispositionClass: .machine),
        Disposition(code: "WRONG_NUMBER", label: "Wrong number", dispositionClass: .wrongNumber),
        Disposition(code: "OTHER", label: "Other", dispositionClass: .other),
    ]
}

/// How a campaign's calls are dialled.
public struct DialSettings: Sendable, Hashable {
    /// The least ring timeout: 15 s, the floor of 16 CFR 310.4(b)(4)(ii) and of UK practice.
    public static let ringFloor: Duration = .seconds(15)
    /// How long a call may ring before we cancel it, 15 s to 120 s.
    public var ringTimeout: Duration = .seconds(25)
    /// Replaces the stations' dial plan, key by key.
    public var plan = DialPlanOverride()

    /// The defaults.
    public init() {}
}

/// The keys of a dial plan that a file sets; what is nil comes from the wider scope.
public struct DialPlanOverride: Sendable, Hashable, Codable {
    public var format: DialPlan.Format?
    public var region: String?
    public var prefix: String?
    public var plus: String?

    /// Keys to set; all nil by default.
    public init(format: DialPlan.Format? = nil, region: String? = nil, prefix: String? = nil, plus: String? = nil) {
        self.format = format
        self.region = region
        self.prefix = prefix
        self.plus = plus
    }

    /// These keys, and where they are nil those of a wider scope.
    public func over(_ wider: DialPlanOverride) -> DialPlanOverride {
        DialPlanOverride(
            format: format ?? wider.format, region: region ?? wider.region, prefix: prefix ?? wider.prefix,
            plus: plus ?? wider.plus)
    }

    /// The plan these keys make, in a region where none is named.
    public func plan(defaultRegion: String) -> DialPlan {
        DialPlan(format: format, region: region ?? defaultRegion, prefix: prefix ?? "", plus: plus ?? "")
    }
}

/// When a campaign's numbers may be called.
public struct CallingRulesSettings: Sendable, Hashable {
    /// Whose clock the campaign's windows are read on.
    public enum WindowZone: Sendable, Hashable {
        /// Each contact's own zones; all of them must be open.
        case contact
        /// One IANA zone for everybody. The pack's hours stay on the contact's own clock.
        case fixed(String)
    }

    /// The name of the rule pack, or `none`.
    public var pack: String
    /// Whose clock the windows are read on.
    public var timeZone: WindowZone = .contact
    /// The campaign's own hours; nil where the pack's alone hold.
    public var windows: WeeklyWindows?

    /// Settings with the contact's zone and no windows of their own.
    public init(pack: String) {
        self.pack = pack
    }

    /// The pack of a region where a file names none: `us` in the United States, else `none`.
    public static func defaultPack(region: String) -> String { region == "US" ? "us" : "none" }
}

/// How fast a campaign dials.
public struct PacingSettings: Sendable, Hashable {
    /// Who starts a call.
    public enum Mode: String, Sendable, CaseIterable, Hashable {
        /// The phone dials as soon as its station is ready.
        case progressive
    }

    public var mode: Mode = .progressive
    /// Time for the agent after an answered call, 0 s to 1 h.
    public var wrapUp: Duration = .seconds(20)
    /// Most calls started in any 60 s; nil for no limit.
    public var callsPerMinute: Int?
    /// Most calls of the campaign at once; nil for no limit.
    public var maxConcurrent: Int?

    /// The defaults.
    public init() {}
}

/// What follows one outcome or disposition class.
public struct RetryRule: Sendable, Hashable {
    /// At most this many attempts of a contact in the campaign that end this way, the first included, 1 to 100.
    public var attempts: Int
    /// The least time to the next attempt, 0 to 365 d.
    public var after: Duration
    /// Whether the next attempt should fall in another part of the day.
    public var otherDayPart: Bool

    /// A rule from its parts.
    public init(attempts: Int, after: Duration, otherDayPart: Bool = false) {
        self.attempts = attempts
        self.after = after
        self.otherDayPart = otherDayPart
    }
}

/// What follows every outcome and disposition class.
public struct RetrySettings: Sendable, Hashable {
    /// The outcomes that a campaign may set a rule for.
    public static let settableOutcomes: [Outcome] = [
        .shortAnswer, .noAnswer, .busyOrRejected, .failedFast, .agentCancelled, .phoneLost, .unknown,
    ]
    /// The disposition classes that a campaign may set a rule for.
    public static let settableClasses: [DispositionClass] = [.machine, .busyTone, .noAnswer]

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

    /// The defaults of design.md.
    public init() {}
}
