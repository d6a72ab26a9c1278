import Campaigns
import GRDB

/// One event on its way to one webhook.
public struct WebhookDelivery: Sendable, Hashable {
    /// Where it stands.
    public enum State: String, Sendable, Hashable, CaseIterable {
        case waiting
        case delivered
        /// Asked often enough in vain, or its webhook is gone.
        case givenUp = "given_up"
    }

    public var webhook: Int64
    /// The event's number in the journal.
    public var seq: Int64
    public var state: State
    /// How often it was sent.
    public var attempts: Int
    /// When it is sent next, where it waits.
    public var nextAt: Instant
    public var lastAt: Instant?
    /// The status that the last sending was answered with.
    public var answeredCode: Int?
    /// What went wrong at the last sending.
    public var error: String?

    init(_ row: Row) {
        webhook = row["webhook_id"]
        seq = row["seq"]
        state = State(rawValue: row["state"]) ?? .waiting
        attempts = row["attempts"]
        nextAt = Instant(milliseconds: row["next_at"])
        lastAt = (row["last_at"] as Int64?).map(Instant.init(milliseconds:))
        answeredCode = row["answered_code"]
        error = row["error"]
    }
}

extension CampaignStore {
    /// Puts the new events of the journal into the queues of the webhooks that want them.
    ///
    /// - Parameter limit: most events that are looked at in one go.
    /// - Returns: whether there may be more.
    public func queueDeliveries(limit: Int = 1000, at now: Instant) throws -> Bool {
        let newest = try lastJournalNumber()
        let behind = try read {
            try Int.fetchOne(
                $0, sql: "SELECT 1 FROM webhooks WHERE removed_at IS NULL AND is_active AND seen_seq < ? LIMIT 1",
                arguments: [newest])
        }
        guard behind != nil else { return false }
        return try write { database in
            var isMore = false
            let hooks = try Row.fetchAll(
                database,
                sql: """
                    SELECT id, campaign_id, events, seen_seq FROM webhooks
                    WHERE removed_at IS NULL AND is_active AND seen_seq < ?
                    """, arguments: [newest])
            for hook in hooks {
                let from = hook["seen_seq"] as Int64
                let until = min(newest, from + Int64(limit))
                isMore = isMore || until < newest
                let wanted = (hook["events"] as String).split(separator: " ").map(String.init)
                let rows = try Row.fetchAll(
                    database,
                    sql: "SELECT seq, event FROM journal WHERE seq > ? AND seq <= ? AND campaign_id = ? ORDER BY seq",
                    arguments: [from, until, hook["campaign_id"] as Int64])
                for row in rows where wanted.isEmpty || wanted.contains(row["event"] as String) {
                    try database.execute(
                        sql: """
                            INSERT INTO webhook_deliveries (webhook_id, seq, next_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING
                            """, arguments: [hook["id"] as Int64, row["seq"] as Int64, now.milliseconds])
                }
                try database.execute(
                    sql: "UPDATE webhooks SET seen_seq = ? WHERE id = ?", arguments: [until, hook["id"] as Int64])
            }
            return isMore
        }
    }

    /// The oldest waiting delivery of each active webhook, due or not: what comes after it waits for it.
    public func firstDeliveries() throws -> [WebhookDelivery] {
        try read { database in
            let hooks = try Int64.fetchAll(
                database, sql: "SELECT id FROM webhooks WHERE removed_at IS NULL AND is_active")
            return try hooks.compactMap { hook in
                try Row.fetchOne(
                    database,
                    sql: """
                        SELECT * FROM webhook_deliveries WHERE webhook_id = ? AND state = 'waiting' ORDER BY seq LIMIT 1
                        """, arguments: [hook]
                ).map(WebhookDelivery.init)
            }
        }
    }

    /// Notes what came of sending.
    ///
    /// - Parameters:
    ///   - code: the status of the answer; nil where there was none.
    ///   - next: when it is sent again, where it still waits.
    public func noteDelivery(
        webhook: Int64, seq: Int64, _ state: WebhookDelivery.State, code: Int?, error: String?, next: Instant?,
        at now: Instant
    ) throws {
        try write {
            try $0.execute(
                sql: """
                    UPDATE webhook_deliveries SET state = ?, attempts = attempts + 1, answered_code = ?, error = ?,
                        next_at = coalesce(?, next_at), last_at = ? WHERE webhook_id = ? AND seq = ?
                    """,
                arguments: [state.rawValue, code, error, next?.milliseconds, now.milliseconds, webhook, seq])
        }
    }

    /// Sends an event to a webhook once more, before what waits behind it.
    ///
    /// - Throws: `StoreError.notFound` where it was never on its way.
    public func redeliver(webhook: Int64, seq: Int64, at now: Instant) throws {
        _ = try self.webhook(webhook)
        try write { database in
            try database.execute(
                sql: """
                    UPDATE webhook_deliveries SET state = 'waiting', attempts = 0, next_at = ?
                    WHERE webhook_id = ? AND seq = ?
                    """, arguments: [now.milliseconds, webhook, seq])
            guard database.changesCount == 1 else {
                throw StoreError.notFound(what: "delivery", name: String(seq), hint: "")
            }
        }
    }

    /// One delivery.
    ///
    /// - Throws: `StoreError.notFound`.
    public func delivery(webhook: Int64, seq: Int64) throws -> WebhookDelivery {
        let row = try read {
            try Row.fetchOne(
                $0, sql: "SELECT * FROM webhook_deliveries WHERE webhook_id = ? AND seq = ?", arguments: [webhook, seq])
        }
        guard let row else { throw StoreError.notFound(what: "delivery", name: String(seq), hint: "") }
        return WebhookDelivery(row)
    }

    /// How many deliveries of a webhook wait.
    public func waitingDeliveries(of webhook: Int64) throws -> Int {
        try read {
            try Int.fetchOne(
                $0, sql: "SELECT count(*) FROM webhook_deliveries WHERE webhook_id = ? AND state = 'waiting'",
                arguments: [webhook]) ?? 0
        }
    }

    /// The deliveries of a webhook, the latest first.
    public func deliveries(of webhook: Int64, before seq: Int64? = nil, limit: Int = 100) throws -> [WebhookDelivery] {
        try read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT * FROM webhook_deliveries WHERE webhook_id = ?1 AND (?2 IS NULL OR seq < ?2)
                    ORDER BY seq DESC LIMIT ?3
                    """, arguments: [webhook, seq, limit]
            ).map(WebhookDelivery.init)
        }
    }
}
