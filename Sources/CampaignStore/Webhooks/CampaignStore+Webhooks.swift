import Campaigns
import Foundation
import GRDB

/// An address that is told of a campaign's events.
public struct Webhook: Sendable, Hashable {
    public var id: Int64
    public var campaign: CampaignID
    public var url: String
    /// The events it wants to hear of; empty for all.
    public var events: Set<String>
    public var isActive: Bool
    public var createdAt: Instant
}

extension CampaignStore {
    /// Adds a webhook; it hears of what happens from now on.
    ///
    /// - Parameter secret: what its deliveries are signed with; sealed in the database.
    public func addWebhook(
        campaign: CampaignID, url: String, secret: String, events: Set<String>, at now: Instant
    ) throws -> Webhook {
        let sealed = try vault.seal(secret)
        return try write { database in
            try database.execute(
                sql: """
                    INSERT INTO webhooks (campaign_id, url, secret, events, seen_seq, created_at)
                    VALUES (?, ?, ?, ?, (SELECT coalesce(max(seq), 0) FROM journal), ?)
                    """,
                arguments: [campaign.value, url, sealed, events.sorted().joined(separator: " "), now.milliseconds])
            return try Self.webhook(database.lastInsertedRowID, database)
        }
    }

    /// The webhooks of a campaign, or of all.
    public func webhooks(of campaign: CampaignID? = nil) throws -> [Webhook] {
        try read { database in
            try Row.fetchAll(
                database,
                sql: "SELECT * FROM webhooks WHERE removed_at IS NULL AND (?1 IS NULL OR campaign_id = ?1) ORDER BY id",
                arguments: [campaign?.value]
            ).map(Self.webhook)
        }
    }

    /// One webhook.
    ///
    /// - Throws: `StoreError.notFound`.
    public func webhook(_ id: Int64) throws -> Webhook {
        try read { try Self.webhook(id, $0) }
    }

    /// Changes where and of what a webhook is told, and turns it on or off. What waits for it waits on.
    ///
    /// - Parameter former: what it must still be, where somebody looked before; nil where that does not matter.
    /// - Throws: `StoreError.notFound`; `.changedMeanwhile`.
    @discardableResult
    public func changeWebhook(
        _ id: Int64, url: String, events: Set<String>, active: Bool, ifStill former: Webhook? = nil
    ) throws -> Webhook {
        try write { database in
            let now = try Self.webhook(id, database)
            if let former, former != now { throw StoreError.changedMeanwhile(what: "webhook", name: String(id)) }
            try database.execute(
                sql: "UPDATE webhooks SET url = ?, events = ?, is_active = ? WHERE id = ?",
                arguments: [url, events.sorted().joined(separator: " "), active, id])
            return try Self.webhook(id, database)
        }
    }

    /// Gives a webhook another secret: deliveries from now on are signed with it.
    public func setSecret(_ secret: String, ofWebhook id: Int64) throws {
        let sealed = try vault.seal(secret)
        try write { database in
            _ = try Self.webhook(id, database)
            try database.execute(sql: "UPDATE webhooks SET secret = ? WHERE id = ?", arguments: [sealed, id])
        }
    }

    /// Takes a webhook away; its log of deliveries stays, and what waits is given up.
    public func removeWebhook(_ id: Int64, at now: Instant) throws {
        try write { database in
            _ = try Self.webhook(id, database)
            try database.execute(
                sql: "UPDATE webhooks SET removed_at = ? WHERE id = ?", arguments: [now.milliseconds, id])
            try database.execute(
                sql: """
                    UPDATE webhook_deliveries SET state = 'given_up', error = 'the webhook was removed'
                    WHERE webhook_id = ? AND state = 'waiting'
                    """, arguments: [id])
        }
    }

    /// The secret that a webhook's deliveries are signed with.
    public func secret(ofWebhook id: Int64) throws -> String {
        let sealed = try read {
            try String.fetchOne($0, sql: "SELECT secret FROM webhooks WHERE id = ?", arguments: [id])
        }
        guard let sealed else { throw StoreError.notFound(what: "webhook", name: String(id), hint: "") }
        return try vault.unseal(sealed)
    }

    private static func webhook(_ id: Int64, _ database: Database) throws -> Webhook {
        let row = try Row.fetchOne(
            database, sql: "SELECT * FROM webhooks WHERE id = ? AND removed_at IS NULL", arguments: [id])
        guard let row else { throw StoreError.notFound(what: "webhook", name: String(id), hint: "") }
        return webhook(row)
    }

    private static func webhook(_ row: Row) -> Webhook {
        Webhook(
            id: row["id"], campaign: CampaignID(row["campaign_id"]), url: row["url"],
            events: Set((row["events"] as String).split(separator: " ").map(String.init)), isActive: row["is_active"],
            createdAt: Instant(milliseconds: row["created_at"]))
    }
}
