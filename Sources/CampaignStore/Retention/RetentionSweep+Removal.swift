import Campaigns
import GRDB

/// How the rows of a slice go, kind by kind.
extension RetentionSweep {
    /// Removes the rows of a slice, inside a transaction of the caller's.
    ///
    /// What was looked at before the transaction is looked at again where it may have changed: a contact that was finished can
    /// have been brought back.
    static func remove(
        _ piece: Piece, _ kind: RetentionKind, _ campaign: Int64?, at now: Instant, _ database: Database
    ) throws -> Int {
        let keys = PersonRows.list(piece.rows.map(\.key))
        switch kind {
        case .calls:
            let still = try Int64.fetchAll(
                database,
                sql: """
                    SELECT t.id FROM attempts t LEFT JOIN contacts c ON c.id = t.contact_id WHERE t.id IN \(keys)
                    AND (c.id IS NULL OR c.state IN ('done', 'exhausted', 'suppressed'))
                    AND NOT EXISTS (SELECT 1 FROM erasures e WHERE e.attempt_id = t.id)
                    """)
            try RemovedAttempts.remove(still, campaign: campaign, upTo: piece.lastIntended, at: now, database)
            return still.count
        case .notes: try database.execute(sql: "UPDATE attempts SET note = NULL WHERE id IN \(keys)")
        case .quarantinedRows: try delete("quarantined_rows", keys, database)
        case .deliveries:
            let delete = try database.cachedStatement(
                sql: "DELETE FROM webhook_deliveries WHERE webhook_id = ? AND seq = ? AND state <> 'waiting'")
            var removed = 0
            for row in piece.rows {
                try delete.execute(arguments: [row.key, row.second])
                removed += database.changesCount
            }
            return removed
        case .observedCalls: try delete("observed_calls", keys, database)
        case .journalDetails:
            // The guard of the journal lets texts go up to the mark, and not further.
            try mark(detailsMark, piece.rows.map(\.key).max(), database)
            try database.execute(
                sql: """
                    UPDATE journal SET detail = iif(event IN (\(ErasedWords.coded)), detail, NULL), agent = NULL
                    WHERE seq IN \(keys)
                    """)
        case .audit:
            try mark("audit_removed", piece.rows.map(\.key).max(), database)
            try delete("audit", keys, database)
        case .sessions:
            try database.execute(sql: "DELETE FROM sessions WHERE expires_at < ?", arguments: [piece.cutoff])
        case .links:
            try database.execute(sql: "DELETE FROM one_time_links WHERE expires_at < ?", arguments: [piece.cutoff])
        case .agentRequests: try delete("agent_requests", keys, database)
        case .importUpdates: try delete("import_updates", keys, database)
        case .uploads: return 0
        }
        return piece.rows.count
    }

    private static func delete(_ table: String, _ keys: String, _ database: Database) throws {
        try database.execute(sql: "DELETE FROM \(table) WHERE id IN \(keys)")
    }

    /// Notes up to which row a log was emptied; the mark never goes back.
    private static func mark(_ key: String, _ last: Int64?, _ database: Database) throws {
        guard let last else { return }
        try database.execute(
            sql: """
                INSERT INTO settings (key, value) VALUES (?1, ?2) ON CONFLICT (key)
                DO UPDATE SET value = max(CAST(value AS INTEGER), CAST(?2 AS INTEGER))
                """, arguments: [key, String(last)])
    }
}
