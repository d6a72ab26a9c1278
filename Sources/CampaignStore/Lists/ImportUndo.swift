import Campaigns
import GRDB

/// Takes an import back, piece by piece: first its contacts leave the selection, then it is looked whether anybody called one of
/// them, and only then they go. A program that dies in between leaves that to the next import or engine.
enum ImportUndo {
    /// Marks the import, with a list of its own where its contacts are kept from the selection.
    ///
    /// - Throws: `StoreError.notFound`; `.refused` where it is not done, or one of its contacts was called.
    static func begin(_ id: Int64, over connection: BulkConnection, at now: Instant) throws {
        let row = try connection.read {
            try Row.fetchOne($0, sql: "SELECT * FROM imports WHERE id = ?", arguments: [id])
        }
        guard let row else {
            throw StoreError.notFound(what: "import", name: String(id), hint: "see offhook imports list")
        }
        guard row["state"] != "undone" else {
            throw StoreError.refused("Import \(id) was undone already.")
        }
        guard row["state"] == "done" else {
            throw StoreError.refused(
                "Import \(id) is “\(row["state"] as String)”; only one that is done can be undone.")
        }
        try refuseCalled(row, over: connection)
        try connection.write { database in
            try database.execute(
                sql: """
                    INSERT INTO lists (campaign_id, name, state, created_at) VALUES (?, 'undo ' || hex(randomblob(8)), 'loading', ?)
                    """, arguments: [row["campaign_id"] as Int64, now.milliseconds])
            try database.execute(
                sql: "UPDATE imports SET undo_list_id = ? WHERE id = ?", arguments: [database.lastInsertedRowID, id])
        }
    }

    /// Goes on with one that was begun.
    ///
    /// - Returns: how many contacts went.
    /// - Throws: `StoreError.refused` where one was called meanwhile; all are back in their list then.
    static func finish(_ id: Int64, over connection: BulkConnection, at now: Instant) throws -> Int {
        let row = try connection.read {
            try Row.fetchOne($0, sql: "SELECT * FROM imports WHERE id = ?", arguments: [id])
        }
        guard let row, let hidden = row["undo_list_id"] as Int64?, let list = row["list_id"] as Int64? else { return 0 }
        let contacts = ImportRelease.Contacts(row)
        try connection.inPieces { try ImportRelease.move(contacts, from: list, to: hidden, rows: $1, $0) }
        do {
            try refuseCalled(row, over: connection)
        } catch {
            try giveBack(row, from: hidden, to: list, over: connection)
            throw error
        }
        var gone = 0
        try connection.inPieces { database, rows in
            let deleted = try ImportRelease.deletePiece(of: id, rows: rows, database)
            gone += deleted
            return deleted
        }
        // One that a person called by its number just now stays, as any contact that was called.
        try connection.inPieces { try ImportRelease.move(contacts, from: hidden, to: list, rows: $1, $0) }
        try ImportRelease.deleteRows(of: id, over: connection)
        try ImportRelease.forget(id, as: "undone", over: connection, at: now) { database in
            try database.execute(sql: "DELETE FROM lists WHERE id = ?", arguments: [hidden])
            try database.journal(
                "import_undone", at: now, JournalSubject(campaign: row["campaign_id"]),
                detail: "import \(id): \(gone) contacts")
        }
        return gone
    }

    private static func giveBack(_ row: Row, from hidden: Int64, to list: Int64, over connection: BulkConnection) throws
    {
        let contacts = ImportRelease.Contacts(row)
        try connection.inPieces { try ImportRelease.move(contacts, from: hidden, to: list, rows: $1, $0) }
        try connection.write { database in
            try database.execute(
                sql: "UPDATE imports SET undo_list_id = NULL WHERE id = ?", arguments: [row["id"] as Int64])
            try database.execute(sql: "DELETE FROM lists WHERE id = ?", arguments: [hidden])
        }
    }

    private static func refuseCalled(_ row: Row, over connection: BulkConnection) throws {
        let contacts = ImportRelease.Contacts(row)
        let called = try connection.read { database in
            try Int.fetchOne(
                database,
                sql: """
                    SELECT count(*) FROM contacts c WHERE c.id BETWEEN ? AND ? AND c.import_id = ? AND \(ImportRelease.wasCalled)
                    """, arguments: [contacts.first, contacts.last, contacts.importID]) ?? 0
        }
        guard called > 0 else { return }
        throw StoreError.refused(
            "Import \(contacts.importID) cannot be undone: \(called) of its contacts were called. "
                + "Pause its list instead: offhook lists pause “\(row["list_name"] as String)”.")
    }
}

extension CampaignStore {
    /// Takes an import back: its contacts go as if they had never been there. Rows that it brought up to date stay so.
    ///
    /// It works in pieces beside the dialer. Should the program end in between, the next import or engine goes on with it.
    /// - Parameter withDoNotCall: whether the do-not-call entries go as well that its rows made. People who want no calls stay on the list
    ///   otherwise: a list may be wrong, and the wish right. An import that is undone already can lose them later.
    /// - Returns: how many contacts went, and how many do-not-call entries (or wishes of single contacts).
    /// - Throws: `StoreError.refused` where one of its contacts was called, is being called, or was added to by a person.
    public func undoImport(
        _ id: Int64, withDoNotCall: Bool = false, at now: Instant
    ) throws -> (contacts: Int, doNotCall: Int) {
        let connection = try BulkConnection(path: path)
        defer { connection.close() }
        try connection.beDurable()
        try ImportRelease.clearInterrupted(over: connection, at: now)
        let state = try connection.read {
            try String.fetchOne($0, sql: "SELECT state FROM imports WHERE id = ?", arguments: [id])
        }
        var contacts = 0
        if state != "undone" || !withDoNotCall {
            try ImportUndo.begin(id, over: connection, at: now)
            contacts = try ImportUndo.finish(id, over: connection, at: now)
        }
        return (contacts, withDoNotCall ? try ImportWishes.takeBack(id, over: connection, at: now) : 0)
    }
}
