import Campaigns
import GRDB

/// One recorded import.
public struct StoredImport: Sendable, Hashable {
    public var id: Int64
    public var campaignID: CampaignID
    public var campaign: String
    public var list: String
    /// `loading`, `releasing`, `done`, `undone`, `failed`, or `interrupted`: its program died, and the next import or engine
    /// takes away what it left.
    public var state: String
    public var options: String
    public var file: String
    public var sha256: String
    public var at: Instant
    public var counts: ImportCounts
}

extension CampaignStore {
    /// One import.
    ///
    /// - Throws: `StoreError.notFound`.
    public func storedImport(_ id: Int64) throws -> StoredImport {
        guard let found = try imports(id: id, limit: 1).first else {
            throw StoreError.notFound(what: "import", name: String(id), hint: "")
        }
        return found
    }

    /// Imports, newest first.
    public func imports(limit: Int = .max) throws -> [StoredImport] { try imports(id: nil, limit: limit) }

    private func imports(id: Int64?, limit: Int) throws -> [StoredImport] {
        let isImporting = FileLock.isHeld(path: path + ".import.lock")
        return try read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT i.*, c.name AS campaign FROM imports i JOIN campaigns c ON c.id = i.campaign_id
                    WHERE ?1 IS NULL OR i.id = ?1 ORDER BY i.id DESC LIMIT ?2
                    """, arguments: [id, limit]
            ).map { row in
                var counts = ImportCounts()
                counts.read = row["rows_read"]
                counts.imported = row["imported"]
                counts.updated = row["updated"]
                counts.duplicates = row["duplicates"]
                counts.quarantined = row["quarantined"]
                counts.suppressed = row["suppressed"]
                let state: String = row["state"]
                return StoredImport(
                    id: row["id"], campaignID: CampaignID(row["campaign_id"]), campaign: row["campaign"],
                    list: row["list_name"],
                    state: state == "loading" && !isImporting ? "interrupted" : state,
                    options: row["options"], file: row["file"],
                    sha256: row["sha256"], at: Instant(milliseconds: row["at"]), counts: counts)
            }
        }
    }

    /// The quarantined rows of an import, in file order.
    ///
    /// - Throws: `StoreError.notFound`.
    public func quarantinedRows(ofImport id: Int64) throws -> [NewQuarantinedRow] {
        try read { database in
            guard try Int.fetchOne(database, sql: "SELECT 1 FROM imports WHERE id = ?", arguments: [id]) != nil else {
                throw StoreError.notFound(what: "import", name: String(id), hint: "see offhook imports list")
            }
            return try Row.fetchAll(
                database, sql: "SELECT * FROM quarantined_rows WHERE import_id = ? ORDER BY row, line", arguments: [id]
            ).map { NewQuarantinedRow(row: $0["row"], line: $0["line"], raw: $0["raw"], reason: $0["reason"]) }
        }
    }

    /// Takes an import back: its contacts go as if they had never been there. Rows that it brought up to date stay so.
    ///
    /// - Returns: how many contacts went.
    /// - Throws: `StoreError.refused` where one of its contacts was called, is being called, or was added to by a person.
    public func undoImport(_ id: Int64, at now: Instant) throws -> Int {
        let connection = try BulkConnection(path: path)
        defer { connection.close() }
        try connection.beDurable()
        return try connection.write { database in
            guard let row = try Row.fetchOne(database, sql: "SELECT * FROM imports WHERE id = ?", arguments: [id])
            else {
                throw StoreError.notFound(what: "import", name: String(id), hint: "see offhook imports list")
            }
            guard row["state"] == "done" else {
                throw StoreError.refused(
                    "Import \(id) is “\(row["state"] as String)”; only one that is done can be undone.")
            }
            let range: StatementArguments = [
                (row["first_contact"] as Int64?) ?? 0, (row["last_contact"] as Int64?) ?? -1, id,
            ]
            let called = try Int.fetchOne(
                database,
                sql: """
                    SELECT count(*) FROM contacts c WHERE c.id BETWEEN ?1 AND ?2 AND c.import_id = ?3
                    AND (c.state IN ('reserved', 'in_attempt') OR c.attempts_removed > 0 OR EXISTS (SELECT 1 FROM attempts t WHERE t.contact_id = c.id))
                    """, arguments: range)
            guard called == 0 else {
                throw StoreError.refused(
                    "Import \(id) cannot be undone: \(called ?? 0) of its contacts were called. "
                        + "Pause its list instead: offhook lists pause “\(row["list_name"] as String)”.")
            }
            let contacts = try Int.fetchOne(
                database,
                sql: "SELECT count(*) FROM contacts c WHERE c.id BETWEEN ?1 AND ?2 AND c.import_id = ?3",
                arguments: range)
            while try ImportRelease.deletePiece(of: id, database) {}
            try ImportRelease.forget(id, as: "undone", at: now, database)
            try database.journal(
                "import_undone", at: now, JournalSubject(campaign: row["campaign_id"]), detail: "import \(id)")
            return contacts ?? 0
        }
    }

    /// Every area that numbers were put in.
    public func areas() throws -> [(id: Int64, area: Area)] {
        try read { try Row.fetchAll($0, sql: "SELECT * FROM areas ORDER BY id").map { ($0["id"], Areas.area($0)) } }
    }
}
