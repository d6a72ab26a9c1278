import Campaigns
import GRDB

/// What a clock adds to UTC, over a stretch of time.
public struct ClockOffsets: Sendable, Hashable {
    /// From an instant on, so much is added; ascending. The first holds for all earlier times too.
    public var steps: [Step]

    /// One offset of the clock.
    public struct Step: Sendable, Hashable {
        public var from: Instant
        public var milliseconds: Int64

        /// An offset from its parts.
        public init(from: Instant, milliseconds: Int64) {
            (self.from, self.milliseconds) = (from, milliseconds)
        }
    }

    /// Offsets from their steps.
    public init(_ steps: [Step]) {
        self.steps = steps
    }

    /// The wall clock's midnight before an instant that SQL names, in milliseconds since 1970 on that clock.
    func midnight(of instant: String) -> String {
        let day = RollupSpan.day.milliseconds
        let first = steps.first?.milliseconds ?? 0
        // The latest first, since most calls are young.
        let cases = steps.dropFirst().reversed().map {
            "WHEN \(instant) >= \($0.from.milliseconds) THEN \($0.milliseconds)"
        }
        let offset = cases.isEmpty ? "\(first)" : "CASE \(cases.joined(separator: " ")) ELSE \(first) END"
        return "(\(instant) + \(offset)) / \(day) * \(day)"
    }
}

extension CampaignStore {
    /// What the settled attempts of a scope add up to by the days of a clock, counted from 1970; days without attempts are missing.
    ///
    /// - Parameters:
    ///   - parts: as in ``callTallies(by:in:parts:readingAttempts:)``.
    ///   - readingAttempts: as there.
    public func callTallies(
        byDaysOf offsets: ClockOffsets, in scope: ReportScope, parts: Set<TallyPart> = Set(TallyPart.allCases),
        readingAttempts: Bool = false
    ) throws -> [(day: Int64, tally: CallTally)] {
        var query = TallyQuery(by: [.quarterHour], in: scope, parts: parts, mayUseRollups: !readingAttempts)
        query.days = offsets
        return try read { try query.rows($0) }.filter { $0.tally.attempts > 0 }.map { group, tally in
            ((group.quarterHour?.milliseconds ?? 0) / RollupSpan.day.milliseconds, tally)
        }
    }

    /// From the quarter hour of the first settled attempt to that of the last; nil where there is none.
    public func timeOfCalls() throws -> ClosedRange<Instant>? {
        try read { database in
            let row = try Row.fetchOne(
                database,
                sql: """
                    SELECT (SELECT slot FROM calls_by_list WHERE span = 0 ORDER BY slot LIMIT 1),
                        (SELECT slot FROM calls_by_list WHERE span = 0 ORDER BY slot DESC LIMIT 1)
                    """)
            guard let first: Int64 = row?[0], let last: Int64 = row?[1] else { return nil }
            let quarter = RollupSpan.quarterHour.milliseconds
            return Instant(milliseconds: first * quarter)...Instant(milliseconds: last * quarter)
        }
    }
}
