import CampaignStore
import Campaigns

/// Agents beside each other by what their calls came to.
enum AgentCells {
    static let columns = [
        "agent", "calls", "persons", "contact_rate", "successes", "success_rate", "none_given", "talk_min",
        "wrap_up_min",
    ]

    static func table(_ calls: TalliedCalls, comparedBy before: [TalliedCalls.Part]? = nil) -> Table {
        let table = table(calls.now)
        guard let before else { return table }
        return table.compared(
            with: self.table(before), keys: ["agent"], additive: ["calls", "persons", "successes", "none_given"])
    }

    private static func table(_ parts: [TalliedCalls.Part]) -> Table {
        Table(
            columns: columns,
            rows: TalliedCalls.merged(parts) { GroupLabel.agent($0.agent) }.map { row($0.label.text, $0.tally) },
            totals: row("all", TalliedCalls.sum(parts)))
    }

    private static func row(_ agent: String, _ tally: CallTally) -> [Cell] {
        [
            .text(agent), Cell(tally.counted), Cell(tally.persons), .share(tally.persons, of: tally.counted),
            Cell(tally.successes), .share(tally.successes, of: tally.persons), Cell(tally.said[.noneGiven] ?? 0),
            .minutes(tally.talk), .minutes(tally.wrapUpMilliseconds),
        ]
    }

    /// Successes a person of each agent.
    static func chart(_ parts: [TalliedCalls.Part]) -> ReportChart {
        let agents = TalliedCalls.merged(parts) { GroupLabel.agent($0.agent) }
        let rate = { (part: Int, whole: Int) in whole == 0 ? nil : Double(part) / Double(whole) }
        return ReportChart(
            form: .bars, labels: agents.map(\.label.text),
            series: [
                ReportChart.Series(
                    name: "contact_rate", values: agents.map { rate($0.tally.persons, $0.tally.counted) }),
                ReportChart.Series(
                    name: "success_rate", values: agents.map { rate($0.tally.successes, $0.tally.persons) }),
            ], unit: "share", isShare: true)
    }
}
