import CampaignStore
import Campaigns

/// Callbacks counted by how they stand, for all and for each agent.
struct CallbackCells {
    /// Counts of some callbacks.
    struct Sums {
        private(set) var by: [CallbackStanding: Int] = [:]

        mutating func add(_ count: CallbackCount) { by[count.standing, default: 0] += count.callbacks }

        var callbacks: Int { by.values.reduce(0, +) }

        /// Of those that a call was owed for, the part that was kept.
        var keptShare: Cell {
            let owed = [CallbackStanding.kept, .late, .missed].reduce(0) { $0 + (by[$1] ?? 0) }
            return .share(by[.kept] ?? 0, of: owed)
        }
    }

    private(set) var total = Sums()
    private var byAgent: [GroupLabel: Sums] = [:]

    init(_ counts: [CallbackCount]) {
        for count in counts {
            total.add(count)
            // Callbacks that anyone may take stand at the end.
            let label = count.agent.map { GroupLabel.agent($0) } ?? GroupLabel(order: 2, text: "anyone")
            byAgent[label, default: Sums()].add(count)
        }
    }

    var table: Table {
        let row = { (agent: String, sums: Sums) -> [Cell] in
            [.text(agent), Cell(sums.callbacks)] + CallbackStanding.allCases.map { Cell(sums.by[$0] ?? 0) } + [
                sums.keptShare
            ]
        }
        return Table(
            columns: ["agent", "callbacks"] + CallbackStanding.allCases.map(\.rawValue) + ["kept_share"],
            rows: byAgent.sorted { $0.key < $1.key }.map { row($0.key.text, $0.value) }, totals: row("all", total))
    }

    /// Kept, late, missed and due of each agent.
    var chart: ReportChart {
        let agents = byAgent.keys.sorted()
        return ReportChart(
            form: .stacked, labels: agents.map(\.text),
            series: [CallbackStanding.kept, .late, .missed, .due].map { standing in
                ReportChart.Series(
                    name: standing.rawValue, values: agents.map { Double(byAgent[$0]?.by[standing] ?? 0) })
            }, unit: "callbacks")
    }

    func figures(before: CallbackCells?) -> [ReportFigure] {
        let figure = { (column: String, label: String, direction: ReportFigure.Direction, value: (Sums) -> Cell) in
            ReportFigure(
                column: column, label: label, value: value(total), before: before.map { value($0.total) } ?? .none,
                direction: direction)
        }
        let standing = { (standing: CallbackStanding, label: String, direction: ReportFigure.Direction) in
            figure(standing.rawValue, label, direction) { Cell($0.by[standing] ?? 0) }
        }
        return [
            figure("callbacks", "Callbacks", .neutral) { Cell($0.callbacks) },
            standing(.due, "Due now", .neutral), standing(.missed, "Missed", .bad), standing(.late, "Late", .bad),
            standing(.kept, "Kept", .good), figure("kept_share", "Kept, of those owed", .good) { $0.keptShare },
            standing(.waiting, "Waiting", .neutral), standing(.moved, "Moved", .neutral),
            standing(.withdrawn, "Withdrawn", .neutral),
        ]
    }
}
