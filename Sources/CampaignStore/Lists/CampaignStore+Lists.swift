import Campaigns
import GRDB

/// One recorded import.
public struct StoredImport: Sendable, Hashable {
    public var id: Int64
    public var campaign: String
    public var list: String
    public var file: String
    public var sha256: String
    public var at: Instant
    public var counts: ImportCounts
}

extension CampaignStore {
    /// Imports a list in one transaction: all of its rows, or none.
    ///
    /// - Parameter body: hands the rows to the importer.
    /// - Returns: what was done.
    public func importList(
        campaign: CampaignID, list name: String, file: String, sha256: String, options: String, at now: Instant,
        _ body: (ListImporter) throws -> Void
    ) throws -> ImportCounts {
        try write { database in
            try database.execute(
                sql: "INSERT INTO lists (campaign_id, name, created_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                arguments: [campaign.value, name, now.milliseconds])
            let list = try Int64.fetchOne(
                database, sql: "SELECT id FROM lists WHERE campaign_id = ? AND name = ?",
                arguments: [campaign.value, name])
            guard let list else { throw StoreError.refused("The list “\(name)” could not be made.") }
            try database.execute(
                sql: """
                    INSERT INTO imports (campaign_id, list_id, file, sha256, options, at) VALUES (?, ?, ?, ?, ?, ?)
                    """, arguments: [campaign.value, list, file, sha256, options, now.milliseconds])
            let id = database.lastInsertedRowID
            let importer = ListImporter(
                database: database, campaign: campaign.value, list: list, importID: id, now: now)
            try body(importer)
            let counts = importer.counts
            try database.execute(
                sql: """
                    UPDATE imports SET rows_read = ?, imported = ?, updated = ?, duplicates = ?, quarantined = ?, suppressed = ?
                    WHERE id = ?
                    """,
                arguments: [
                    counts.read, counts.imported, counts.updated, counts.duplicates, counts.quarantined,
                    counts.suppressed, id,
                ])
            try database.journal(
                "list_imported", at: now, JournalSubject(campaign: campaign.value),
                detail: "import \(id): read \(counts.read), imported \(counts.imported)")
            return counts
        }
    }

    /// Imports, newest first.
    public func imports() throws -> [StoredImport] {
        try read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT i.*, c.name AS campaign, l.name AS list FROM imports i
                    JOIN campaigns c ON c.id = i.campaign_id JOIN lists l ON l.id = i.list_id ORDER BY i.id DESC
                    """
            ).map { row in
                var counts = ImportCounts()
                counts.read = row["rows_read"]
                counts.imported = row["imported"]
                counts.updated = row["updated"]
                counts.duplicates = row["duplicates"]
                counts.quarantined = row["quarantined"]
                counts.suppressed = row["suppressed"]
                return StoredImport(
                    id: row["id"], campaign: row["campaign"], list: row["list"], file: row["file"],
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

    /// Every area that numbers were put in.
    public func areas() throws -> [(id: Int64, area: Area)] {
        try read { try Row.fetchAll($0, sql: "SELECT * FROM areas ORDER BY id").map { ($0["id"], Areas.area($0)) } }
    }
}
