import Campaigns
import GRDB

/// Which rows a slice removes, kind by kind.
extension RetentionSweep {
    /// A row that goes: its key, of two parts where it has two.
    struct Aged: Hashable {
        var key: Int64
        var second: Int64 = 0
    }

    /// The rows of a slice that go, and where the next one goes on.
    struct Piece {
        var rows: [Aged] = []
        /// nil where nothing older is left.
        var next: Position?
        /// When the last call that goes was intended.
        var lastIntended: Int64 = 0
        /// Of rows without a number as their key: those that were over before this go.
        var cutoff: Int64 = 0
    }

    static func piece(
        of kind: RetentionKind, _ campaign: Int64?, _ cutoff: Int64, after position: Position, _ database: Database
    ) throws -> Piece {
        switch kind {
        case .journalDetails: return try events(cutoff, after: position, database)
        case .sessions: return try whole("sessions", cutoff, database)
        case .links: return try whole("one_time_links", cutoff, database)
        case .uploads: return Piece()
        default: break
        }
        let last = kind == .deliveries ? try JournalTimes.last(before: cutoff, database) : 0
        let rows = try Row.fetchAll(
            database.cachedStatement(sql: "\(rows(of: kind)) LIMIT \(slice)"),
            arguments: [
                "campaign": campaign, "cutoff": cutoff, "first": position.first, "second": position.second,
                "last": last,
            ])
        var piece = Piece()
        for row in rows where row["goes"] as Bool {
            piece.rows.append(Aged(key: row["key"], second: row["second"]))
            piece.lastIntended = row["place"]
        }
        if rows.count == slice, let last = rows.last {
            piece.next = Position(first: last["place"], second: last["second_place"])
        }
        return piece
    }

    /// Rows of a short table whose keys are no numbers: all that are over are one piece.
    private static func whole(_ table: String, _ cutoff: Int64, _ database: Database) throws -> Piece {
        let count = try Int64.fetchOne(
            database, sql: "SELECT count(*) FROM \(table) WHERE expires_at < ?", arguments: [cutoff])
        return Piece(rows: (0..<(count ?? 0)).map { Aged(key: $0) }, cutoff: cutoff)
    }

    /// Rows in the order in which they are looked at: `key` and `second` are the key, the next slice goes on behind `place`
    /// and `second_place`, and `goes` says whether a row is removed.
    private static func rows(of kind: RetentionKind) -> String {
        switch kind {
        case .calls:
            // A contact that is not finished may be called again, and what holds for it looks at its calls.
            ofAttempts(
                "true",
                going: """
                    t.phase = 'settled' AND NOT EXISTS (SELECT 1 FROM erasures e WHERE e.attempt_id = t.id)
                    AND (t.contact_id IS NULL OR EXISTS (SELECT 1 FROM contacts c WHERE c.id = t.contact_id
                        AND (c.state IN ('done', 'exhausted')
                            OR (c.state = 'suppressed' AND c.former_state IN ('done', 'exhausted')))))
                    """)
        case .notes: ofAttempts("t.note IS NOT NULL", going: "t.phase = 'settled'")
        case .quarantinedRows:
            """
            SELECT q.id AS key, 0 AS second, i.id AS place, q.id AS second_place, 1 AS goes
            FROM imports i CROSS JOIN quarantined_rows q ON q.import_id = i.id
            WHERE i.campaign_id IS :campaign AND i.state NOT IN ('loading', 'releasing')
                AND coalesce(i.ended_at, i.at) < :cutoff AND i.id >= :first AND (i.id, q.id) > (:first, :second)
            ORDER BY i.id, q.id
            """
        case .deliveries:
            """
            SELECT d.webhook_id AS key, d.seq AS second, d.webhook_id AS place, d.seq AS second_place,
                d.state <> 'waiting' AS goes
            FROM webhook_deliveries d
            WHERE d.webhook_id IN (SELECT id FROM webhooks WHERE campaign_id IS :campaign)
                AND (d.webhook_id, d.seq) > (:first, :second) AND d.seq <= :last
            ORDER BY d.webhook_id, d.seq
            """
        case .observedCalls: ofIds("observed_calls", "started_at < :cutoff")
        case .audit: ofIds("audit", "at < :cutoff")
        case .agentRequests: ofIds("agent_requests", "coalesce(answered_at, at) < :cutoff")
        default:
            ofIds(
                "import_updates",
                """
                import_id IN (SELECT id FROM imports WHERE state NOT IN ('loading', 'releasing')
                    AND coalesce(ended_at, at) < :cutoff)
                """)
        }
    }

    /// Attempts of a campaign by their times.
    private static func ofAttempts(_ condition: String, going: String) -> String {
        """
        SELECT t.id AS key, 0 AS second, t.intended_at AS place, t.id AS second_place, \(going) AS goes FROM attempts t
        WHERE t.campaign_id IS :campaign AND (t.intended_at, t.id) > (:first, :second) AND t.intended_at < :cutoff
            AND \(condition)
        ORDER BY t.intended_at, t.id
        """
    }

    /// Rows of a table by their ids.
    private static func ofIds(_ table: String, _ condition: String) -> String {
        """
        SELECT id AS key, 0 AS second, id AS place, 0 AS second_place, 1 AS goes FROM \(table)
        WHERE id > :first AND \(condition) ORDER BY id
        """
    }

    /// Events whose texts go: those behind the mark up to the last that is old enough.
    private static func events(_ cutoff: Int64, after position: Position, _ database: Database) throws -> Piece {
        let mark = try Int64.fetchOne(
            database, sql: "SELECT CAST(value AS INTEGER) FROM settings WHERE key = '\(detailsMark)'")
        let from = max(mark ?? 0, position.first)
        let last = try JournalTimes.last(before: cutoff, database)
        guard from < last else { return Piece() }
        let to = min(last, from + Int64(slice))
        let seqs = try Int64.fetchAll(
            database,
            sql: """
                SELECT seq FROM journal WHERE seq > ? AND seq <= ?
                AND (agent IS NOT NULL OR (detail IS NOT NULL AND event NOT IN (\(ErasedWords.coded)))) ORDER BY seq
                """, arguments: [from, to])
        return Piece(rows: seqs.map { Aged(key: $0) }, next: to < last ? Position(first: to, second: 0) : nil)
    }

    static let detailsMark = "journal_details_removed"
}

/// Finds events by their times: the journal has no index of them, but its numbers follow them.
enum JournalTimes {
    /// The number of the last event before an instant, as far as the clock went forward; 0 where there is none.
    static func last(before cutoff: Int64, _ database: Database) throws -> Int64 {
        var low: Int64 = 0
        var high = try Int64.fetchOne(database, sql: "SELECT max(seq) FROM journal") ?? 0
        let find = try database.cachedStatement(sql: "SELECT at FROM journal WHERE seq = ?")
        while low < high {
            let middle = (low + high + 1) / 2
            guard let at = try Int64.fetchOne(find, arguments: [middle]) else { return low }
            if at < cutoff { low = middle } else { high = middle - 1 }
        }
        return low
    }
}
