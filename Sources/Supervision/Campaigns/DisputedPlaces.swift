import CampaignStore
import Campaigns
import PhoneNumbers

/// Contacts whose list names a place that their number is not in: both must be open, so that they are called for fewer hours, or
/// never.
struct DisputedPlaces {
    private var contacts = 0
    private var examples: [String] = []
    private static let shown = 3

    /// Compares where each number of a campaign is by itself with where its contact may be.
    init(of campaign: CampaignID, in store: CampaignStore, atlas: NumberAtlas) throws {
        let reader = NumberReader(atlas: atlas)
        for group in try store.nextNumbers(of: campaign) {
            guard let reading = reader.reading(of: group.number),
                atlas.isElsewhere(zones: group.area.zones, jurisdictions: group.area.jurisdictions, than: reading)
            else { continue }
            contacts += group.contacts
            if examples.count < Self.shown {
                let place =
                    group.area.jurisdictions.isEmpty ? "" : "\(group.area.jurisdictions.joined(separator: " and ")), "
                let zones = group.area.zones
                let named = zones.count > 3 ? "\(zones.count) time zones" : zones.joined(separator: " and ")
                examples.append("\(reading.number): \(place)\(named)")
            }
        }
    }

    /// One sentence; nil where there are none.
    var finding: String? {
        guard contacts > 0 else { return nil }
        return
            "\(contacts == 1 ? "one contact has" : "\(contacts) contacts have") a list that names another place than their number's, or a time zone that cannot be read: the "
            + "hours and rules of all these places hold (\(examples.joined(separator: "; ")))"
    }
}
