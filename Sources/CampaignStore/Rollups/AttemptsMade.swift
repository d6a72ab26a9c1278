import Campaigns
import GRDB

/// How often each contact was called: attempts that count, kept with the contact by triggers, so that neither the selection nor
/// the inventory counts them anew.
enum AttemptsMade {
    /// Outcomes of attempts that do not count, as a list in SQL.
    static let outcomesThatDoNot = Outcome.allCases.filter { !$0.countsForCaps }.map { "'\($0.rawValue)'" }
        .joined(separator: ", ")

    /// Attempts that count, open ones included, as the outcome table has it: all but those that never left the house.
    static func counts(_ row: String) -> String {
        "(\(row).outcome IS NULL OR \(row).outcome NOT IN (\(outcomesThatDoNot)))"
    }

    private static let counted =
        "(SELECT count(*) FROM attempts t WHERE t.contact_id = contacts.id AND \(counts("t")))"

    /// Counts them where there are none yet: for a migration, which is never edited.
    static let rebuild = "UPDATE contacts SET attempts_made = \(counted) WHERE attempts_made <> \(counted)"

    /// What is there, and what retention removed.
    private static let made = "(\(counted) + attempts_removed)"

    /// The contacts whose count is wrong.
    static let wrongContacts = "SELECT id FROM contacts WHERE attempts_made <> \(made)"

    /// Counts those of one contact anew.
    static let correction = "UPDATE contacts SET attempts_made = \(made) WHERE id = ?"

    /// Where the counts do not say what the attempts say, as sentences.
    static func problems(_ database: Database) throws -> [String] {
        let rows = try String.fetchAll(
            database,
            sql: """
                SELECT 'contact ' || id || ': ' || attempts_made || ' attempts, not ' || \(made)
                FROM contacts WHERE attempts_made <> \(made)
                """)
        return rows.isEmpty
            ? [] : [CallRollups.difference(rows, in: "Counts of attempts, which total_attempts goes by,")]
    }
}
