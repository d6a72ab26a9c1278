import Campaigns
import GRDB

/// One recorded import.
public struct StoredImport: Sendable, Hashable {
    public var id: Int64
    public var campaignID: CampaignID
    public var campaign: String
    public var list: String
    /// `loading`, `releasing`, `done`, `undoing`, `undone`, `failed`, or `interrupted`: its program died, and the next import or
    /// engine takes away what it left.
    public var state: String
    public var options: String
    public var file: String
    public var sha256: String
    public var at: Instant
    public var counts: ImportCounts
    /// Where the wish of people who want no calls holds.
    public var doNotCall: ImportRequest.DoNotCallScope
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
                counts.doNotCall = row["do_not_call"]
                counts.doNotCallUnclear = row["do_not_call_unclear"]
                counts.doNotCallUnread = row["do_not_call_unread"]
                counts.doNotCallEntries = row["do_not_call_entries"]
                counts.letThrough = row["let_through"]
                let state: String = row["state"]
                let isUndone = row["undo_list_id"] as Int64? != nil
                return StoredImport(
                    id: row["id"], campaignID: CampaignID(row["campaign_id"]), campaign: row["campaign"],
                    list: row["list_name"],
                    state: state == "loading" && !isImporting ? "interrupted" : isUndone ? "undoing" : state,
                    options: row["options"], file: row["file"],
                    sha256: row["sha256"], at: Instant(milliseconds: row["at"]), counts: counts,
                    doNotCall: ImportRequest.DoNotCallScope(rawValue: row["do_not_call_scope"]) ?? .house)
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

    /// Every area that numbers were put in.
    public func areas() throws -> [(id: Int64, area: Area)] {
        try read { try Row.fetchAll($0, sql: "SELECT * FROM areas ORDER BY id").map { ($0["id"], Areas.area($0)) } }
    }
}
