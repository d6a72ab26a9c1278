import GRDB

extension CampaignStore {
    /// How many examples a problem names.
    private static let examples = 5

    /// Looks for damage of the file and for contradictions in what it says.
    ///
    /// What a crash leaves behind (open attempts, contacts set aside) is no contradiction: the next start follows it up.
    /// - Returns: each problem as a sentence; empty where all is well.
    public func problems() throws -> [String] {
        try read { database in
            var problems = try String.fetchAll(database, sql: "PRAGMA integrity_check(20)").filter { $0 != "ok" }
                .map { "The file is damaged: \($0)." }
            problems += try Row.fetchAll(database, sql: "PRAGMA foreign_key_check").prefix(20).map {
                "A row of \($0["table"] as String) points to a row of \($0["parent"] as String) that is not there."
            }
            for rule in Contradiction.all {
                let found = try String.fetchAll(database, sql: rule.sql)
                guard !found.isEmpty else { continue }
                let more = found.count > Self.examples ? ", ..." : ""
                problems.append(
                    "\(found.count) \(rule.meaning): \(found.prefix(Self.examples).joined(separator: ", "))\(more).")
            }
            problems += try CallRollups.problems(database)
            return problems + (try Self.missingGuards(database)) + (try Self.journalGaps(database))
        }
    }

    /// Without its guards the journal could have been changed in a way that leaves no gap.
    private static func missingGuards(_ database: Database) throws -> [String] {
        let there = try String.fetchSet(
            database, sql: "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'journal'")
        let missing = ["journal_is_not_changed", "journal_is_not_deleted", "journal_is_not_replaced"].filter {
            !there.contains($0)
        }
        guard !missing.isEmpty else { return [] }
        return [
            "The journal may have been changed: its guards \(missing.joined(separator: ", ")) were taken away; compare it with a back-up."
        ]
    }

    /// The journal counts 1, 2, 3, ... without a gap, and its last number is the last that was given.
    private static func journalGaps(_ database: Database) throws -> [String] {
        let row = try Row.fetchOne(database, sql: "SELECT count(*) AS n, max(seq) AS last FROM journal")
        let count: Int64 = row?["n"] ?? 0
        let last: Int64 = row?["last"] ?? 0
        let given = try Int64.fetchOne(database, sql: "SELECT seq FROM sqlite_sequence WHERE name = 'journal'") ?? 0
        if count == last, last == given { return [] }
        let gap = try Int64.fetchOne(
            database,
            sql: "SELECT seq + 1 FROM journal j WHERE NOT EXISTS (SELECT 1 FROM journal WHERE seq = j.seq + 1) LIMIT 1")
        return ["The journal has \(count) events but counts to \(given); the first that is missing is \(gap ?? 1)."]
    }
}
