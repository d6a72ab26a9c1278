import Campaigns
import GRDB

/// A list with what stands in it.
public struct StoredList: Sendable, Hashable {
    public var id: Int64
    public var campaignID: CampaignID
    public var campaign: String
    public var name: String
    /// `active`, `paused`, or `loading` while its import runs.
    public var state: String
    /// Lists with higher ones are called first.
    public var priority: Int
    public var contacts: Int
    /// Contacts that may still be called some day.
    public var remaining: Int
    public var createdAt: Instant
}

extension CampaignStore {
    /// Lists by campaign, in the order in which they are called.
    public func lists(campaign: CampaignID? = nil) throws -> [StoredList] {
        try read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT l.*, k.name AS campaign, count(c.id) AS contacts,
                        total(c.state IN ('ready', 'reserved', 'in_attempt', 'waiting_retry', 'callback') AND c.due_at <> ?1)
                            AS remaining
                    FROM lists l JOIN campaigns k ON k.id = l.campaign_id LEFT JOIN contacts c ON c.list_id = l.id
                    WHERE (?2 IS NULL OR l.campaign_id = ?2) AND l.state <> 'loading'
                    GROUP BY l.id ORDER BY k.name, l.priority DESC, l.id
                    """, arguments: [Parking.never, campaign?.value]
            ).map {
                StoredList(
                    id: $0["id"], campaignID: CampaignID($0["campaign_id"]), campaign: $0["campaign"], name: $0["name"],
                    state: $0["state"], priority: $0["priority"],
                    contacts: $0["contacts"], remaining: Int($0["remaining"] as Double),
                    createdAt: Instant(milliseconds: $0["created_at"]))
            }
        }
    }

    /// A list by its number: its campaign and its name.
    ///
    /// - Throws: `StoreError.notFound`.
    public func list(_ id: Int64) throws -> (campaign: CampaignID, name: String) {
        let row = try read {
            try Row.fetchOne(
                $0, sql: "SELECT campaign_id, name FROM lists WHERE id = ? AND state <> 'loading'", arguments: [id])
        }
        guard let row else { throw StoreError.notFound(what: "list", name: "\(id)", hint: "") }
        return (CampaignID(row["campaign_id"]), row["name"])
    }

    /// Pauses a list, or resumes it; its contacts stay where they stand.
    ///
    /// - Throws: `StoreError.notFound`, with the nearest name.
    public func setList(_ name: String, of campaign: CampaignID, paused: Bool, at now: Instant) throws {
        try changeList(name, of: campaign, "state = '\(paused ? "paused" : "active")'", at: now)
    }

    /// Sets a list's priority; lists with higher ones are called first.
    ///
    /// - Throws: `StoreError.notFound`, with the nearest name.
    public func setList(_ name: String, of campaign: CampaignID, priority: Int, at now: Instant) throws {
        try changeList(name, of: campaign, "priority = \(priority)", at: now)
    }

    private func changeList(_ name: String, of campaign: CampaignID, _ change: String, at now: Instant) throws {
        try write { database in
            try database.execute(
                sql: "UPDATE lists SET \(change) WHERE campaign_id = ? AND name = ? AND state <> 'loading'",
                arguments: [campaign.value, name])
            guard database.changesCount == 1 else {
                let names = try String.fetchAll(
                    database, sql: "SELECT name FROM lists WHERE campaign_id = ? AND state <> 'loading'",
                    arguments: [campaign.value])
                let hint = NearestName.hint(name, among: names)
                throw StoreError.notFound(
                    what: "list", name: name, hint: hint.isEmpty ? "see offhook lists list" : hint)
            }
            try database.journal(
                "list_changed", at: now, JournalSubject(campaign: campaign.value), detail: "\(name): \(change)")
        }
    }
}
