import Foundation
import GRDB
import PhoneNumbers

/// One value of a stored row.
public enum HeldValue: Sendable, Hashable {
    case text(String)
    case integer(Int64)
    case real(Double)
    case none
}

/// Everything that is held of a person under one heading: whole rows, each column by its name.
public struct HeldSection: Sendable, Hashable {
    /// The table's name.
    public var name: String
    public var rows: [[String: HeldValue]]
}

/// The rows that belong to whoever holds a number, wherever they stand.
enum PersonRows {
    /// The contacts that hold a number, in every campaign.
    static func contacts(holding number: PhoneNumber, _ database: Database) throws -> [Int64] {
        try Int64.fetchAll(
            database, sql: "SELECT DISTINCT contact_id FROM numbers WHERE number = ? ORDER BY contact_id",
            arguments: [number.digits])
    }

    /// Quarantined rows in whose text the number stands, however it is written: by its last nine digits.
    static func quarantined(naming number: PhoneNumber, _ database: Database) throws -> [Int64] {
        let wanted = String(number.lastDigits(9))
        var ids: [Int64] = []
        let rows = try Row.fetchCursor(database, sql: "SELECT id, raw FROM quarantined_rows")
        while let row = try rows.next() {
            let digits = String((row["raw"] as String).filter { ("0"..."9").contains($0) })
            if digits.contains(wanted) { ids.append(row["id"]) }
        }
        return ids
    }

    /// The numbers of contacts, as a query: their ids follow from the contacts'.
    static func numbers(of contacts: String) -> String {
        """
        (SELECT n.id FROM contacts c JOIN numbers n ON n.id BETWEEN c.id * 16 AND c.id * 16 + 15 WHERE c.id IN \(contacts))
        """
    }

    static func list(_ ids: [Int64]) -> String { "(" + ids.map(String.init).joined(separator: ", ") + ")" }
}

extension CampaignStore {
    /// All that is held of whoever holds a number: contacts, their numbers, list and import, calls, do-not-call entries, events.
    public func heldData(of number: PhoneNumber) throws -> [HeldSection] {
        try read { database in
            let contacts = PersonRows.list(try PersonRows.contacts(holding: number, database))
            let quarantined = PersonRows.list(try PersonRows.quarantined(naming: number, database))
            let digits = number.digits
            let mine = "(number = \(digits) OR contact_id IN \(contacts))"
            let queries: [(String, String)] = [
                ("contacts", "SELECT * FROM contacts WHERE id IN \(contacts) ORDER BY id"),
                ("numbers", "SELECT * FROM numbers WHERE id IN \(PersonRows.numbers(of: contacts)) ORDER BY id"),
                (
                    "lists",
                    "SELECT * FROM lists WHERE id IN (SELECT list_id FROM contacts WHERE id IN \(contacts)) ORDER BY id"
                ),
                (
                    "imports",
                    """
                    SELECT id, list_id, file, at FROM imports
                    WHERE id IN (SELECT import_id FROM contacts WHERE id IN \(contacts)) ORDER BY id
                    """
                ), ("quarantined_rows", "SELECT * FROM quarantined_rows WHERE id IN \(quarantined) ORDER BY id"),
                ("attempts", "SELECT * FROM attempts WHERE \(mine) ORDER BY id"),
                ("observed_calls", "SELECT * FROM observed_calls WHERE number = \(digits) ORDER BY id"),
                (
                    "suppressions",
                    """
                    SELECT s.*, q.name AS source FROM suppression_sources q
                    JOIN suppressions s ON s.source_id = q.id AND s.number = \(digits)
                    """
                ),
                (
                    "journal",
                    """
                    SELECT * FROM journal WHERE \(mine)
                    OR attempt_id IN (SELECT id FROM attempts WHERE \(mine)) ORDER BY seq
                    """
                ),
            ]
            return try queries.map { name, sql in
                HeldSection(name: name, rows: try Row.fetchAll(database, sql: sql).map(Self.values))
            }
        }
    }

    private static func values(_ row: Row) -> [String: HeldValue] {
        var values: [String: HeldValue] = [:]
        for (column, value) in row {
            values[column] =
                switch value.storage {
                case .null: HeldValue.none
                case .int64(let integer): .integer(integer)
                case .double(let real): .real(real)
                case .string(let text): .text(text)
                case .blob(let data): .text(data.base64EncodedString())
                }
        }
        return values
    }
}
