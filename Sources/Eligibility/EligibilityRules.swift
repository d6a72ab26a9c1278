import CallingRules
import Campaigns
import Foundation

/// A campaign's rules, ready to be asked: settings, packs and clocks together.
public struct EligibilityRules: Sendable {
    public let campaign: Campaign
    public let book: RuleBook
    private let clocks: ZoneClocks
    private let areas: AreaRules

    /// Rules of a campaign under a book of packs.
    public init(campaign: Campaign, book: RuleBook, clocks: ZoneClocks) {
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
    public init(campaign: Campaign, pack: RulePack, clocks: ZoneClocks) {
        self.init(campaign: campaign, book: RuleBook([pack]), clocks: clocks)
    }

    /// What holds in an area, worked out once.
    public func rules(of area: Area) -> AreaRules.Rules {
        areas.rules(of: area) {
            let holding = book.holding(in: area, purposes: campaign.callingRules.purposes)
            let hours = CallingHours(
                area: area, rules: campaign.callingRules, holidays: areas.holidays(campaign.holidays), book: book,
                clocks: clocks)
            return AreaRules.Rules(
                hours: hours, caps: campaign.caps + holding.entries.flatMap(\.rule.caps),
                silences: campaign.silences + holding.entries.flatMap(\.rule.silences),
                consentAskedBy: campaign.consent.isRequired
                    ? "the campaign"
                    : holding.entries.first { $0.rule.requiresConsent }.map {
                        "\($0.place(in: area)): \($0.rule.source)"
                    },
                packs: book.packs(for: area))
        }
    }

    /// How old a registry's file may be: as the campaign says, else as the strictest rule of its packs, else by its region.
    public var oldestRegistry: Duration {
        campaign.suppression.maxAge ?? book.packs.flatMap { $0.rules.compactMap(\.registryAge) }.min()
            ?? SuppressionSettings.defaultAge(region: campaign.region)
    }

    /// The calling hours of an area.
    public func hours(of area: Area) -> CallingHours { rules(of: area).hours }

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

    /// The release of the time zone data by which hours are judged, such as `2026f`, for attempts.
    public var zoneDataVersion: String { clocks.version }

    /// The names and the versions of the packs that a number of the area is under, for its attempts.
    public func packNames(of area: Area) -> (names: String, versions: String) {
        let packs = rules(of: area).packs
        return (packs.map(\.name).joined(separator: ", "), packs.map(\.version).joined(separator: ", "))
    }
}

/// What holds in each area, kept, since a campaign has few areas and many contacts.
public final class AreaRules: Sendable {
    /// The rules of one area.
    public struct Rules: Sendable {
        public var hours: CallingHours
        public var caps: [CallCap]
        public var silences: [Silence]
        /// Who asks for consent; nil where nobody does.
        public var consentAskedBy: String?
        public var packs: [RulePack]
    }

    private let lock = NSLock()
    nonisolated(unsafe) private var known: [Area: Rules] = [:]
    nonisolated(unsafe) private var calendar: HolidayCalendar?

    init() {}

    func rules(of area: Area, _ make: () -> Rules) -> Rules {
        if let rules = lock.withLock({ known[area] }) { return rules }
        let rules = make()
        lock.withLock { known[area] = rules }
        return rules
    }

    /// The campaign's calendar, worked out once.
    func holidays(_ rules: [HolidayRule]) -> HolidayCalendar {
        lock.withLock {
            let made = calendar ?? HolidayCalendar(rules)
            calendar = made
            return made
        }
    }
}
