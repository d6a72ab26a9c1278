import Campaigns
import GRDB

/// Where a question about calls is answered from: a rollup that tells apart what it asks for, or else the attempts.
struct TallyQuery {
    let dimensions: [CallDimension]
    let scope: ReportScope
    let parts: Set<TallyPart>
    /// What it goes by; nil for the attempts.
    let rollup: CallRollup?
    /// Where it is set, quarter hours are put together to the days of this clock.
    var days: ClockOffsets?

    /// - Parameter mayUseRollups: false to read every attempt, as the check and the tests do.
    init(
        by dimensions: [CallDimension], in scope: ReportScope, parts: Set<TallyPart>, mayUseRollups: Bool = true
    ) {
        self.dimensions = dimensions
        self.scope = scope
        self.parts = parts.union([.counts])
        let needed = scope.filters.union(dimensions)
        rollup =
            mayUseRollups && scope.isAtQuarterHours
            ? CallRollup.answering(needed, parts: self.parts) : nil
    }

    /// The statement: the dimensions in order, then the columns of the parts.
    var sql: String { rollup.map(fromSums) ?? fromAttempts }

    /// A quarter hour, or the local midnight of its day, as milliseconds of the wall clock.
    private func time(_ quarterHour: String) -> String { days.map { $0.midnight(of: quarterHour) } ?? quarterHour }

    private func fromSums(_ rollup: CallRollup) -> String {
        let columns = dimensions.map {
            $0.key?.column ?? time("slot * \(RollupSpan.quarterHour.milliseconds)")
        }
        let measures = TallyColumns.expressions(parts).map { "sum(\($0.column))" }.joined(separator: ", ")
        let keys = columns.map { "\($0), " }.joined()
        let group =
            columns.isEmpty
            ? "HAVING count(*) > 0" : "GROUP BY \(columns.indices.map { String($0 + 1) }.joined(separator: ", "))"
        return """
            SELECT \(keys)\(measures)
            FROM \(RollupStretch.of(rollup.table, scope, byQuarterHours: dimensions.contains(.quarterHour)))
            WHERE \(rollup.rows(of: scope)) \(group)
            """
    }

    /// The dimensions as expressions over an attempt `t`.
    private var attemptColumns: [String] {
        let quarter = RollupSpan.quarterHour.milliseconds
        return dimensions.map { $0.key?.sql ?? time("t.intended_at / \(quarter) * \(quarter)") }
    }

    /// The dimensions, the outcome and the contact of the attempts, each combination once.
    var contactsSQL: String {
        """
        SELECT DISTINCT \(attemptColumns.map { "\($0), " }.joined())t.outcome, t.contact_id FROM attempts t
        WHERE \(Self.attempts(in: scope)) AND t.contact_id IS NOT NULL
        """
    }

    private var fromAttempts: String {
        let columns = attemptColumns
        let measures = TallyColumns.expressions(parts).map { "sum(\($0.sql))" }.joined(separator: ", ")
        let group =
            columns.isEmpty
            ? "HAVING count(*) > 0" : "GROUP BY \(columns.indices.map { String($0 + 1) }.joined(separator: ", "))"
        return """
            SELECT \(columns.map { "\($0), " }.joined())\(measures) FROM attempts t
            WHERE \(Self.attempts(in: scope)) \(group)
            """
    }

    /// The settled attempts `t` of a scope, as a condition; `:agent` and `:station` are its arguments.
    ///
    /// What is narrowest is left to an index, with the time: an agent, a station, a list, some campaigns, in this order. The
    /// unary plus keeps SQLite, which does not know how many attempts each has, from another.
    static func attempts(in scope: ReportScope) -> String {
        var conditions = [
            "t.phase = 'settled'", "t.intended_at >= \(scope.from.milliseconds)",
            "t.intended_at < \(scope.to.milliseconds)", scope.inAreas("t.area_id"),
        ]
        if let agent = scope.agent {
            conditions.append(agent.isEmpty ? "(t.agent = :agent OR t.agent IS NULL)" : "t.agent = :agent")
        }
        let plus = { (isFound: Bool) in isFound ? "+" : "" }
        if scope.station != nil { conditions.append("\(plus(scope.agent != nil))t.station = :station") }
        let isOfOne = scope.agent != nil || scope.station != nil
        if let list = scope.list { conditions.append("\(plus(isOfOne))t.list_id = \(list)") }
        conditions.append(scope.inCampaigns("\(plus(isOfOne || scope.list != nil))t.campaign_id"))
        return conditions.joined(separator: " AND ")
    }

    /// The arguments of the scope's texts.
    static func arguments(of scope: ReportScope) -> StatementArguments {
        var arguments: [String: (any DatabaseValueConvertible)?] = [:]
        if let agent = scope.agent { arguments["agent"] = agent }
        if let station = scope.station { arguments["station"] = station }
        return StatementArguments(arguments)
    }

    func rows(_ database: Database) throws -> [(group: CallGroup, tally: CallTally)] {
        try Row.fetchAll(database, sql: sql, arguments: Self.arguments(of: scope)).map { row in
            (group(row), CallTally(row, parts: parts, from: dimensions.count))
        }
    }

    /// The group of a row that begins with the dimensions.
    func group(_ row: Row) -> CallGroup {
        var group = CallGroup()
        for (index, dimension) in dimensions.enumerated() {
            switch dimension {
            case .campaign: group.campaign = row[index]
            case .list: group.list = row[index]
            case .pass: group.pass = row[index]
            case .agent: group.agent = row[index]
            case .station: group.station = row[index]
            case .area: group.area = row[index]
            case .localHour: group.localHour = row[index]
            case .quarterHour: group.quarterHour = Instant(milliseconds: row[index])
            }
        }
        return group
    }
}

extension CampaignStore {
    /// What the settled attempts of a scope add up to, told apart by some dimensions; groups without attempts are missing.
    ///
    /// By area or pass, sums of calls, successes and persons alone are kept: more parts than these read every attempt.
    /// - Parameters:
    ///   - parts: what is added up besides the attempts by outcome; the rest of a tally stays 0.
    ///   - readingAttempts: reads every attempt instead of the sums that are kept; slow, the same by definition.
    public func callTallies(
        by dimensions: [CallDimension], in scope: ReportScope, parts: Set<TallyPart> = Set(TallyPart.allCases),
        readingAttempts: Bool = false
    ) throws -> [(group: CallGroup, tally: CallTally)] {
        let query = TallyQuery(by: dimensions, in: scope, parts: parts, mayUseRollups: !readingAttempts)
        return try read { try query.rows($0) }.filter { $0.tally.attempts > 0 }
    }

    /// How SQLite answers ``callTallies(by:in:parts:readingAttempts:)``, for benchmarks that show it.
    public func tallyPlan(
        by dimensions: [CallDimension], in scope: ReportScope, parts: Set<TallyPart> = Set(TallyPart.allCases)
    ) throws -> [String] {
        let query = TallyQuery(by: dimensions, in: scope, parts: parts)
        return try read { database in
            try Row.fetchAll(
                database, sql: "EXPLAIN QUERY PLAN \(query.sql)", arguments: TallyQuery.arguments(of: scope)
            ).map { $0["detail"] }
        }
    }
}
