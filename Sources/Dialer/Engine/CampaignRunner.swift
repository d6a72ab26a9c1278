import CallingRules
import CampaignStore
import Campaigns
import Eligibility
import PhoneNumbers

/// One campaign of the engine: its rules and its open areas.
struct CampaignRunner {
    let stored: StoredCampaign
    private(set) var rules: EligibilityRules
    /// Whether packs can be too old to call by.
    private let judgesPackAge: Bool
    var hours = AreaHours()
    /// When its file and packs were read.
    private let loadedAt: Instant
    /// When each source of do-not-call entries was loaded last.
    let registries: [String: Instant]

    init(
        _ stored: StoredCampaign, book: RuleBook, clocks: ZoneClocks, areas: [(id: Int64, area: Area)],
        registries: [String: Instant], closures: [PlaceClosure], judgesPackAge: Bool, at now: Instant
    ) {
        self.stored = stored
        self.registries = registries
        self.judgesPackAge = judgesPackAge
        loadedAt = now
        rules = EligibilityRules(
            campaign: stored.campaign, book: book, closures: closures, graceUntil: stored.graceUntil, clocks: clocks)
        judge(at: now)
        hours.replaceAreas(areas)
    }

    /// Whether what is said of its file and its packs may be another by now: a grace is over, or a day.
    func isDueToBeRead(at now: Instant) -> Bool {
        if let grace = stored.graceUntil, loadedAt < grace, grace <= now { return true }
        return now.since(loadedAt) >= .seconds(86_400)
    }

    /// Judges by the engine's clock whether packs are too old to call by.
    mutating func judge(at now: Instant) {
        rules.packsJudgedAt = judgesPackAge ? now : nil
    }

    /// Why nobody may be called at all now: a do-not-call registry is missing or too old, the file names none, or all rule packs are
    /// too old.
    func problem(at now: Instant) -> Reason? {
        Eligibility.registryProblem(of: rules, loaded: registries, at: now) ?? rules.closedByFile(at: now)
            ?? rules.closedByPackAge
    }

    /// The campaign as the heart needs it.
    func setup(history: PacingHistory) -> CampaignSetup {
        let campaign = stored.campaign
        return CampaignSetup(
            id: stored.id, name: campaign.name, pacing: campaign.pacing, ringTimeout: campaign.dial.ringTimeout,
            brakes: campaign.brakes, stations: campaign.stations, priority: campaign.priority, weight: campaign.weight,
            trunks: campaign.trunks, startedAt: stored.stateAt, history: history)
    }

    /// What a station would dial for a number: the campaign's plan over the station's.
    func dialString(for number: PhoneNumber, at station: StationSetup) -> Result<String, DialProblem> {
        let plan = stored.campaign.dial.plan.over(station.dial).plan(defaultRegion: stored.campaign.region)
        return plan.dialString(for: number, method: station.dialWith)
    }
}
