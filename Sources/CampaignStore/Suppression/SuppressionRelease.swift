import Campaigns
import GRDB

/// What follows a change of a whole source: its contacts are stopped or given back, and the entries of a file that was
/// replaced go. Each step is short, and each can be taken up again after a crash.
enum SuppressionRelease {
    /// - Returns: how many contacts were looked at.
    @discardableResult
    static func clearInterrupted(over connection: BulkConnection, at now: Instant) throws -> Int {
        var contacts = 0
        let due = try connection.read { database in
            try Int64.fetchAll(database, sql: "SELECT id FROM suppression_sources WHERE contacts_due = 1")
        }
        for source in due {
            contacts += try refreshContacts(of: source, over: connection, at: now)
        }
        let leftovers = try connection.read {
            try Int64.fetchAll($0, sql: "SELECT id FROM suppression_sources WHERE state <> 'current'")
        }
        for source in leftovers {
            try connection.inPieces { try deletePiece(of: source, rows: $1, $0) }
        }
        return contacts
    }

    /// Numbers that are sought at once, without the write lock.
    private static let chunk = 10_000

    private static func refreshContacts(of source: Int64, over connection: BulkConnection, at now: Instant) throws
        -> Int
    {
        var total = 0
        // Entries of one campaign's are nothing to the others' contacts, and their number is nobody else's to know.
        let (prefixes, campaign) = try connection.read { database in
            (
                try Int64.fetchAll(
                    database, sql: "SELECT prefix FROM suppression_prefixes WHERE source_id = ?", arguments: [source]),
                try Int64.fetchOne(
                    database, sql: "SELECT campaign_id FROM suppression_sources WHERE id = ?", arguments: [source]) ?? 0
            )
        }
        for prefix in prefixes {
            total += try connection.write { database in
                try ContactNumbers.refresh(covered: .prefix(prefix), campaign: campaign, database, at: now.milliseconds)
                    ?? ContactNumbers.count(covered: .prefix(prefix), campaign: campaign, database)
            }
        }
        var last: Int64 = 0
        while true {
            let found = try connection.read { database in
                // Numbers and entries both stand in the order of their digits, so this walks along both.
                try Row.fetchAll(
                    database.cachedStatement(
                        sql: """
                            SELECT n.number, n.contact_id FROM numbers n WHERE n.number > ?1
                            AND EXISTS (SELECT 1 FROM suppressions s WHERE s.source_id = ?2 AND s.number = n.number)
                            AND (?3 = 0 OR n.campaign_id = ?3) ORDER BY n.number LIMIT \(chunk)
                            """), arguments: [last, source, campaign])
            }
            guard let number = found.last?["number"] as Int64? else { break }
            // All rows of the last number belong to one chunk; the next begins behind it.
            let isEnd = found.count < chunk
            let complete = isEnd ? found : found.filter { ($0["number"] as Int64) < number }
            var contacts = Set(complete.map { $0["contact_id"] as Int64 }).sorted()[...]
            try connection.inPieces { database, rows in
                let piece = contacts.prefix(rows)
                contacts = contacts.dropFirst(piece.count)
                try ContactNumbers.refresh(contacts: Array(piece), database, at: now.milliseconds)
                return piece.count
            }
            total += complete.count
            guard !isEnd, let done = complete.last?["number"] as Int64? else { break }
            last = done
        }
        try connection.write {
            try $0.execute(sql: "UPDATE suppression_sources SET contacts_due = 0 WHERE id = ?", arguments: [source])
        }
        return total
    }

    /// - Returns: how many entries went; 0 where the source went with its last one, or was gone.
    private static func deletePiece(of source: Int64, rows: Int, _ database: Database) throws -> Int {
        let end = try Int64.fetchOne(
            database,
            sql: "SELECT number FROM suppressions WHERE source_id = ? ORDER BY number LIMIT 1 OFFSET ?",
            arguments: [source, rows])
        try database.execute(
            sql: "DELETE FROM suppressions WHERE source_id = ? AND number <= ?", arguments: [source, end ?? .max])
        let deleted = database.changesCount
        guard end == nil else { return deleted }
        try database.execute(sql: "DELETE FROM suppression_prefixes WHERE source_id = ?", arguments: [source])
        try database.execute(sql: "DELETE FROM suppression_sources WHERE id = ?", arguments: [source])
        return 0
    }
}
