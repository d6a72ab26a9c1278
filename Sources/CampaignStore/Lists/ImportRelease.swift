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
        // Who wants no calls is on the list before anybody of the file can be called.
        try ImportWishes.apply(id, over: connection, at: now)
        try connection.inPieces { try ImportUpdates.applyPiece(of: id, rows: $1, $0) }
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
        try connection.inPieces { database, rows in
            guard let row = try Row.fetchOne(database, sql: "SELECT * FROM imports WHERE id = ?", arguments: [id])
            else { return 0 }
            let hidden: Int64 = row["list_id"]
            let target = try Int64.fetchOne(
                database, sql: "SELECT id FROM lists WHERE campaign_id = ? AND name = ?",
                arguments: [row["campaign_id"] as Int64, row["list_name"] as String])
            guard let target else { return 0 }
            let moved = try move(Contacts(row), from: hidden, to: target, rows: rows, database)
            guard moved == 0 else { return moved }
            try close(row, list: target, at: now, database)
            try database.execute(sql: "DELETE FROM lists WHERE id = ?", arguments: [hidden])
            return 0
        }
    }

    /// The contacts that an import made, by their range.
    struct Contacts {
        var importID: Int64
        var first: Int64
        var last: Int64

        /// - Parameter row: of an import.
        init(_ row: Row) {
            importID = row["id"]
            first = (row["first_contact"] as Int64?) ?? 0
            last = (row["last_contact"] as Int64?) ?? -1
        }
    }

    /// Moves some of an import's contacts from one list to another.
    ///
    /// - Returns: how many; 0 where none was left.
    static func move(
        _ contacts: Contacts, from: Int64, to: Int64, rows: Int, _ database: Database
    ) throws -> Int {
        let moved = try Int64.fetchAll(
            database,
            sql: """
                SELECT id FROM contacts WHERE id BETWEEN ? AND ? AND import_id = ? AND list_id = ? ORDER BY id LIMIT ?
                """, arguments: [contacts.first, contacts.last, contacts.importID, from, rows])
        guard let first = moved.first, let last = moved.last else { return 0 }
        try database.execute(
            sql: "UPDATE contacts SET list_id = ? WHERE id BETWEEN ? AND ? AND import_id = ? AND list_id = ?",
            arguments: [to, first, last, contacts.importID, from])
        return moved.count
    }

    private static func close(_ row: Row, list: Int64, at now: Instant, _ database: Database) throws {
        try database.execute(
            sql: "UPDATE imports SET state = 'done', list_id = ?, ended_at = ? WHERE id = ?",
            arguments: [list, now.milliseconds, row["id"] as Int64])
        try database.journal(
            "list_imported", at: now, JournalSubject(campaign: row["campaign_id"]),
            detail: "import \(row["id"] as Int64): read \(row["rows_read"] as Int), imported \(row["imported"] as Int)"
                + ((row["do_not_call"] as Int) > 0 ? ", do not call \(row["do_not_call"] as Int)" : ""))
    }

    /// Takes away what an import has loaded; its record stays.
    static func discard(_ id: Int64, over connection: BulkConnection, as state: String, at now: Instant) throws {
        try connection.inPieces { try deletePiece(of: id, rows: $1, $0) }
        try deleteRows(of: id, over: connection)
        // Nobody of a file that was given up asked for anything.
        try connection.inPieces { database, rows in
            try database.execute(
                sql: """
                    DELETE FROM import_wishes WHERE import_id = ?1 AND number <= coalesce(
                        (SELECT number FROM import_wishes WHERE import_id = ?1 ORDER BY number LIMIT 1 OFFSET ?2),
                        (SELECT max(number) FROM import_wishes WHERE import_id = ?1))
                    """, arguments: [id, rows])
            return database.changesCount
        }
        try forget(id, as: state, over: connection, at: now)
    }

    /// Takes away an import with its record: it was a rehearsal.
    static func erase(_ id: Int64, over connection: BulkConnection, at now: Instant) throws {
        try discard(id, over: connection, as: "failed", at: now)
        try connection.write {
            try $0.execute(sql: "DELETE FROM imports WHERE id = ?", arguments: [id])
        }
    }

    /// Deletes the rows that were kept aside: quarantined ones, and those that would have brought contacts up to date.
    static func deleteRows(of id: Int64, over connection: BulkConnection) throws {
        for table in ["quarantined_rows", "import_updates"] {
            try connection.inPieces { database, rows in
                try database.execute(
                    sql: "DELETE FROM \(table) WHERE id IN (SELECT id FROM \(table) WHERE import_id = ? LIMIT ?)",
                    arguments: [id, rows])
                return database.changesCount
            }
        }
    }

    /// Notes how an import ended whose contacts are gone. A list that held nothing else goes with it.
    static func forget(
        _ id: Int64, as state: String, over connection: BulkConnection, at now: Instant,
        _ also: (Database) throws -> Void = { _ in }
    ) throws {
        // Only imports bring contacts into a list, and one runs at a time: what is empty now stays so. A look through all
        // contacts takes too long for the write lock.
        let isEmpty = try connection.read { database in
            try Bool.fetchOne(
                database,
                sql: """
                    SELECT NOT EXISTS (SELECT 1 FROM contacts c WHERE c.list_id = i.list_id)
                        AND NOT EXISTS (SELECT 1 FROM imports o WHERE o.list_id = i.list_id AND o.id <> i.id)
                    FROM imports i WHERE i.id = ?
                    """, arguments: [id]) ?? false
        }
        try connection.write { database in
            let list = try Int64.fetchOne(database, sql: "SELECT list_id FROM imports WHERE id = ?", arguments: [id])
            try database.execute(
                sql: """
                    UPDATE imports SET state = ?, ended_at = ?, undo_list_id = NULL, list_id = iif(?, NULL, list_id) WHERE id = ?
                    """, arguments: [state, now.milliseconds, isEmpty, id])
            if isEmpty { try database.execute(sql: "DELETE FROM lists WHERE id = ?", arguments: [list]) }
            try also(database)
        }
    }

    /// Deletes some of an import's contacts that nobody called.
    ///
    /// - Returns: how many went; 0 where none was left.
    static func deletePiece(of id: Int64, rows: Int, _ database: Database) throws -> Int {
        guard
            let row = try Row.fetchOne(
                database, sql: "SELECT id, first_contact, last_contact FROM imports WHERE id = ?", arguments: [id])
        else { return 0 }
        let range = Contacts(row)
        let contacts = try Int64.fetchAll(
            database,
            sql: """
                SELECT id FROM contacts c WHERE id BETWEEN ? AND ? AND import_id = ? AND NOT \(wasCalled) ORDER BY id LIMIT ?
                """, arguments: [range.first, range.last, id, rows])
        for contact in contacts {
            try database.cachedStatement(sql: "DELETE FROM numbers WHERE id BETWEEN ?1 * 16 AND ?1 * 16 + 15")
                .execute(arguments: [contact])
            try database.cachedStatement(sql: "DELETE FROM contacts WHERE id = ?").execute(arguments: [contact])
        }
        return contacts.count
    }

    /// The condition that a contact `c` was called, is being called, or is set aside for a call.
    static let wasCalled = """
        (c.state IN ('reserved', 'in_attempt') OR c.attempts_removed > 0 OR EXISTS (SELECT 1 FROM attempts t WHERE t.contact_id = c.id))
        """

    /// What earlier imports left when their program died: what was complete is released, the rest taken away.
    static func clearInterrupted(over connection: BulkConnection, at now: Instant) throws {
        let open = try connection.read {
            try Row.fetchAll(
                $0,
                sql: """
                    SELECT id, state, undo_list_id FROM imports
                    WHERE state IN ('loading', 'releasing') OR undo_list_id IS NOT NULL ORDER BY id
                    """)
        }
        for row in open {
            if row["undo_list_id"] as Int64? != nil {
                // What was refused meanwhile is back in its list; nobody is there any more to be told.
                _ = try? ImportUndo.finish(row["id"], over: connection, at: now)
            } else if row["state"] == "releasing" {
                try release(row["id"], over: connection, at: now)
            } else {
                try discard(row["id"], over: connection, as: "failed", at: now)
            }
        }
    }
}
