import CampaignStore
import Campaigns
import CivilTime
import Dialer
import Eligibility
import Synchronization

/// Campaigns with their rules, read again only where one of them changed: a desk asks for them at every call.
final class CampaignShelf: Sendable {
    /// A campaign, ready to be asked.
    struct Entry: Sendable {
        let stored: StoredCampaign
        /// Nil where a rule pack that it names is not there.
        let rules: EligibilityRules?
    }

    private struct Shelf {
        var version = ""
        /// The zone data that the rules go by.
        var zones = ZoneData.none
        var entries: [Entry] = []
    }

    private let shelf = Mutex(Shelf())

    /// All campaigns, in the store's order.
    func all(_ parts: ServerParts) throws -> [Entry] {
        let version = try parts.store.campaignsVersion()
        let zones = parts.engine.zones.data
        let known = shelf.withLock { $0.version == version && $0.zones.isSame(as: zones) ? $0.entries : nil }
        if let known { return known }
        let entries = try parts.store.campaigns().map { stored in
            Entry(stored: stored, rules: try? parts.engine.rules(of: stored))
        }
        shelf.withLock { $0 = Shelf(version: version, zones: zones, entries: entries) }
        return entries
    }

    /// One campaign by its number; nil where there is none.
    func campaign(_ id: CampaignID, _ parts: ServerParts) throws -> Entry? {
        try all(parts).first { $0.stored.id == id }
    }

    /// One campaign by its name; nil where there is none.
    func campaign(named name: String, _ parts: ServerParts) throws -> Entry? {
        try all(parts).first { $0.stored.campaign.name == name }
    }

    /// The started campaigns that a station serves and an identity may see.
    func served(by station: String, _ identity: Identity, _ parts: ServerParts) throws -> [Entry] {
        try all(parts).filter { entry in
            let patterns = entry.stored.campaign.stations
            return entry.stored.state == .started && identity.maySee(entry.stored.id)
                && (patterns.isEmpty || patterns.contains { Glob.matches(station, $0) })
        }
    }
}
