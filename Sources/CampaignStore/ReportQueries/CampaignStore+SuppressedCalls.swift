import Campaigns
import GRDB

/// A source of do-not-call entries, and calls that should not have been.
public struct SuppressedCalls: Sendable, Hashable {
    public var source: SuppressionSource
    /// Calls in the scope to numbers that the source covers, placed after the entry was added and before it ended; 0 unless
    /// somebody dialled by other means or wrote into the database.
    public var callsAfter: Int
    /// Whether only the latest attempts of the scope were held against it, since it has so many entries.
    public var isCut: Bool

    /// Calls from their parts.
    public init(source: SuppressionSource, callsAfter: Int, isCut: Bool = false) {
        self.source = source
        self.callsAfter = callsAfter
        self.isCut = isCut
    }
}

extension CampaignStore {
    /// Every current source of do-not-call entries that binds a scope, with the calls that were placed against it.
    ///
    /// Of a source with few entries each is looked up among the calls to its number; of one with many, the latest calls of the
    /// scope are looked up in it. An entry without a date of its own has that of its source's file.
    /// - Parameter most: how many entries, or else attempts, are looked at for a source.
    public func suppressedCalls(in scope: ReportScope, lookingAtMost most: Int = 100_000) throws -> [SuppressedCalls] {
        let visible = scope.campaigns.map { campaigns in
            "AND q.campaign_id IN (0\(campaigns.map { ", \($0.value)" }.sorted().joined()))"
        }
        return try read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT q.*, c.name AS campaign FROM suppression_sources q LEFT JOIN campaigns c ON c.id = q.campaign_id
                    WHERE q.state = 'current' \(visible ?? "") ORDER BY q.campaign_id, q.name
                    """
            ).map { row in
                let source = SuppressionSource(row)
                let check = SuppressedCallCheck(
                    source: row["id"], campaign: row["campaign_id"], loaded: source.loadedAt, scope: scope, most: most)
                let isLarge = source.entries > most
                let numbers = try isLarge ? check.latestCalls(database) : check.entries(database)
                return SuppressedCalls(
                    source: source, callsAfter: numbers + (try check.prefixes(database)),
                    isCut: try isLarge && check.hasMore(database))
            }
        }
    }
}

/// Looks for calls against one source.
private struct SuppressedCallCheck {
    let source: Int64
    /// 0 for everywhere.
    let campaign: Int64
    let loaded: Instant
    let scope: ReportScope
    let most: Int

    /// What an attempt `t` must be: one that counts, of the scope and of the source's campaign.
    private var isMeant: String {
        "(t.outcome IS NULL OR \(CallRollup.counts)) AND \(scope.inCampaigns("t.campaign_id"))"
            + (campaign == 0 ? "" : " AND t.campaign_id = \(campaign)")
    }

    private var from: Int64 { scope.from.milliseconds }
    private var to: Int64 { scope.to.milliseconds }

    /// The first instant of the scope that is after an entry `s`.
    private var start: String { "max(coalesce(s.added_at, \(loaded.milliseconds)) + 1, \(from))" }
    private var isBeforeEnd: String { "(s.ends_at IS NULL OR t.intended_at < s.ends_at)" }

    func entries(_ database: Database) throws -> Int {
        try Int.fetchOne(
            database,
            sql: """
                SELECT count(*) FROM suppressions s CROSS JOIN attempts t INDEXED BY attempts_number
                    ON t.number = s.number AND t.intended_at >= \(start) AND t.intended_at < \(to)
                WHERE s.source_id = \(source) AND \(isBeforeEnd) AND \(isMeant)
                """) ?? 0
    }

    private var latest: String {
        "SELECT id FROM attempts WHERE intended_at >= \(from) AND intended_at < \(to) ORDER BY intended_at DESC LIMIT \(most)"
    }

    func latestCalls(_ database: Database) throws -> Int {
        try Int.fetchOne(
            database,
            sql: """
                SELECT count(*) FROM (\(latest)) r CROSS JOIN attempts t ON t.id = r.id CROSS JOIN suppressions s
                    ON s.source_id = \(source) AND s.number = t.number
                WHERE t.intended_at >= \(start) AND \(isBeforeEnd) AND \(isMeant)
                """) ?? 0
    }

    /// Whether the scope has more attempts than are looked at.
    func hasMore(_ database: Database) throws -> Bool {
        try Int.fetchOne(database, sql: "\(latest) OFFSET \(most)") != nil
    }

    func prefixes(_ database: Database) throws -> Int {
        let rows = try Row.fetchAll(
            database, sql: "SELECT prefix, added_at, ends_at FROM suppression_prefixes WHERE source_id = \(source)")
        let statement = try database.cachedStatement(
            sql: """
                SELECT count(*) FROM attempts t INDEXED BY attempts_number
                WHERE t.number BETWEEN ? AND ? AND t.intended_at >= ? AND t.intended_at < ? AND \(isMeant)
                """)
        var calls = 0
        for row in rows {
            let start = max(((row["added_at"] as Int64?) ?? loaded.milliseconds) + 1, from)
            let end = min(to, (row["ends_at"] as Int64?) ?? to)
            guard start < end else { continue }
            for range in ContactNumbers.ranges(of: row["prefix"]) {
                calls +=
                    try Int.fetchOne(statement, arguments: [range.lowerBound, range.upperBound, start, end]) ?? 0
            }
        }
        return calls
    }
}
