import GRDB

/// Keeps the rollups of calls: to be told of every attempt that is settled, said something else of, or erased.
///
/// An attempt that is not settled yet changes nothing.
enum CallRollups {
    /// A settled attempt counts from now on, as it stands.
    static func add(_ attempt: Int64, _ database: Database) throws { try change(attempt, isAdded: true, database) }

    /// A settled attempt counts no more as it stands: it is about to be changed or erased.
    static func remove(_ attempt: Int64, _ database: Database) throws { try change(attempt, isAdded: false, database) }

    /// Written once: putting the texts together takes longer than SQLite takes for what they say.
    private static let additions = CallRollup.all.map { $0.change(isAdded: true) }
    private static let removals = CallRollup.all.map { $0.change(isAdded: false) }

    private static func change(_ attempt: Int64, isAdded: Bool, _ database: Database) throws {
        for sql in isAdded ? additions : removals {
            try database.cachedStatement(sql: sql).execute(arguments: ["attempt": attempt])
        }
    }

    /// Adds all attempts up anew, for a migration.
    static func rebuild(_ database: Database) throws {
        for rollup in CallRollup.all {
            try database.execute(sql: "DELETE FROM \(rollup.table)")
            try database.execute(sql: rollup.fill)
        }
    }

    /// A sentence about sums that are not what the attempts say.
    static func difference(_ rows: [String], in sums: String = "Sums for reports") -> String {
        let more = rows.count > 5 ? ", ..." : ""
        return "\(sums) differ from the attempts: \(rows.prefix(5).joined(separator: ", "))\(more); "
            + "add them up anew with offhook check --mend-sums."
    }

    /// Where the rollups do not say what the attempts say, as sentences.
    static func problems(_ database: Database) throws -> [String] {
        var problems = try CallRollup.all.compactMap { rollup in
            let rows = try String.fetchAll(database, sql: rollup.differences(ofKept: true))
            return rows.isEmpty ? nil : difference(rows)
        }
        problems += try AttemptsMade.problems(database)
        problems += try StationTime.problems(database)
        return problems
    }
}

extension CampaignStore {
    /// Those of ``problems()`` that ``rebuildSums()`` mends.
    public func sumProblems() throws -> [String] { try read(CallRollups.problems) }

    /// Adds the sums that reports go by up anew where they are wrong, in pieces beside the dialer. Sums of days whose calls
    /// retention removed stay as they are.
    ///
    /// - Returns: how many quarter hours and days of sums, and counts of contacts, were fixed.
    @discardableResult
    public func rebuildSums() throws -> Int { try SumRepair(self).run() }
}
