import Campaigns
import GRDB

/// What the program saw of an attempt and the class of what the agent said.
public struct SeenAndSaid: Sendable, Hashable {
    public var outcome: Outcome
    public var said: DispositionClass

    /// A pair from its parts.
    public init(_ outcome: Outcome, _ said: DispositionClass) {
        (self.outcome, self.said) = (outcome, said)
    }
}

extension CampaignStore {
    /// Settled attempts of a scope that ended in one of some pairs, the newest first.
    ///
    /// The sums that are kept tell in which quarter hours such attempts are, so that only those are read.
    /// - Parameter limit: most that are handed over.
    public func attempts(of pairs: [SeenAndSaid], in scope: ReportScope, limit: Int) throws -> [AttemptRow] {
        guard !pairs.isEmpty else { return [] }
        let values = pairs.map { "('\($0.outcome.rawValue)', '\($0.said.rawValue)')" }.joined(separator: ", ")
        let rollup = CallRollup.dispositions(ofOneList: scope.list != nil)
        let (day, quarter) = (RollupSpan.day.milliseconds, RollupSpan.quarterHour.milliseconds)
        // The rows of a span that hold such attempts, the newest first; a scope's edge may cut the last ones.
        let slots = { (span: RollupSpan, first: Int64, last: Int64) in
            """
            SELECT slot FROM \(rollup.table) WHERE span = \(span.rawValue) AND slot >= \(first) AND slot <= \(last)
                AND (outcome, disposition_class) IN (VALUES \(values)) AND \(rollup.rows(of: scope))
            GROUP BY slot HAVING sum(calls) > 0 ORDER BY slot DESC
            """
        }
        let arguments = TallyQuery.arguments(of: scope)
        return try read { database in
            var found: [AttemptRow] = []
            let days = try Int64.fetchCursor(
                database, sql: slots(.day, scope.from.milliseconds / day, (scope.to.milliseconds - 1) / day),
                arguments: arguments)
            while found.count < limit, let next = try days.next() {
                let first = next * (day / quarter)
                let quarters = try Int64.fetchAll(
                    database, sql: slots(.quarterHour, first, first + day / quarter - 1), arguments: arguments)
                for slot in quarters where found.count < limit {
                    let part = scope.during(
                        max(scope.from, Instant(milliseconds: slot * quarter)),
                        min(scope.to, Instant(milliseconds: (slot + 1) * quarter)))
                    found += try Row.fetchAll(
                        database,
                        sql: """
                            \(AttemptRow.select) WHERE \(TallyQuery.attempts(in: part))
                                AND (t.outcome, t.disposition_class) IN (VALUES \(values))
                            ORDER BY t.intended_at DESC, t.id DESC LIMIT \(limit - found.count)
                            """, arguments: arguments
                    ).map(AttemptRow.init)
                }
            }
            return found
        }
    }
}
