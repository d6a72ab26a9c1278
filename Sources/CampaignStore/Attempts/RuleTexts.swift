import Campaigns
import GRDB
import PhoneNumbers

/// Keeps the texts of the rules' answers: each once, attempts refer to them.
enum RuleTexts {
    /// The number of a shared text, stored where it is new.
    static func id(of shared: String, _ database: Database) throws -> Int64 {
        let find = try database.cachedStatement(sql: "SELECT id FROM rule_texts WHERE text = ?")
        if let known = try Int64.fetchOne(find, arguments: [shared]) { return known }
        try database.cachedStatement(sql: "INSERT INTO rule_texts (text) VALUES (?)").execute(arguments: [shared])
        return database.lastInsertedRowID
    }

    /// What an attempt's row says of the rules that let it through; `rule_text` is the shared text.
    static func findings(_ row: Row) -> [[String]] {
        let own: String = row["allowed_by"]
        // An attempt of an earlier version that was not moved yet.
        guard let shared = row["rule_text"] as String? else { return RuleText.findings(json: own) }
        let number = PhoneNumber(digits: row["number"])?.e164 ?? ""
        return RuleText(shared: shared, own: own, consent: row["consent"]).findings(number: number)
    }

    /// Takes an attempt's whole text, as earlier versions stored it, apart.
    static func move(_ attempt: Int64, number: Int64, text: String, _ database: Database) throws {
        let parts = RuleText(RuleText.findings(json: text), number: PhoneNumber(digits: number)?.e164 ?? "")
        try database.cachedStatement(
            sql: "UPDATE attempts SET rule_text_id = ?, allowed_by = ?, consent = ? WHERE id = ?"
        ).execute(arguments: [try id(of: parts.shared, database), parts.own, parts.consent, attempt])
    }
}

/// Attempts of earlier versions, whose texts stand whole in each of them: they are moved in slices, so that neither the upgrade
/// of a large file lasts long nor a running engine waits.
extension CampaignStore {
    /// Attempts that one slice moves at most.
    private static let movedAtOnce = 200

    /// Moves the texts of a few attempts of an earlier version.
    ///
    /// - Returns: whether there may be more.
    @discardableResult
    public func moveRuleTexts() throws -> Bool {
        guard let last = try setting("rule_texts_to_move").flatMap({ Int64($0) }) else { return false }
        return try write { database in
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT id, number, allowed_by, rule_text_id FROM attempts WHERE id <= ? ORDER BY id DESC LIMIT ?
                    """, arguments: [last, Self.movedAtOnce])
            for row in rows where row["rule_text_id"] as Int64? == nil {
                try RuleTexts.move(row["id"], number: row["number"], text: row["allowed_by"], database)
            }
            guard let lowest = rows.last?["id"] as Int64?, rows.count == Self.movedAtOnce else {
                try database.execute(sql: "DELETE FROM settings WHERE key = 'rule_texts_to_move'")
                return false
            }
            try database.execute(
                sql: "UPDATE settings SET value = ? WHERE key = 'rule_texts_to_move'", arguments: [String(lowest - 1)])
            return true
        }
    }
}
