import Campaigns
import PhoneNumbers

extension RulePack {
    /// One rule with where it comes from.
    public struct Rule: Sendable, Hashable {
        /// The regions and subdivisions it holds in: `US`, `US-FL`.
        public var places: [String]
        /// The first and the last day on which it holds, on the place's own clock; nil for no such end.
        public var from: CivilDate?
        public var until: CivilDate?
        /// Somebody looked, and the place asks for nothing beyond the wider rule.
        public var isNothingStricter = false
        /// No call at all while it holds.
        public var isClosed = false
        public var windows: WeeklyWindows?
        public var holidays = HolidayCalendar.none
        public var caps: [CallCap] = []
        public var silences: [Silence] = []
        public var requiresConsent = false
        /// How long a consent counts, for ``requiresConsent`` and the exemption by consent alike, in days; nil for no end by law.
        public var consentAge: Int64?
        /// The do-not-call registry that a campaign has to name before it calls there; nil where the rule names none.
        public var registry: String?
        /// The oldest copy of a do-not-call registry that may be called by; nil where the rule says nothing.
        public var registryAge: Duration?
        /// The law forbids calls while a state of emergency is declared; people close the place then.
        public var closesInEmergency = false
        /// It holds only for campaigns that have one of these purposes; empty for all.
        public var purposes: Set<CallPurpose> = []
        /// It is about numbers that are selected or dialed automatically.
        public var isAboutAutomation = false
        /// It holds for these kinds of numbers only; empty for all. A number of unknown kind counts as each.
        public var lines: Set<LineKind> = []
        /// Where the law exempts a contact or a purpose, the rule does not hold.
        public var exemptions: Set<Exemption> = []
        /// How long a relationship exempts.
        public var relationship = RelationshipPeriods()
        /// The paragraph of the law, such as `Utah Code 13-25a-103(3)`, where it can be read, and a short quotation.
        public var section: String?
        public var link: String?
        public var quote: String?
        /// What the rule says and where from, on one line.
        public var source: String
        public var sureness: Sureness
        /// The day on which the rule was last compared with its source.
        public var date: CivilDate

        /// A rule that holds in some places and asks for nothing yet.
        public init(places: [String], source: String, sureness: Sureness = .medium, date: CivilDate) {
            self.places = places
            self.source = source
            self.sureness = sureness
            self.date = date
        }
    }

    /// What the law can exempt from a rule.
    public enum Exemption: String, Sendable, CaseIterable, Hashable {
        /// The contact's consent is on record.
        case consent
        /// The contact bought or asked something lately.
        case relationship
        case charity
        case survey
        case political
        case business

        /// The purpose that is exempted; nil for what a contact's own record exempts.
        var purpose: CallPurpose? {
            switch self {
            case .consent, .relationship: nil
            case .charity: .charity
            case .survey: .survey
            case .political: .political
            case .business: .business
            }
        }
    }

    /// For how many days a relationship exempts; nil where the law does not know that kind.
    public struct RelationshipPeriods: Sendable, Hashable {
        /// Days since a purchase or payment, 1 or more.
        public var purchase: Int64?
        /// Days since an inquiry or application, 1 or more.
        public var inquiry: Int64?

        /// Periods; by default none.
        public init(purchase: Int64? = nil, inquiry: Int64? = nil) {
            self.purchase = purchase
            self.inquiry = inquiry
        }
    }
}

/// What of a number's kind rules tell apart.
public enum LineKind: String, Sendable, CaseIterable, Hashable {
    case mobile
    case fixed

    /// The kind that a number's digits tell; nil where they leave it open.
    public init?(_ kind: NumberKind) {
        switch kind {
        case .mobile: self = .mobile
        case .fixedLine: self = .fixed
        default: return nil
        }
    }
}

/// When a rule holds, and for whom.
extension RulePack.Rule {
    /// The days on which it holds, as days since 1970.
    var days: ClosedRange<Int64> {
        let first = from?.daysSince1970 ?? .min
        return first...max(first, until?.daysSince1970 ?? .max)
    }

    /// Whether it holds on a day of the place's own clock.
    public func holds(on day: Int64) -> Bool { days.contains(day) }

    /// Whether it holds on any of some days: where a number may be in several zones, it holds when it does in one of them.
    public func holds(onAnyOf days: ClosedRange<Int64>) -> Bool { self.days.overlaps(days) }

    /// Whether it asks anything of some contacts and not of others.
    public var dependsOnContact: Bool {
        guard isClosed || windows != nil || !holidays.isEmpty || !caps.isEmpty || !silences.isEmpty || requiresConsent
        else {
            // A registry is asked of the campaign, whoever its contacts are.
            return false
        }
        return !lines.isEmpty || exemptions.contains(.consent) || exemptions.contains(.relationship)
    }

    /// Whether it is about a campaign of these purposes: where it has several, all that the rule names must be exempted.
    public func isAbout(purposes claimed: Set<CallPurpose>, automated: Bool) -> Bool {
        if isAboutAutomation, !automated { return false }
        if !purposes.isEmpty, purposes.isDisjoint(with: claimed) { return false }
        let exempted = Set(exemptions.compactMap(\.purpose))
        let asked = purposes.isEmpty ? claimed : claimed.intersection(purposes)
        return asked.isEmpty || !asked.isSubset(of: exempted)
    }

    /// Why it does not hold for a contact, in words: “consent on record”; nil where it holds.
    ///
    /// - Parameter day: the days that it is for the contact, by all clocks that it may live by.
    public func exemption(of subject: CallSubject, on day: ClosedRange<Int64>) -> String? {
        if !lines.isEmpty, let line = subject.line, !lines.contains(line) { return "not a \(lineText) number" }
        if exemptions.contains(.consent), let given = subject.consentDay {
            if consentAge == nil || Self.isWithin(consentAge, of: given, on: day) { return "consent on record" }
        }
        guard exemptions.contains(.relationship) else { return nil }
        if Self.isWithin(relationship.purchase, of: subject.purchase, on: day) { return "purchase on record" }
        return Self.isWithin(relationship.inquiry, of: subject.inquiry, on: day) ? "inquiry on record" : nil
    }

    private var lineText: String { lines.map(\.rawValue).sorted().joined(separator: " or ") }

    /// The hour of a purchase is not on record, so that its last day is not counted.
    private static func isWithin(_ period: Int64?, of date: Int64?, on day: ClosedRange<Int64>) -> Bool {
        guard let period, let date else { return false }
        return date <= day.lowerBound && day.upperBound - date < period
    }
}

/// What rules look at in a contact beside its place and its calls.
public struct CallSubject: Sendable, Hashable {
    /// The kind of its number; nil where it is not known.
    public var line: LineKind?
    /// The day of its consent, as days since 1970, where that is on record, proven and good by the campaign's own file at the time that
    /// is asked about; nil where there is none.
    public var consentDay: Int64?
    /// The days of its last purchase and inquiry, as days since 1970; nil where its fields give none that can be read.
    public var purchase: Int64?
    public var inquiry: Int64?

    /// A contact of whom nothing is known; every rule holds for it.
    public static let unknown = CallSubject()

    /// A contact from what is known of it.
    public init(line: LineKind? = nil, consentDay: Int64? = nil, purchase: Int64? = nil, inquiry: Int64? = nil) {
        self.line = line
        self.consentDay = consentDay
        self.purchase = purchase
        self.inquiry = inquiry
    }
}
