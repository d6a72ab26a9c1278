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
    ///
    /// - Parameter row: only behind this one.
    static func quarantined(naming number: PhoneNumber, after row: Int64 = 0, _ database: Database) throws -> [Int64] {
        let wanted = String(number.lastDigits(9))
        var ids: [Int64] = []
        let rows = try Row.fetchCursor(
            database, sql: "SELECT id, raw FROM quarantined_rows WHERE id > ?", arguments: [row])
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

    /// What agents asked of the engine about a person's contacts, attempts and numbers, and nobody answered yet, as a list in SQL.
    ///
    /// - Parameters:
    ///   - contacts: those that hold the number: a list in SQL.
    ///   - number: the person's; an agent may have typed it, or another one of the contacts.
    static func requests(of contacts: String, _ number: PhoneNumber, _ database: Database) throws -> String {
        let mine = try Set(Int64.fetchAll(database, sql: "SELECT id FROM contacts WHERE id IN \(contacts)"))
        let calls = try Set(Int64.fetchAll(database, sql: "SELECT id FROM attempts WHERE contact_id IN \(contacts)"))
        let own = try Int64.fetchAll(database, sql: "SELECT number FROM numbers WHERE id IN \(numbers(of: contacts))")
        let digits = Set(own + [number.digits])
        let waiting = try Row.fetchAll(
            database, sql: "SELECT id, request FROM agent_requests WHERE answered_at IS NULL")
        let ids = waiting.compactMap { row -> Int64? in
            let data = Data((row["request"] as String).utf8)
            guard let request = try? JSONDecoder().decode(AgentRequest.self, from: data) else { return nil }
            let isMine =
                switch request {
                case .call(_, let contact): mine.contains(contact)
                case .say(let attempt, _, _, _), .moreTime(let attempt, _): calls.contains(attempt)
                // Of whom it speaks is not said.
                case .skip(let reason): reason != nil
                case .callNumber(_, let typed): digits.contains(typed.number.digits)
                case .take, .ready: false
                }
            return isMine ? row["id"] : nil
        }
        return list(ids)
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
                (
                    "attempts",
                    """
                    SELECT t.*, r.text AS rule_text FROM attempts t LEFT JOIN rule_texts r ON r.id = t.rule_text_id
                    WHERE \(mine) ORDER BY t.id
                    """
                ),
                ("agreed_callbacks", "SELECT * FROM agreed_callbacks WHERE contact_id IN \(contacts) ORDER BY id"),
                ("import_updates", "SELECT * FROM import_updates WHERE contact_id IN \(contacts) ORDER BY id"),
                (
                    "agent_requests",
                    """
                    SELECT * FROM agent_requests WHERE id IN \(try PersonRows.requests(of: contacts, number, database))
                    ORDER BY id
                    """
                ),
                ("erasures", "SELECT * FROM erasures WHERE attempt_id IN (SELECT id FROM attempts WHERE \(mine))"),
                ("observed_calls", "SELECT * FROM observed_calls WHERE number = \(digits) ORDER BY id"),
                (
                    "suppressions",
                    """
                    SELECT s.*, q.name AS source FROM suppression_sources q
                    JOIN suppressions s ON s.source_id = q.id AND s.number = \(digits)
                    """
                ),
                ("import_wishes", "SELECT * FROM import_wishes WHERE number = \(digits) ORDER BY import_id"),
                (
                    "journal",
                    """
                    SELECT * FROM journal WHERE \(mine)
                    OR attempt_id IN (SELECT id FROM attempts WHERE \(mine)) ORDER BY seq
                    """
                ),
                (
                    "webhook_deliveries",
                    """
                    SELECT d.* FROM webhook_deliveries d JOIN journal j ON j.seq = d.seq
                    WHERE (j.number = \(digits) OR j.contact_id IN \(contacts)) ORDER BY d.webhook_id, d.seq
                    """
                ),
                (
                    "audit",
                    """
                    SELECT * FROM audit WHERE subject = '\(number.e164)'
                        OR subject IN (SELECT 'contact ' || id FROM contacts WHERE id IN \(contacts))
                        OR subject IN (SELECT 'attempt ' || id FROM attempts WHERE \(mine)) ORDER BY id
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
        // How a call's rules are stored is nobody's concern: their text is the person's to see, as everybody else sees it.
        let isCall = row.hasColumn("rule_text")
        if isCall { values["allowed_by"] = .text(RuleText.json(RuleTexts.findings(row))) }
        for (column, value) in row where !isCall || !["rule_text", "rule_text_id", "allowed_by"].contains(column) {
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
