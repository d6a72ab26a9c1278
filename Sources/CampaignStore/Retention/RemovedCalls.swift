import GRDB

/// Until when retention removed calls, by campaign: sums of those days stay, and cannot be compared with the attempts any more.
enum RemovedCalls {
    /// The condition on an attempt `t` that all attempts of its campaign's day are there.
    static let areKept = """
        t.intended_at >= coalesce((SELECT until_day * \(RollupSpan.day.milliseconds) FROM calls_removed m
            WHERE m.campaign_id = coalesce(t.campaign_id, 0)), 0)
        """

    /// The condition on a row of a rollup, of a span in `span`, that all attempts of its day are there.
    static func areKept(slotOf table: String) -> String {
        """
        slot >= coalesce((SELECT until_day * iif(\(table).span = 0, \(RollupSpan.quarterHoursOfDay), 1)
            FROM calls_removed m WHERE m.campaign_id = \(table).campaign_id), 0)
        """
    }

    /// Notes that calls of a campaign were removed, up to one that was intended at an instant.
    static func note(_ calls: Int, campaign: Int64, upTo intended: Int64, _ database: Database) throws {
        try database.execute(
            sql: """
                INSERT INTO calls_removed (campaign_id, until_day, calls) VALUES (?1, ?2, ?3)
                ON CONFLICT (campaign_id) DO UPDATE SET until_day = max(until_day, ?2), calls = calls + ?3
                """, arguments: [campaign, intended / RollupSpan.day.milliseconds + 1, calls])
    }
}
