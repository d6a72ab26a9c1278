import Campaigns
import GRDB

extension CampaignStore {
    /// How many calls of some campaigns were intended since an instant.
    public func callsIntended(of campaigns: Set<CampaignID>, since start: Instant) throws -> Int {
        try read { database in
            try campaigns.reduce(0) { sum, campaign in
                try sum
                    + (Int.fetchOne(
                        database.cachedStatement(
                            sql: "SELECT count(*) FROM attempts WHERE campaign_id = ? AND intended_at >= ?"),
                        arguments: [campaign.value, start.milliseconds]) ?? 0)
            }
        }
    }
}
