import Campaigns

/// How long one row of a rollup is: quarter hours for edges and for days in any zone, whole UTC days for what lies between.
enum RollupSpan: Int64, CaseIterable, Sendable {
    case quarterHour = 0
    case day = 1

    var milliseconds: Int64 { self == .quarterHour ? 900_000 : 86_400_000 }
    /// How many quarter hours a day of a rollup has: a UTC day, so that clock changes do not matter.
    static let quarterHoursOfDay = day.milliseconds / quarterHour.milliseconds
}

/// One rollup of settled attempts: what it tells apart, and what it adds up.
struct CallRollup: Sendable {
    /// A part of its key: the column, its type, and the expression over an attempt `t`.
    struct Key: Sendable {
        var column: String
        var type: String
        var sql: String

        init(_ column: String, _ type: String, _ sql: String) {
            (self.column, self.type, self.sql) = (column, type, sql)
        }
    }

    var table: String
    /// What it can be asked by, besides the quarter hour.
    var dimensions: [CallDimension]
    /// The parts of its key after its time: the dimensions, and what only it tells apart.
    var keys: [Key]
    /// What is added up: the column, and the expression over an attempt `t`.
    var measures: [(column: String, sql: String)]
    /// The parts of a tally that it holds; none where it counts calls alone.
    var parts: Set<TallyPart> = []
    /// Whether the rows of a list stand together, whatever their time: made for questions about one list.
    var isByListFirst = false

    /// Whether an attempt counts: it dialled something.
    static let counts = "t.outcome NOT IN (\(AttemptsMade.outcomesThatDoNot))"

    private init(
        table: String, by dimensions: [CallDimension], and others: [Key] = [],
        measures: [(column: String, sql: String)], isByListFirst: Bool = false
    ) {
        self.table = table
        self.dimensions = dimensions
        keys = dimensions.compactMap(\.key) + others
        self.measures = measures
        self.isByListFirst = isByListFirst
    }

    private init(table: String, by dimensions: [CallDimension], parts: Set<TallyPart>, isByListFirst: Bool = false) {
        self.init(
            table: table, by: dimensions, measures: TallyColumns.expressions(parts), isByListFirst: isByListFirst)
        self.parts = parts
    }

    private static let everything = Set(TallyPart.allCases)
    private static let callsAlone: Set<TallyPart> = [.counts, .times, .success, .persons]
    /// Where a key tells much apart, rows are many and so must be short.
    private static let few: Set<TallyPart> = [.counts, .success, .persons]
    /// What the program saw and the agent said.
    static let said = [
        Key("outcome", "TEXT", "t.outcome"), Key("disposition", "TEXT", "coalesce(t.disposition, '')"),
        Key("disposition_class", "TEXT", "coalesce(t.disposition_class, '')"),
    ]

    /// By campaign and list.
    static let lists = CallRollup(table: "calls_by_list", by: [.campaign, .list], parts: everything)
    /// By agent and station.
    static let agents = CallRollup(table: "calls_by_agent", by: [.campaign, .agent, .station], parts: everything)
    /// By hour of the contact's week, 0 for Monday 00:00, -1 where its clock was not known.
    static let hours = CallRollup(table: "calls_by_hour", by: [.campaign, .localHour], parts: everything)
    /// By list and pass; passes from the twentieth on are one.
    static let passes = CallRollup(table: "calls_by_pass", by: [.campaign, .list, .pass], parts: few)
    /// By area and hour of the contact's week.
    static let areas = CallRollup(table: "calls_by_area", by: [.campaign, .area, .localHour], parts: few)
    /// By agent and station, and hour of the contact's week.
    static let agentHours = CallRollup(
        table: "calls_by_agent_and_hour", by: [.campaign, .agent, .station, .localHour], parts: callsAlone)
    /// Of a list: by agent and station.
    static let listAgents = CallRollup(
        table: "list_calls_by_agent", by: [.list, .campaign, .agent, .station], parts: everything, isByListFirst: true)
    /// Of a list: by hour of the contact's week.
    static let listHours = CallRollup(
        table: "list_calls_by_hour", by: [.list, .campaign, .localHour], parts: callsAlone, isByListFirst: true)
    /// What agents said, by code.
    static let dispositions = CallRollup(
        table: "calls_by_disposition", by: [.campaign, .agent, .station], and: said, measures: calls)
    /// Of a list: what agents said, by code.
    static let listDispositions = CallRollup(
        table: "list_calls_by_disposition", by: [.list, .campaign, .agent, .station], and: said, measures: calls,
        isByListFirst: true)
    /// Under which rules calls that count were placed.
    static let packs = CallRollup(
        table: "calls_by_pack", by: [.campaign],
        and: [
            Key("rule_pack", "TEXT", "t.rule_pack"), Key("rule_pack_version", "TEXT", "t.rule_pack_version"),
        ], measures: [(column: "calls", sql: counts)])

