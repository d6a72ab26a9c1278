import Campaigns
import GRDB

/// The end of an import, good or bad. Each step is short, and each can be taken up again after a crash.
enum ImportRelease {
    /// Makes a loaded import appear: first what it brings up to date, then its contacts. It is complete from the first step
    /// on: whoever finds it so after a crash goes on.
    static func release(_ id: Int64, over connection: BulkConnection, at now: Instant) throws {
        try connection.write {
            try $0.execute(sql: "UPDATE imports SET state = 'releasing' WHERE id = ?", arguments: [id])
        }
        while try connection.write({ try ImportUpdates.applyPiece(of: id, $0) }) {}
        let isNewList = try connection.write { database in
            guard let row = try Row.fetchOne(database, sql: "SELECT * FROM imports WHERE id = ?", arguments: [id])
            else { return true }
            let hidden: Int64 = row["list_id"]
            let target = try Int64.fetchOne(
                database, sql: "SELECT id FROM lists WHERE campaign_id = ? AND name = ?",
                arguments: [row["campaign_id"] as Int64, row["list_name"] as String])
            guard target == nil else { return false }
            try database.execute(
                sql: "UPDATE lists SET name = ?, state = 'active' WHERE id = ?",
                arguments: [row["list_name"] as String, hidden])
            try close(row, list: hidden, at: now, database)
            return true
        }
        if !isNewList { try join(id, over: connection, at: now) }
    }

    /// Moves the contacts of an import to the list that has its name, piece by piece; each piece appears as it is moved.
    private static func join(_ id: Int64, over connection: BulkConnection, at now: Instant) throws {
        var isDone = false
        while !isDone {
            isDone = try connection.write { database in
                guard let row = try Row.fetchOne(database, sql: "SELECT * FROM imports WHERE id = ?", arguments: [id])
                else { return true }
                let hidden: Int64 = row["list_id"]
                let target = try Int64.fetchOne(
                    database, sql: "SELECT id FROM lists WHERE campaign_id = ? AND name = ?",
                    arguments: [row["campaign_id"] as Int64, row["list_name"] as String])
                guard let target else { return true }
                let moved = try Int64.fetchAll(
                    database,
                    sql: "SELECT id FROM contacts WHERE id BETWEEN ? AND ? AND list_id = ? ORDER BY id LIMIT ?",
                    arguments: [
                        (row["first_contact"] as Int64?) ?? 0, (row["last_contact"] as Int64?) ?? -1, hidden,
                        BulkConnection.piece,
                    ])
                guard let first = moved.first, let last = moved.last else {
                    try close(row, list: target, at: now, database)
                    try database.execute(sql: "DELETE FROM lists WHERE id = ?", arguments: [hidden])
                    return true
                }
                try database.execute(
                    sql: "UPDATE contacts SET list_id = ? WHERE id BETWEEN ? AND ? AND list_id = ?",
                    arguments: [target, first, last, hidden])
                return false
            }
        }
    }

    private static func close(_ row: Row, list: Int64, at now: Instant, _ database: Database) throws {
        try database.execute(
            sql: "UPDATE imports SET state = 'done', list_id = ?, ended_at = ? WHERE id = ?",
            arguments: [list, now.milliseconds, row["id"] as Int64])
        try database.journal(
            "list_imported", at: now, JournalSubject(campaign: row["campaign_id"]),
            detail: "import \(row["id"] as Int64): read \(row["rows_read"] as Int), imported \(row["imported"] as Int)")
    }

    /// Takes away what an import has loaded; its record stays.
    static func discard(_ id: Int64, over connection: BulkConnection, as state: String, at now: Instant) throws {
        while try connection.write({ try deletePiece(of: id, $0) }) {}
        try connection.write { database in
            try forget(id, as: state, at: now, database)
        }
    }

    /// Takes away an import with its record: it was a rehearsal.
    static func erase(_ id: Int64, over connection: BulkConnection, at now: Instant) throws {
        try discard(id, over: connection, as: "failed", at: now)
        try connection.write {
            try $0.execute(sql: "DELETE FROM imports WHERE id = ?", arguments: [id])
        }
    }

    static func forget(_ id: Int64, as state: String, at now: Instant, _ database: Database) throws {
        try database.execute(sql: "DELETE FROM quarantined_rows WHERE import_id = ?", arguments: [id])
        try database.execute(sql: "DELETE FROM import_updates WHERE import_id = ?", arguments: [id])
        try database.execute(
            sql: "UPDATE imports SET state = ?, ended_at = ? WHERE id = ?", arguments: [state, now.milliseconds, id])
        // A list that held nothing else goes with it.
        try database.execute(
            sql: """
                UPDATE imports SET list_id = NULL WHERE id = ?1
                    AND NOT EXISTS (SELECT 1 FROM contacts c WHERE c.list_id = imports.list_id)
                    AND NOT EXISTS (SELECT 1 FROM imports i WHERE i.list_id = imports.list_id AND i.id <> ?1)
                """, arguments: [id])
        try database.execute(
            sql: """
                DELETE FROM lists WHERE NOT EXISTS (SELECT 1 FROM imports i WHERE i.list_id = lists.id)
                    AND NOT EXISTS (SELECT 1 FROM contacts c WHERE c.list_id = lists.id)
                """)
    }

    /// False where nothing was left.
    static func deletePiece(of id: Int64, _ database: Database) throws -> Bool {
        guard
            let row = try Row.fetchOne(
                database, sql: "SELECT first_contact, last_contact FROM imports WHERE id = ?", arguments: [id]),
            let first = row["first_contact"] as Int64?, let last = row["last_contact"] as Int64?
        else { return false }
        let contacts = try Int64.fetchAll(
            database, sql: "SELECT id FROM contacts WHERE id BETWEEN ? AND ? AND import_id = ? ORDER BY id LIMIT ?",
            arguments: [first, last, id, BulkConnection.piece])
        guard let from = contacts.first, let to = contacts.last else { return false }
        try database.execute(
            sql: "DELETE FROM numbers WHERE id BETWEEN ? AND ?", arguments: [from * 16, to * 16 + 15])
        try database.execute(
            sql: "DELETE FROM contacts WHERE id BETWEEN ? AND ? AND import_id = ?", arguments: [from, to, id])
        return true
    }

    /// What earlier imports left when their program died: what was complete is released, the rest taken away.
    static func clearInterrupted(over connection: BulkConnection, at now: Instant) throws {
        let open = try connection.write {
            try Row.fetchAll($0, sql: "SELECT id, state FROM imports WHERE state IN ('loading', 'releasing')")
        }
        for row in open {
            if row["state"] == "releasing" {
                try release(row["id"], over: connection, at: now)
            } else {
                try discard(row["id"], over: connection, as: "failed", at: now)
            }
        }
    }
}
