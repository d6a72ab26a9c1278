import CallingRules
import Campaigns

/// A campaign's rules, ready to be asked: settings, packs and clocks together.
public struct EligibilityRules: Sendable {
    public let campaign: Campaign
    public let book: RuleBook
    /// The places that people closed, as far as these rules know; what counts is in the facts.
    public let closures: [PlaceClosure]
    private let clocks: ZoneClocks
    private let areas: AreaRules

    /// Rules of a campaign under a book of packs.
    ///
    /// - Parameter closures: the places that people closed; nobody is picked there.
    public init(
        campaign: Campaign, book: RuleBook, closures: [PlaceClosure] = [], clocks: ZoneClocks = ZoneClocks()
    ) {
        self.closures = closures
        self.campaign = campaign
        var book = book
        // A campaign's own hours are rules too.
        if !campaign.callingRules.isPackChosen, campaign.callingRules.windows == nil {
            book.unknownRegion = campaign.region
        }
        self.book = book
        self.clocks = clocks
        areas = AreaRules()
    }

    /// Rules of a campaign under one pack.
    public init(campaign: Campaign, pack: RulePack, clocks: ZoneClocks = ZoneClocks()) {
        self.init(campaign: campaign, book: RuleBook([pack]), clocks: clocks)
    }

    /// What holds in an area, on whatever day and for whatever contact, worked out once.
    public func rules(of area: Area) -> AreaRules.Rules {
        areas.rules(of: area) {
            let settings = campaign.callingRules
            return AreaRules.Rules(
                holding: book.holding(
                    in: area, purposes: settings.claimedPurposes, automated: settings.isAutomated),
                packs: book.packs(for: area), clocks: area.zones.compactMap { clocks.clock($0) })
        }
    }

    /// How old a registry's file may be: as the campaign says, else as the strictest rule of its packs, else by its region.
    public var oldestRegistry: Duration {
        campaign.suppression.maxAge ?? book.packs.flatMap { $0.rules.compactMap(\.registryAge) }.min()
            ?? SuppressionSettings.defaultAge(region: campaign.region)
    }

    /// The calling hours of an area that hold for every contact there: some may be under stricter ones, which their own facts tell.
    public func hours(of area: Area) -> CallingHours {
        let rules = rules(of: area)
        return hours(of: area, rules, where: rules.holding.entries.map { !$0.rule.dependsOnContact })
    }

    /// The calling hours of an area for a contact, as they are on the days of an instant.
    public func hours(of area: Area, for subject: CallSubject, at instant: Instant) -> CallingHours {
        let rules = rules(of: area)
        guard rules.dependsOnContact else { return hours(of: area) }
        let days = rules.days(at: instant)
        return hours(
            of: area, rules, where: rules.holding.entries.map { $0.rule.exemption(of: subject, on: days) == nil })
    }

    private func hours(of area: Area, _ rules: AreaRules.Rules, where holds: [Bool]) -> CallingHours {
        areas.hours(of: area, where: holds) {
            let entries = zip(rules.holding.entries, holds).filter(\.1).map(\.0)
            return CallingHours(
                area: area, rules: campaign.callingRules, holidays: areas.holidays(campaign.holidays),
                holding: RuleBook.Holding(entries: entries, problem: rules.holding.problem), clocks: clocks)
        }
    }

    /// The clock that a contact of the area is taken to live by, for parts of the day and records; nil if none is known.
    public func clock(of area: Area) -> ZoneClock? {
        area.zones.lazy.compactMap { clocks.clock($0) }.first
    }

    /// The clock of a zone; nil where the name is not known.
    public func clock(named zone: String) -> ZoneClock? { clocks.clock(zone) }

    /// A pack of an area that is too old to call by at an instant; nil where there is none.
    public func packTooOld(in area: Area, at instant: Instant) -> RulePack? {
        rules(of: area).packs.first { pack in
            pack.age(at: instant).map { $0 > campaign.callingRules.packAge.stop } ?? false
        }
    }

    /// The names and the versions of the packs that a number of the area is under, for its attempts.
    public func packNames(of area: Area) -> (names: String, versions: String) {
        let packs = rules(of: area).packs
        return (packs.map(\.name).joined(separator: ", "), packs.map(\.version).joined(separator: ", "))
    }
}
