import CallingRules
import CampaignStore
import Campaigns
import Eligibility
import PhoneNumbers

/// One campaign of the engine: its rules and its open areas.
struct CampaignRunner {
    let stored: StoredCampaign
    let rules: EligibilityRules
    var hours = AreaHours()
    /// When each source of do-not-call entries was loaded last.
    let registries: [String: Instant]

    init(
        _ stored: StoredCampaign, book: RuleBook, areas: [(id: Int64, area: Area)], registries: [String: Instant],
        closures: [PlaceClosure]
    ) {
        self.stored = stored
        self.registries = registries
        rules = EligibilityRules(campaign: stored.campaign, book: book, closures: closures)
        hours.replaceAreas(areas)
    }

    /// Why nobody may be called at all now: a do-not-call registry is missing or too old.
    func registryProblem(at now: Instant) -> Reason? {
        Eligibility.registryProblem(of: rules, loaded: registries, at: now)
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
