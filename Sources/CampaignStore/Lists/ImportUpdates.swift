import Campaigns
import GRDB

/// What an import brings up to date in contacts that are known. It is kept aside while the file is read, so that an import
/// that is given up changed nothing, and applied piece by piece when the whole file is there.
enum ImportUpdates {
    /// Applies a piece of them.
    ///
    /// - Returns: how many; 0 where none was left.
    static func applyPiece(of id: Int64, rows most: Int, _ database: Database) throws -> Int {
        let rows = try Row.fetchAll(
            database, sql: "SELECT * FROM import_updates WHERE import_id = ? ORDER BY id LIMIT ?",
            arguments: [id, most])
        guard let last = rows.last?["id"] as Int64? else { return 0 }
        for row in rows { try apply(row, database) }
        try database.execute(
            sql: "DELETE FROM import_updates WHERE import_id = ? AND id <= ?", arguments: [id, last])
        return rows.count
    }

    private static func apply(_ row: Row, _ database: Database) throws {
        let contact: Int64 = row["contact_id"]
        let held = try String.fetchOne(
            database.cachedStatement(sql: "SELECT fields FROM contacts WHERE id = ?"), arguments: [contact])
        guard let held else { return }
        let fields = ContactFields(json: held).updated(with: ContactFields(json: row["fields"]))
        try database.cachedStatement(
            sql: """
                UPDATE contacts SET name = coalesce(?, name), external_id = coalesce(?, external_id), fields = ?,
                    due_at = iif(due_at = ? AND reason IS NOT ?, iif(class = 'fresh', 0, 1), due_at)
                WHERE id = ?
                """
            // New fields may be what a rule waited for, such as a consent.
        ).execute(arguments: [
            row["name"] as String?, row["external_id"] as String?, fields.json, Parking.never,
            ContactNumbers.outOfRange, contact,
        ])
        guard let areas = row["areas"] as String? else { return }
        try database.cachedStatement(
            sql: """
                UPDATE numbers SET area_id = coalesce(json_extract(?1, '$."' || number || '"'), area_id)
                WHERE id BETWEEN ?2 * 16 AND ?2 * 16 + 15
                """
        ).execute(arguments: [areas, contact])
        try database.cachedStatement(
            sql: """
                UPDATE contacts SET next_area_id = (SELECT area_id FROM numbers WHERE id = next_number_id)
                WHERE id = ? AND next_number_id IS NOT NULL
                """
        ).execute(arguments: [contact])
    }
}
