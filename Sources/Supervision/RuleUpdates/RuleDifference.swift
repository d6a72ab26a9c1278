import CallingRules
import CampaignStore
import Campaigns
import Eligibility

/// What other rule packs change for the contacts that are still to be called.
public struct RuleDifference: Sendable {
    /// A pack whose version changes.
    public struct Pack: Sendable, Hashable {
        public var name: String
        /// Nil where there is none of the name yet.
        public var before: String?
        /// Nil where there is none of the name any more.
        public var after: String?
    }

    /// Contacts of one place for which other rules hold.
    public struct Place: Sendable, Hashable {
        /// Such as `US-FL`; `unknown` where it cannot be told.
        public var place: String
        public var contacts: Int
        /// For how long today they may be called by hours and holidays, and would be.
        public var hoursBefore: Duration
        public var hoursAfter: Duration
    }

    /// By name.
    public let packs: [Pack]
    /// The most contacts first.
    public let places: [Place]

    /// Contacts for which other rules hold, counted once in each campaign.
    public var contacts: Int { places.reduce(0) { $0 + $1.contacts } }
    /// Those of them that may be called for a shorter time today.
    public var losing: Int { places.filter { $0.hoursAfter < $0.hoursBefore }.reduce(0) { $0 + $1.contacts } }

    /// The whole in a sentence, as `1,240 contacts change, 312 lose hours today.`
    public var sentence: String {
        "\(Counted.text(contacts, "contact")) change\(contacts == 1 ? "s" : ""), \(Counted.grouped(losing)) "
            + "lose\(losing == 1 ? "s" : "") hours today."
    }

    /// Looks at all campaigns that are not archived.
    ///
    /// - Throws: `StoreError`.
    public init(
        from before: [String: RulePack], to after: [String: RulePack], in store: CampaignStore, clocks: ZoneClocks,
        at now: Instant
    ) throws {
        packs = Set(before.keys).union(after.keys).sorted().compactMap { name in
            guard before[name] != after[name] else { return nil }
            return Pack(name: name, before: before[name]?.version, after: after[name]?.version)
        }
        let own = try store.rulePacks()
        var found: [Place: Int] = [:]
        for stored in try store.campaigns() where stored.state != .archived {
            let rules = { (packs: [String: RulePack]) -> EligibilityRules? in
                let known = packs.merging(own) { shipped, _ in shipped }
                return (try? RuleBook(names: stored.campaign.callingRules.packs, among: known)).map {
                    EligibilityRules(
                        campaign: stored.campaign, book: $0, graceUntil: stored.graceUntil, clocks: clocks)
                }
            }
            // A campaign whose pack is missing is not dialed, before or after.
            guard let former = rules(before), let later = rules(after) else { continue }
            for (area, contacts) in try store.areasInUse(by: stored.id) {
                guard Self.asked(of: area, former) != Self.asked(of: area, later) else { continue }
                let place = Place(
                    place: area.jurisdiction ?? area.region ?? "unknown", contacts: 0,
                    hoursBefore: Self.open(area, under: former, at: now),
                    hoursAfter: Self.open(area, under: later, at: now))
                found[place, default: 0] += contacts
            }
        }
        places = found.map { place, contacts in
            var place = place
            place.contacts = contacts
            return place
        }.sorted { ($1.contacts, $0.place, $0.hoursAfter) < ($0.contacts, $1.place, $1.hoursAfter) }
    }

    /// What the rules of an area ask, without where each is from: another quotation changes nothing for anybody.
    private static func asked(of area: Area, _ rules: EligibilityRules) -> RuleBook.Holding {
        var holding = rules.rules(of: area).holding
        holding.entries = holding.entries.map { entry in
            var rule = entry.rule
            (rule.source, rule.section, rule.link, rule.quote) = ("", nil, nil, nil)
            (rule.sureness, rule.date) = (.low, CivilDate(daysSince1970: 0))
            for index in rule.caps.indices { rule.caps[index].source = "" }
            for index in rule.silences.indices { rule.silences[index].source = "" }
            var entry = entry
            entry.rule = rule
            return entry
        }
        return holding
    }

    /// For how long an area is open today by its own clock, to a quarter of an hour.
    private static func open(_ area: Area, under rules: EligibilityRules, at now: Instant) -> Duration {
        let step: Int64 = 15 * 60
        let clock = rules.clock(of: area)
        let day = (clock?.local(at: now) ?? LocalTime(milliseconds: now.milliseconds)).day
        let midnight = { (day: Int64) in
            clock?.instant(day: day, minute: 0) ?? Instant(milliseconds: day * 86_400_000)
        }
        let (start, end) = (midnight(day), midnight(day + 1))
        let hours = rules.hours(of: area)
        var open: Int64 = 0
        var instant = start
        while instant < end {
            let isOpen =
                rules.closingGap(in: area, at: instant) == nil && hours.verdict(at: instant, margin: .zero).isAllowed
            if isOpen { open += step }
            instant = instant + .seconds(step)
        }
        return .seconds(open)
    }
}