    private static let calls = [(column: "calls", sql: "1")]

    /// Those with fewer rows first.
    static let all = [
        lists, agents, hours, passes, areas, agentHours, listAgents, listHours, dispositions, listDispositions, packs,
    ]

    /// The rollup that a question is answered from with the fewest rows; nil where none tells apart all that it asks by.
    ///
    /// - Parameter dimensions: what the question tells apart and what it filters by.
    static func answering(_ dimensions: Set<CallDimension>, parts: Set<TallyPart>) -> CallRollup? {
        all.first {
            $0.parts.isSuperset(of: parts) && dimensions.subtracting([.quarterHour]).isSubset(of: $0.dimensions)
        }
    }

    /// What a scope looks at as a condition on its rows, as far as it tells that apart; `:agent` and `:station` are arguments.
    func rows(of scope: ReportScope) -> String {
        var conditions = [scope.inCampaigns("campaign_id")]
        if let list = scope.list, dimensions.contains(.list) {
            conditions.append("list_id = \(list)")
        } else if isByListFirst {
            // Every list by name, so that each one's stretch of time is sought and not all of its rows read.
            conditions.append("list_id IN (SELECT 0 UNION ALL SELECT id FROM lists)")
        }
        if scope.agent != nil, dimensions.contains(.agent) { conditions.append("agent = :agent") }
        if scope.station != nil, dimensions.contains(.station) { conditions.append("station = :station") }
        if dimensions.contains(.area) { conditions.append(scope.inAreas("area_id")) }
        return conditions.joined(separator: " AND ")
    }

    /// Whether it tells a scope from all other calls.
    func tells(_ scope: ReportScope) -> Bool { scope.isAtQuarterHours && scope.filters.isSubset(of: dimensions) }

    /// What agents said, of one list or of all.
    static func dispositions(ofOneList: Bool) -> CallRollup { ofOneList ? listDispositions : dispositions }
}

/// What keeps it.
extension CallRollup {
    /// A column of the table's key, and what it is of an attempt `t` in a span `s`, or in the days that quarter hours are of.
    private struct Part {
        var column: String
        var type: String
        var sql: String
        var ofDay: String
    }

    /// The whole key in the order of its index.
    private var key: [Part] {
        let time = [
            Part(column: "span", type: "INTEGER", sql: "s.span", ofDay: "\(RollupSpan.day.rawValue)"),
            Part(
                column: "slot", type: "INTEGER", sql: "t.intended_at / s.ms",
                ofDay: "slot / \(RollupSpan.quarterHoursOfDay)"),
        ]
        var others = keys.map { Part(column: $0.column, type: $0.type, sql: $0.sql, ofDay: $0.column) }
        guard isByListFirst else { return time + others }
        let list = others.removeFirst()
        return [list] + time + others
    }

    /// Its definition, for the schema.
    var definition: String {
        let columns =
            key.map { "\($0.column) \($0.type) NOT NULL" } + measures.map { "\($0.column) INTEGER NOT NULL" }
        return """
            CREATE TABLE \(table) (
                \(columns.joined(separator: ",\n    ")),
                PRIMARY KEY (\(Self.joined(key, \.column)))
            ) STRICT, WITHOUT ROWID;
            """
    }

    private static func joined(_ parts: [Part], _ path: KeyPath<Part, String>) -> String {
        parts.map { $0[keyPath: path] }.joined(separator: ", ")
    }

    private var columns: String { "\(Self.joined(key, \.column)), \(measures.map(\.column).joined(separator: ", "))" }

    /// What settled attempts add up to in some spans, by its key; `condition` narrows the attempts `t`.
    private func sums(_ spans: [RollupSpan], where condition: String = "true", sign: String = "") -> String {
        let values = spans.map { "(\($0.rawValue), \($0.milliseconds))" }.joined(separator: ", ")
        return """
            SELECT \(Self.joined(key, \.sql)), \(measures.map { "\(sign)sum(\($0.sql))" }.joined(separator: ", "))
            FROM attempts t CROSS JOIN (SELECT column1 AS span, column2 AS ms FROM (VALUES \(values))) s
            WHERE t.phase = 'settled' AND \(condition)
            GROUP BY \(Self.joined(key, \.sql))
            """
    }

    /// What its quarter hours add up to in days.
    private func days(sign: String = "", where condition: String = "true") -> String {
        """
        SELECT \(Self.joined(key, \.ofDay)), \(measures.map { "\(sign)sum(\($0.column))" }.joined(separator: ", "))
        FROM \(table) WHERE span = \(RollupSpan.quarterHour.rawValue) AND \(condition)
        GROUP BY \(Self.joined(key, \.ofDay))
        """
    }

