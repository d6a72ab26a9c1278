import GRDB

/// How often each contact was called: attempts that count, kept with the contact by triggers, so that neither the selection nor
/// the inventory counts them anew.
enum AttemptsMade {
    /// Attempts that count, as the outcome table has it: all but those that never left the house.
    static func counts(_ row: String) -> String {
        "(\(row).outcome IS NULL OR \(row).outcome NOT IN ('phone_refused', 'not_sent'))"
    }

    private static let counted =
        "(SELECT count(*) FROM attempts t WHERE t.contact_id = contacts.id AND \(counts("t")))"

    /// Counts them anew where they are wrong.
    static let rebuild = "UPDATE contacts SET attempts_made = \(counted) WHERE attempts_made <> \(counted)"

    /// Where the counts do not say what the attempts say, as sentences.
    static func problems(_ database: Database) throws -> [String] {
        let rows = try String.fetchAll(
            database,
            sql: """
                SELECT 'contact ' || id || ': ' || attempts_made || ' attempts, not ' || \(counted)
                FROM contacts WHERE attempts_made <> \(counted)
                """)
        return rows.isEmpty ? [] : [CallRollups.difference(rows)]
    }
}
