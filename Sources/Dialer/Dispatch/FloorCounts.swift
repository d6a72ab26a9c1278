import CampaignStore
import Campaigns

/// The calls of the whole floor, counted once for a round of decisions: with a thousand stations waiting for work, counting anew
/// for each of them would take longer than their polls stay fresh.
struct FloorCounts {
    /// Calls that are being placed or are open, by campaign.
    private(set) var open: [CampaignID: Int] = [:]
    /// Of these, those whose intent is not written down yet.
    private(set) var starting: [CampaignID: Int] = [:]
    /// Stations that look for a contact, to dial or to show it, by campaign.
    private(set) var asking: [CampaignID: Int] = [:]
    /// Calls that are being placed or are open, by trunk.
    private(set) var openOnTrunk: [String: Int] = [:]
    /// Calls between the search for a contact and the phone's answer.
    private(set) var placements = 0

    init(_ stations: some Collection<Station>) {
        for station in stations { add(station) }
    }

    private mutating func add(_ station: Station) {
        if station.isAsking || station.awaitsCommand { placements += 1 }
        guard station.hasCall else { return }
        if let trunk = station.setup.trunk { openOnTrunk[trunk, default: 0] += 1 }
        guard let campaign = station.campaign else { return }
        open[campaign, default: 0] += 1
        guard station.isAsking else { return }
        asking[campaign, default: 0] += 1
        // Its start is noted with its intent; until then the next station must not take the same place.
        if !station.isOffering { starting[campaign, default: 0] += 1 }
    }

    /// Counts a station that begins to look for a contact in this round.
    mutating func note(_ campaign: CampaignID, trunk: String?, isOffering: Bool) {
        placements += 1
        open[campaign, default: 0] += 1
        asking[campaign, default: 0] += 1
        if !isOffering { starting[campaign, default: 0] += 1 }
        if let trunk { openOnTrunk[trunk, default: 0] += 1 }
    }
}
