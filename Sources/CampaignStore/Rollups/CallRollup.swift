import Campaigns

/// How long one row of a rollup is: quarter hours for edges and for days in any zone, whole UTC days for what lies between.
enum RollupSpan: Int64, CaseIterable, Sendable {
    case quarterHour = 0
    case day = 1

    var milliseconds: Int64 { self == .quarterHour ? 900_000 : 86_400_000 }
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
    var keys: [Key]
    /// What is added up: the column, and the expression over an attempt `t`.
    var measures: [(column: String, sql: String)]

    /// The parts of a tally that it holds; none where it counts calls alone.
    var parts: Set<TallyPart> = []
    /// Whether an attempt counts: it dialled something.
    static let counts = "t.outcome NOT IN (\(AttemptsMade.outcomesThatDoNot))"

    private static let campaign = Key("campaign_id", "INTEGER", "coalesce(t.campaign_id, 0)")
    private static let list = Key("list_id", "INTEGER", "coalesce(t.list_id, 0)")
    private static let agent = Key("agent", "TEXT", "coalesce(t.agent, '')")
    private static let localHour = Key("local_hour", "INTEGER", "coalesce(t.local_minute_of_week / 60, -1)")
    private static let count = [(column: "calls", sql: "1")]
    private static let everything = Set(TallyPart.allCases)
    /// Where a key tells much apart, rows are many and so must be short.
    private static let few: Set<TallyPart> = [.counts, .success, .persons]

    private init(table: String, keys: [Key], measures: [(column: String, sql: String)]) {
        (self.table, self.keys, self.measures) = (table, keys, measures)
    }

    private init(table: String, keys: [Key], parts: Set<TallyPart>) {
        self.init(table: table, keys: keys, measures: TallyColumns.expressions(parts))
        self.parts = parts
    }

    /// By campaign and list.
    static let lists = CallRollup(table: "calls_by_list", keys: [campaign, list], parts: everything)
    /// By agent and station.
    static let agents = CallRollup(
        table: "calls_by_agent", keys: [campaign, agent, Key("station", "TEXT", "t.station")], parts: everything)
    /// By hour of the contact's week, 0 for Monday 00:00, -1 where its clock was not known.
    static let hours = CallRollup(table: "calls_by_hour", keys: [campaign, localHour], parts: everything)
    /// By list and pass; passes from the twentieth on are one.
    static let passes = CallRollup(
        table: "calls_by_pass", keys: [campaign, list, Key("pass", "INTEGER", "min(t.pass, 20)")], parts: few)
    /// By area and hour of the contact's week.
    static let areas = CallRollup(
        table: "calls_by_area",
        keys: [campaign, Key("area_id", "INTEGER", "coalesce(t.area_id, 0)"), localHour], parts: few)
    /// What agents said, by code.
    static let dispositions = CallRollup(
        table: "calls_by_disposition",
        keys: [
            campaign, agent, Key("outcome", "TEXT", "t.outcome"),
            Key("disposition", "TEXT", "coalesce(t.disposition, '')"),
            Key("disposition_class", "TEXT", "coalesce(t.disposition_class, '')"),
        ], measures: count)
    /// Under which rules calls that count were placed.
    static let packs = CallRollup(
        table: "calls_by_pack",
        keys: [
            campaign, Key("rule_pack", "TEXT", "t.rule_pack"), Key("rule_pack_version", "TEXT", "t.rule_pack_version"),
        ],
        measures: [(column: "calls", sql: counts)])

    static let all = [lists, agents, hours, passes, areas, dispositions, packs]

    /// Its definition, for the schema.
    var definition: String {
        let columns =
            ["span INTEGER NOT NULL", "slot INTEGER NOT NULL"] + keys.map { "\($0.column) \($0.type) NOT NULL" }
            + measures.map { "\($0.column) INTEGER NOT NULL" }
        return """
            CREATE TABLE \(table) (
                \(columns.joined(separator: ",\n    ")),
                PRIMARY KEY (\(key))
            ) STRICT, WITHOUT ROWID;
            """
    }

    private var key: String { (["span", "slot"] + keys.map(\.column)).joined(separator: ", ") }
    private var columns: String { "\(key), \(measures.map(\.column).joined(separator: ", "))" }

    /// What settled attempts add up to, by its key; `condition` narrows the attempts `t`.
    private func sums(where condition: String, sign: String = "") -> String {
        let spans = RollupSpan.allCases.map { "(\($0.rawValue), \($0.milliseconds))" }.joined(separator: ", ")
        return """
            WITH spans (span, ms) AS (VALUES \(spans))
            SELECT s.span, t.intended_at / s.ms, \(keys.map(\.sql).joined(separator: ", ")),
                \(measures.map { "\(sign)sum(\($0.sql))" }.joined(separator: ", "))
            FROM attempts t CROSS JOIN spans s WHERE t.phase = 'settled' AND \(condition)
            GROUP BY s.span, t.intended_at / s.ms, \(keys.map(\.sql).joined(separator: ", "))
            """
    }

    /// Adds one settled attempt, `:attempt`, or takes it out again.
    func change(isAdded: Bool) -> String {
        let added = measures.map { "\($0.column) = \($0.column) + excluded.\($0.column)" }.joined(separator: ", ")
        return """
            INSERT INTO \(table) (\(columns)) \(sums(where: "t.id = :attempt", sign: isAdded ? "" : "-"))
            ON CONFLICT DO UPDATE SET \(added)
            """
    }

    /// Fills it, where it is empty, from all attempts.
    var fill: String { "INSERT INTO \(table) (\(columns)) \(sums(where: "true"))" }

    /// Rows that do not say what the attempts say, as texts.
    var differences: String {
        let differs = measures.map { "sum(\($0.column)) <> 0" }.joined(separator: " OR ")
        return """
            SELECT '\(table) ' || iif(span = 0, datetime(slot * 900, 'unixepoch'), date(slot * 86400, 'unixepoch')) || ' '
                || \(keys.map { "\($0.column)" }.joined(separator: " || ' ' || "))
            FROM (SELECT \(columns) FROM \(table) UNION ALL
                SELECT * FROM (\(sums(where: "true", sign: "-")))) GROUP BY \(key) HAVING \(differs) LIMIT 6
            """
    }
}
