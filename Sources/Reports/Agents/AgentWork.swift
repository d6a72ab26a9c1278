import CampaignStore
import Campaigns

extension AgentTimeReport {
    /// Time and calls of the agents of a report, and of nobody.
    struct Work {
        /// Of the agents of the report.
        let time: [StationTimeSum]
        private var spent: [GroupLabel: SpentTime] = [:]
        private var calls: [GroupLabel: CallTally] = [:]
        private var all = SpentTime()
        private var allCalls = CallTally()
        /// Time of stations at which nobody was logged in, in milliseconds.
        private var nobodysTime: Int64 = 0
        private var nobodysCalls = 0

        /// - Parameter isOfCampaigns: only agents who had calls are of interest, since the time is of no campaign.
        init(_ time: [StationTimeSum], _ parts: [TalliedCalls.Part], isOfCampaigns: Bool) {
            for part in parts {
                guard let agent = part.group.agent, !agent.isEmpty else {
                    nobodysCalls += part.tally.counted
                    continue
                }
                calls[.agent(agent), default: CallTally()].add(part.tally)
                allCalls.add(part.tally)
            }
            let calling = Set(parts.compactMap(\.group.agent))
            self.time = time.filter { !$0.agent.isEmpty && (!isOfCampaigns || calling.contains($0.agent)) }
            for sum in self.time {
                spent[.agent(sum.agent), default: SpentTime()].add(sum.milliseconds, in: sum.state)
                all.add(sum.milliseconds, in: sum.state)
            }
            nobodysTime = time.reduce(0) { $0 + ($1.agent.isEmpty ? $1.milliseconds : 0) }
        }

        private var agents: [GroupLabel] { Set(spent.keys).union(calls.keys).sorted() }

        var table: Table {
            Table(
                columns: ["agent", "logged_in_min"] + TimeColumn.allCases.map(\.column) + [
                    "occupancy", "calls", "calls_per_hour", "successes",
                ],
                rows: agents.map { agent in
                    Self.row(agent.text, spent[agent] ?? SpentTime(), calls[agent] ?? CallTally())
                }, totals: Self.row("all", all, allCalls))
        }

        private static func row(_ agent: String, _ time: SpentTime, _ calls: CallTally) -> [Cell] {
            [.text(agent), .minutes(time.total)] + TimeColumn.allCases.map { .minutes(time.by[$0] ?? 0) } + [
                time.occupancy.map(Cell.share) ?? .none, Cell(calls.counted), perHour(calls, time),
                Cell(calls.successes),
            ]
        }

        /// Calls an hour of being logged in; nothing where nobody was.
        private static func perHour(_ calls: CallTally, _ time: SpentTime) -> Cell {
            time.total == 0 ? .none : .decimal(Double(calls.counted) * 3_600_000 / Double(time.total))
        }

        /// Each agent's minutes by what they went to.
        var chart: ReportChart {
            ReportChart(
                form: .stacked, labels: agents.map(\.text),
                series: TimeColumn.allCases.filter { (all.by[$0] ?? 0) > 0 }.map { column in
                    ReportChart.Series(
                        name: column.rawValue,
                        values: agents.map { Double(spent[$0]?.by[column] ?? 0) / 60_000 })
                }, unit: "minutes")
        }

        func figures(before: Work?) -> [ReportFigure] {
            let figure = {
                (column: String, label: String, direction: ReportFigure.Direction, value: (Work) -> Cell) in
                ReportFigure(
                    column: column, label: label, value: value(self), before: before.map(value) ?? .none,
                    direction: direction)
            }
            return [
                figure("logged_in_min", "Logged in, minutes", .neutral) { .minutes($0.all.total) },
                figure("occupancy", "Occupancy", .neutral) { $0.all.occupancy.map(Cell.share) ?? .none },
                figure("paused_min", "Paused, minutes", .neutral) { .minutes($0.all.by[.paused] ?? 0) },
                figure("calls", "Calls", .neutral) { Cell($0.allCalls.counted) },
                figure("calls_per_hour", "Calls an hour", .good) { Self.perHour($0.allCalls, $0.all) },
                figure("successes", "Successes", .good) { Cell($0.allCalls.successes) },
            ]
        }

        func notes(isOfCampaigns: Bool) -> [String] {
            var notes: [String] = []
            if isOfCampaigns {
                notes.append(
                    "Shown are agents who had calls of these campaigns; their time is of all their work, whatever the campaign."
                )
            } else if nobodysTime > 0 {
                notes.append(
                    "\(Cell.minutes(nobodysTime).text) minutes of stations at which nobody was logged in are in no row; "
                        + "offhook report phones shows them.")
            }
            if nobodysCalls > 0 {
                notes.append(
                    "\(nobodysCalls) calls of stations at which nobody was logged in are in no row; "
                        + "offhook report outcomes --by agent shows them.")
            }
            return notes
        }
    }
}
