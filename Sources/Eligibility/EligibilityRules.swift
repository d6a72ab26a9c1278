import CallingRules
import Campaigns

/// A campaign's rules, ready to be asked: settings, packs and clocks together.
public struct EligibilityRules: Sendable {
    public let campaign: Campaign
    public let book: RuleBook
    /// The places that people closed, as far as these rules know; what counts is in the facts.
    public let closures: [PlaceClosure]
    /// Until when a campaign that was running at the upgrade goes on although its file leaves out what it has to say; nil for no such
    /// time.
    public let graceUntil: Instant?
    /// The instant by which packs are judged too old to call by: the engine's own now, whatever instant is asked about; nil where
    /// nobody dials by the answer.
    public var packsJudgedAt: Instant?
    private let clocks: ZoneClocks
    private let areas: AreaRules

    /// Rules of a campaign under a book of packs.
    ///
    /// - Parameter closures: the places that people closed; nobody is picked there.
    public init(
        campaign: Campaign, book: RuleBook, closures: [PlaceClosure] = [], graceUntil: Instant? = nil,
        clocks: ZoneClocks
    ) {
        self.closures = closures
        self.campaign = campaign
        self.graceUntil = graceUntil
        var book = book
        // Where no hours are known at all, not even the grace lets anybody be called.
        if !campaign.callingRules.isPackChosen, graceUntil == nil || campaign.callingRules.windows == nil {
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

    /// How old a registry's file may be at an instant: as the campaign says, else as the strictest rule says that is about the campaign
    /// and holds anywhere on that day, else by its region.
    public func oldestRegistry(at instant: Instant) -> Duration {
        let settings = campaign.callingRules
        let days = AreaRules.Rules.anyDays(at: instant)
        let ages = book.packs.lazy.flatMap(\.rules).filter {
            $0.registryAge != nil && $0.holds(onAnyOf: days)
                && $0.isAbout(purposes: settings.claimedPurposes, automated: settings.isAutomated)
        }.compactMap(\.registryAge)
        return campaign.suppression.maxAge ?? ages.min() ?? SuppressionSettings.defaultAge(region: campaign.region)
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

    /// A pack of an area that is too old to call by, as the engine's clock has it; nil where there is none, or nobody judges.
    public func packTooOld(in area: Area) -> RulePack? {
        packsJudgedAt == nil ? nil : rules(of: area).packs.first(where: isTooOld)
    }

    /// Why nobody at all is called by the campaign's packs: all of them are too old.
    public var closedByPackAge: Reason? {
        guard let oldest = book.packs.first, book.packs.allSatisfy(isTooOld) else { return nil }
        return tooOld(oldest)
    }

    func tooOld(_ pack: RulePack) -> Reason {
        let age = packsJudgedAt.flatMap(pack.age).map(DurationText.spoken) ?? "too"
        return Reason(
            code: "pack_too_old",
            text: "The rule pack “\(pack.name)” of \(pack.version) is \(age) old, over "
                + "\(DurationText.spoken(campaign.callingRules.packAge.stop)); take a newer one with offhook rules update FILE, or "
                + "raise pack_age in the campaign.")
    }

    private func isTooOld(_ pack: RulePack) -> Bool {
        guard let packsJudgedAt, let age = pack.age(at: packsJudgedAt) else { return false }
        return age > campaign.callingRules.packAge.stop
    }

    /// The release of the time zone data by which hours are judged, such as `2026f`, for attempts.
    public var zoneDataVersion: String { clocks.version }

    /// The names and the versions of the packs that a number of the area is under, for its attempts.
    public func packNames(of area: Area) -> (names: String, versions: String) {
        let packs = rules(of: area).packs
        return (packs.map(\.name).joined(separator: ", "), packs.map(\.version).joined(separator: ", "))
    }
}
