import Campaigns
import GRDB

/// A list by its name, without a look at its contacts.
public struct ListName: Sendable, Hashable {
    public var id: Int64
    public var campaignID: CampaignID
    public var campaign: String
    public var name: String
}

extension CampaignStore {
    /// The names of all lists, by campaign and name; unlike ``lists(campaign:)`` it costs the same whatever they hold.
    public func listNames() throws -> [ListName] {
        try read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT l.id, l.campaign_id, k.name AS campaign, l.name FROM lists l
                    JOIN campaigns k ON k.id = l.campaign_id WHERE l.state <> 'loading' ORDER BY k.name, l.name
                    """
            ).map {
                ListName(
                    id: $0["id"], campaignID: CampaignID($0["campaign_id"]), campaign: $0["campaign"], name: $0["name"])
            }
        }
    }
}
