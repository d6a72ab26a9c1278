import Campaigns

/// Which rows of a rollup make up a stretch of time: whole UTC days by day, what is left at both ends by quarter hours.
enum RollupStretch {
    /// A rollup narrowed to the rows of a stretch, as what stands behind FROM.
    ///
    /// Each range is sought by the whole key, whatever the index begins with; written as alternatives in a condition, SQLite
    /// would read all rows of a list.
    /// - Parameters:
    ///   - scope: its ends are at full quarter hours.
    ///   - byQuarterHours: whether days are to be told apart finer, so that their sums are of no use.
    static func of(_ table: String, _ scope: ReportScope, byQuarterHours: Bool = false) -> String {
        let ranges = ranges(scope, byQuarterHours: byQuarterHours).map { "(\($0.rawValue), \($1), \($2))" }
        return """
            (SELECT column1 AS of_span, column2 AS first_slot, column3 AS end_slot
                FROM (VALUES \(ranges.joined(separator: ", "))))
            CROSS JOIN \(table) ON span = of_span AND slot >= first_slot AND slot < end_slot
            """
    }

    private static func ranges(
        _ scope: ReportScope, byQuarterHours: Bool
    ) -> [(span: RollupSpan, first: Int64, end: Int64)] {
        let quarter = RollupSpan.quarterHour.milliseconds
        let day = RollupSpan.day.milliseconds
        let (from, to) = (scope.from.milliseconds, scope.to.milliseconds)
        let firstDay = (from + day - 1) / day
        let lastDay = to / day
        guard !byQuarterHours, firstDay < lastDay else { return [(.quarterHour, from / quarter, to / quarter)] }
        return [
            (.quarterHour, from / quarter, firstDay * RollupSpan.quarterHoursOfDay), (.day, firstDay, lastDay),
            (.quarterHour, lastDay * RollupSpan.quarterHoursOfDay, to / quarter),
        ]
    }
}
