import CampaignStore
import Campaigns

/// Agents' pauses by their reason.
struct PauseTable {
    private struct Pause: Hashable, Comparable {
        var agent: GroupLabel
        var reason: GroupLabel

        static func < (left: Pause, right: Pause) -> Bool {
            left.agent == right.agent ? left.reason < right.reason : left.agent < right.agent
        }
    }

    private var sums: [Pause: Int64] = [:]
    private var ofAgent: [GroupLabel: Int64] = [:]

    init(_ time: [StationTimeSum]) {
        for sum in time where sum.state == .paused {
            let agent = GroupLabel.agent(sum.agent)
            // As an agent's name: what has none stands at the end.
            sums[Pause(agent: agent, reason: .agent(sum.reason)), default: 0] += sum.milliseconds
            ofAgent[agent, default: 0] += sum.milliseconds
        }
    }

    var table: Table {
        Table(
            columns: ["agent", "reason", "paused_min", "share"],
            rows: sums.sorted { $0.key < $1.key }.map { pause, milliseconds in
                [
                    .text(pause.agent.text), .text(pause.reason.text), .minutes(milliseconds),
                    .share(Double(milliseconds) / Double(ofAgent[pause.agent] ?? milliseconds)),
                ]
            }, totals: [.text("all"), .none, .minutes(sums.values.reduce(0, +)), .none])
    }

    /// Each agent's paused minutes by reason.
    var chart: ReportChart {
        let agents = ofAgent.keys.sorted()
        return ReportChart(
            form: .stacked, labels: agents.map(\.text),
            series: Set(sums.keys.map(\.reason)).sorted().map { reason in
                ReportChart.Series(
                    name: reason.text,
                    values: agents.map { Double(sums[Pause(agent: $0, reason: reason)] ?? 0) / 60_000 })
            }, unit: "minutes")
    }
}
