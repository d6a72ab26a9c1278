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
    /// Whether numbers are dialled that have the right length and no range known to be in use; nil: see
    /// ``dialsPossibleNumbers(at:)``.
    public var numbers: NumberPolicy?
    /// Which do-not-call registries bind it.
    public var suppression = SuppressionSettings()
    /// What columns of its lists are taken for, by header; see `--map`.
    public var mapping: [String: String] = [:]
    /// Patterns of the stations that serve it, with `*` and `?`; empty for all.
    public var stations: [String] = []
    /// Campaigns of higher priority are served first, -1000 to 1000.
    public var priority = 0
    /// Its share of the stations among campaigns of one priority, 1 to 1000.
    public var weight = 1
    /// Caps of its own, beside those of its rule packs.
    public var caps: [CallCap] = []
    /// Silences of its own, beside those of its rule packs.
    public var silences: [Silence] = []
    public var consent = ConsentSettings()
    public var relationship = RelationshipSettings()
    /// Days on which it calls nobody, beside the holidays of its rule packs.
    public var holidays: [HolidayRule] = []
    public var brakes = BrakeSettings()
    /// Most calls at once by group of stations. The least limit of all campaigns that name a trunk holds for all its calls.
    public var trunks: [String: Int] = [:]
    public var callbacks = CallbackSettings()
    /// Why an agent may pause, as the agent's page offers it.
    public var pauseReasons: [String] = ["Break", "Lunch", "Meeting", "Training"]
    /// How long what it leaves behind is kept, where it differs from the server's settings.
    public var retention = RetentionPeriods()

    /// A campaign with defaults for all but its name and region.
    public init(name: String, region: String) {
        self.name = name
        self.region = region
        dial = DialSettings()
        callingRules = CallingRulesSettings(pack: CallingRulesSettings.defaultPack(region: region))
        callingRules.isPackChosen = CallingRulesSettings.packsByRegion[region] != nil
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
    /// Whether the extension of a number is pressed when the call is answered.
    public var dialsExtensions = false

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

    /// The names of the rule packs, or `none` alone. A number is under every pack that covers its region.
    public var packs: [String]
    /// Whether somebody named the packs, or Offhook has one for the region. Where neither holds nothing is known of the law there,
    /// which is not the same as `none`, a choice.
    public var isPackChosen = true
    /// What the calls are for, as the file names it: `debt_collection`; empty where it says nothing.
    public var purposes: [String] = []
    /// Whether numbers are selected or dialed automatically, as some laws ask. Only a campaign that gives its reason says no.
    public var isAutomated = true
    /// Why the campaign does not count as automated; nil where it does.
    public var notAutomatedBecause: String?
    /// How old a pack may be.
    public var packAge = PackAge()
    /// Whose clock the windows are read on.
    public var timeZone: WindowZone = .contact
    /// The campaign's own hours; nil where the pack's alone hold.
    public var windows: WeeklyWindows?

    /// Settings with the contact's zone and no windows of their own.
    public init(pack: String) {
        packs = [pack]
    }

    /// Whether the file says `pack: none`: no law's rules are applied to the campaign's calls, by somebody's own choice.
    public var isWithoutRules: Bool { isPackChosen && packs == ["none"] }

    /// What is said of such a campaign wherever it is shown.
    public static let withoutRulesText =
        "The campaign's file says pack: none: no law's rules are applied to its calls, only what the file itself says."

    /// What the calls are for: sales where the file says nothing.
    public var claimedPurposes: Set<CallPurpose> {
        let named = Set(purposes.compactMap(CallPurpose.init(rawValue:)))
        return named.isEmpty ? [.sales] : named
    }

    /// The packs' names in one text, `us, ca`; setting it names one pack.
    public var pack: String {
        get { packs.joined(separator: ", ") }
        set { packs = [newValue] }
    }

    /// The packs that come with Offhook, by the region they are for.
    public static let packsByRegion = [
        "US": "us", "CA": "ca", "GB": "uk", "FR": "fr", "DE": "de", "AU": "au", "ES": "es",
        "PR": "us", "VI": "us", "GU": "us", "AS": "us", "MP": "us",
        "GP": "fr", "MQ": "fr", "GF": "fr", "RE": "fr", "YT": "fr", "BL": "fr", "MF": "fr", "PM": "fr",
        "NC": "fr", "PF": "fr", "WF": "fr",
    ]

    /// The pack of a region where a file names none: the one that comes with Offhook, else `none`.
    public static func defaultPack(region: String) -> String { packsByRegion[region] ?? "none" }
}

/// How fast a campaign dials.
public struct PacingSettings: Sendable, Hashable {
    /// Who starts a call.
    public enum Mode: String, Sendable, CaseIterable, Hashable {
        /// The phone dials as soon as its station is ready.
        case progressive
        /// The contact is shown first; the agent presses to dial it, or skips it, within a limit.
        case preview
        /// Nothing is offered; agents dial the contacts they pick.
        case manual
    }

    /// What happens to a station whose agent let the wrap-up run out without a disposition.
    public enum NoDisposition: String, Sendable, CaseIterable, Hashable {
        /// It is paused until its agent says Ready, where the agent's page is live.
        case pause
        /// The next call comes.
        case `continue`
    }

    public var mode: Mode = .progressive
    /// Time for the agent after an answered call, 0 s to 1 h.
    public var wrapUp: Duration = .seconds(20)
    /// Whether wrap-up lasts until the agent said what came of the call, at most `wrapUpLimit`.
    public var wrapUpUntilDisposed = false
    /// The longest wrap-up where it lasts until disposed, 1 min to 4 h.
    public var wrapUpLimit: Duration = .seconds(1800)
    /// What follows a wrap-up in which nothing was said.
    public var noDisposition: NoDisposition = .pause
    /// How long a contact is shown in preview mode before it is skipped, 5 s to 1 h.
    public var previewLimit: Duration = .seconds(120)
    /// How long a contact that an agent skipped rests, 0 to 30 d.
    public var skipRest: Duration = .seconds(3600)
    /// Most calls started in any 60 s; nil for no limit.
    public var callsPerMinute: Int?
    /// Most calls started in any 60 min; nil for no limit.
    public var callsPerHour: Int?
    /// Most calls of the campaign at once; nil for no limit.
    public var maxConcurrent: Int?
    /// The least time between the end of a station's call and its next one, wrap-up included; 0 s to 1 h.
    public var stationGap: Duration = .zero

    /// How long wrap-up may last.
    public var longestWrapUp: Duration { wrapUpUntilDisposed ? wrapUpLimit : wrapUp }

    /// How long wrap-up may last where its disposition was said during the call: no time at all where it lasts until disposed.
    public var wrapUpOnceSaid: Duration { wrapUpUntilDisposed ? .zero : wrapUp }

    /// The defaults.
    public init() {}
}
