import CampaignStore
import Campaigns

/// What the time of a campaign's calls went to.
enum CostOfTime {
    private static func parts(_ tally: CallTally) -> [(name: String, milliseconds: Int64)] {
        let conversations = Outcome.allCases.filter(\.isConversation)
        let ringBefore = conversations.reduce(0) { $0 + (tally.ringMilliseconds[$1] ?? 0) }
        return [
            ("ringing until an answer", ringBefore), ("ringing without one", tally.ring - ringBefore),
            ("talk", tally.talk), ("wrap-up", tally.wrapUpMilliseconds),
        ]
    }

    /// Minutes of each part, their share, and how many fall on each success.
    static func table(_ tally: CallTally) -> Table {
        let parts = parts(tally)
        let all = parts.reduce(0) { $0 + $1.milliseconds }
        guard tally.attempts > 0 else { return Table(columns: columns, rows: []) }
        let row = { (name: String, milliseconds: Int64) -> [Cell] in
            [
                .text(name), .minutes(milliseconds),
                all == 0 ? .none : .share(Double(milliseconds) / Double(all)),
                tally.successes == 0 ? .none : .minutes(milliseconds / Int64(tally.successes)),
            ]
        }
        return Table(columns: columns, rows: parts.map(row), totals: row("all", all))
    }

    private static let columns = ["time", "minutes", "share", "min_per_success"]

    static func chart(_ tally: CallTally) -> ReportChart {
        let parts = parts(tally)
        return ReportChart(
            form: .bars, labels: parts.map(\.name),
            series: [
                ReportChart.Series(name: "minutes", values: parts.map { Double($0.milliseconds) / 60_000 })
            ], unit: "minutes")
    }
}
