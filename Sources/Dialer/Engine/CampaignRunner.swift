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

    init(_ stored: StoredCampaign, book: RuleBook, areas: [(id: Int64, area: Area)]) {
        self.stored = stored
        rules = EligibilityRules(campaign: stored.campaign, book: book)
        hours.replaceAreas(areas)
    }

    var setup: CampaignSetup {
        CampaignSetup(
            id: stored.id, name: stored.campaign.name, pacing: stored.campaign.pacing,
            ringTimeout: stored.campaign.dial.ringTimeout)
    }

    /// What a station would dial for a number: the campaign's plan over the station's.
    func dialString(for number: PhoneNumber, at station: StationSetup) -> Result<String, DialProblem> {
        let plan = stored.campaign.dial.plan.over(station.dial).plan(defaultRegion: stored.campaign.region)
        return plan.dialString(for: number, method: station.dialWith)
    }
}