    /// Adds one settled attempt, `:attempt`, or takes it out again.
    func change(isAdded: Bool) -> String {
        let added = measures.map { "\($0.column) = \($0.column) + excluded.\($0.column)" }.joined(separator: ", ")
        let changes = sums(RollupSpan.allCases, where: "t.id = :attempt", sign: isAdded ? "" : "-")
        return "INSERT INTO \(table) (\(columns)) \(changes) ON CONFLICT DO UPDATE SET \(added)"
    }

    /// Fills it, where it is empty, from all attempts: the quarter hours, and from them the days.
    var fill: String {
        """
        INSERT INTO \(table) (\(columns)) \(sums([.quarterHour]));
        INSERT INTO \(table) (\(columns)) \(days());
        """
    }

    /// The quarter hours, or days, whose rows do not say what the attempts, or the quarter hours, say; those of which retention
    /// removed calls stay as they are.
    func wrongSlots(of span: RollupSpan) -> String {
        let differs = measures.map { "sum(\($0.column)) <> 0" }.joined(separator: " OR ")
        let rows = RemovedCalls.areKept(slotOf: table)
        let others =
            span == .quarterHour
            ? sums([.quarterHour], where: RemovedCalls.areKept, sign: "-") : days(sign: "-", where: rows)
        return """
            SELECT DISTINCT slot FROM (SELECT slot
                FROM (SELECT \(columns) FROM \(table) WHERE span = \(span.rawValue) AND \(rows)
                    UNION ALL SELECT * FROM (\(others)))
                GROUP BY \(Self.joined(key, \.column)) HAVING \(differs))
            ORDER BY slot
            """
    }

    /// Takes the rows of a quarter hour or day away, as far as their calls are all there.
    func deletion(of span: RollupSpan, _ slot: Int64) -> String {
        let rows = "span = \(span.rawValue) AND slot = \(slot) AND \(RemovedCalls.areKept(slotOf: table))"
        guard isByListFirst else { return "DELETE FROM \(table) WHERE \(rows)" }
        // The list comes first in the key: from each one to the next, and its stretch in each.
        return """
            DELETE FROM \(table) WHERE list_id IN (
                WITH RECURSIVE ids (id) AS (
                    SELECT min(list_id) FROM \(table)
                    UNION ALL SELECT (SELECT min(list_id) FROM \(table) WHERE list_id > id) FROM ids WHERE id IS NOT NULL)
                SELECT id FROM ids) AND \(rows)
            """
    }

    /// Adds a quarter hour up anew from its attempts, or a day from its quarter hours.
    func addition(of span: RollupSpan, _ slot: Int64) -> String {
        let sums =
            switch span {
            case .quarterHour:
                sums(
                    [.quarterHour],
                    where: """
                        t.intended_at >= \(slot * span.milliseconds) AND t.intended_at < \((slot + 1) * span.milliseconds)
                        AND \(RemovedCalls.areKept)
                        """)
            case .day:
                days(
                    where: """
                        slot >= \(slot * RollupSpan.quarterHoursOfDay) AND slot < \((slot + 1) * RollupSpan.quarterHoursOfDay)
                        AND \(RemovedCalls.areKept(slotOf: table))
                        """)
            }
        return "INSERT INTO \(table) (\(columns)) \(sums)"
    }

    /// Rows that do not say what the attempts say, as texts: quarter hours beside the attempts, days beside quarter hours.
    ///
    /// - Parameter ofKept: whether only rows are looked at whose attempts retention left all.
    func differences(ofKept: Bool) -> String {
        let attempts = ofKept ? RemovedCalls.areKept : "true"
        let rows = ofKept ? RemovedCalls.areKept(slotOf: table) : "true"
        let differs = measures.map { "sum(\($0.column)) <> 0" }.joined(separator: " OR ")
        let beside = { (span: RollupSpan, others: String) in
            """
            SELECT '\(table) ' || iif(span = 0, datetime(slot * 900, 'unixepoch'), date(slot * 86400, 'unixepoch')) || ' '
                || \(keys.map(\.column).joined(separator: " || ' ' || "))
            FROM (SELECT \(columns) FROM \(table) WHERE span = \(span.rawValue) AND \(rows)
                UNION ALL SELECT * FROM (\(others)))
            GROUP BY \(Self.joined(key, \.column)) HAVING \(differs)
            """
        }
        return """
            \(beside(.quarterHour, sums([.quarterHour], where: attempts, sign: "-")))
            UNION ALL \(beside(.day, days(sign: "-", where: rows))) LIMIT 6
            """
    }
}
