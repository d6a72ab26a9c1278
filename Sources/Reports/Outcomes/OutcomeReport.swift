import CampaignStore
import Campaigns

/// Outcomes of attempts by campaign, list or hour.
public enum OutcomeReport {
    /// The table: a row a group and outcome, with its share of the group's attempts.
    public static func table(_ counts: [OutcomeCount], by grouping: OutcomeGrouping) -> Table {
        var totals: [String: Int] = [:]
        for count in counts { totals[count.group, default: 0] += count.attempts }
        let order = Dictionary(
            uniqueKeysWithValues: Outcome.allCases.enumerated().map { ($0.element.rawValue, $0.offset) })
        let sorted = counts.sorted {
            ($0.group, order[$0.outcome] ?? .max) < ($1.group, order[$1.outcome] ?? .max)
        }
        let rows = sorted.map { count -> [Cell] in
            [
                .text(count.group), .text(count.outcome), Cell(count.attempts), Cell(count.contacts),
                .share(Double(count.attempts) / Double(max(totals[count.group] ?? 1, 1))),
                .integer(average(count.ringMilliseconds, count.attempts)),
                .integer(average(count.talkMilliseconds, count.attempts)),
            ]
        }
        let all = counts.reduce(0) { $0 + $1.attempts }
        return Table(
            columns: [grouping.rawValue, "outcome", "attempts", "contacts", "share", "ring_s", "talk_s"], rows: rows,
            totals: [.text("all"), .none, Cell(all), .none, .none, .none, .none])
    }

    /// Counts of several campaigns with one row a group and outcome: of the same hour, say.
    public static func merged(_ counts: [OutcomeCount]) -> [OutcomeCount] {
        Dictionary(grouping: counts) { [$0.group, $0.outcome] }.values.compactMap { same in
            guard var sum = same.first else { return nil }
            for count in same.dropFirst() {
                sum.attempts += count.attempts
                sum.contacts += count.contacts
                sum.ringMilliseconds += count.ringMilliseconds
                sum.talkMilliseconds += count.talkMilliseconds
            }
            return sum
        }
    }

    /// Milliseconds to whole seconds an attempt.
    private static func average(_ milliseconds: Int64, _ attempts: Int) -> Int64 {
        attempts == 0 ? 0 : (milliseconds / Int64(attempts) + 500) / 1000
    }
}
