import CampaignStore
import Campaigns

/// What agents said of their calls, and how each of them does.
public enum DispositionReport {
    /// What was read from the store.
    public struct Facts: Sendable {
        public var said: [DispositionCount]
        /// Nil where nothing can be compared.
        public var saidBefore: [DispositionCount]?
        /// Calls by agent.
        public var calls: TalliedCalls
        public var names: CallNames

        /// Facts from their parts.
        public init(
            said: [DispositionCount], saidBefore: [DispositionCount]? = nil, calls: TalliedCalls, names: CallNames
        ) {
            (self.said, self.saidBefore, self.calls, self.names) = (said, saidBefore, calls, names)
        }
    }

    /// Answers a question from a store.
    ///
    /// - Throws: `StoreError`.
    public static func answer(_ question: ReportQuestion, in store: CampaignStore) throws -> Report {
        report(
            Facts(
                said: try store.dispositionCounts(in: question.scope),
                saidBefore: question.isCompared
                    ? try question.comparable.map { try store.dispositionCounts(in: $0) } : nil,
                calls: try TalliedCalls(by: [.agent], Set(TallyPart.allCases), for: question, in: store),
                names: try store.callNames()),
            for: question)
    }

    /// Shapes the report.
    public static func report(_ facts: Facts, for question: ReportQuestion) -> Report {
        var table = table(facts.said)
        if question.isCompared, let before = facts.saidBefore {
            table = table.compared(
                with: self.table(before), keys: ["agent", "disposition", "class"], additive: ["calls"])
        }
        return Report(
            name: .dispositions, title: "Dispositions by agent", subtitle: question.subtitle(facts.names),
            figures: facts.calls.figures,
            sections: [
                ReportSection(
                    id: "dispositions", title: "Dispositions by agent", table: table, chart: chart(facts.said),
                    empty: "Nothing was said of a call in this time; agents say it on their desk page, "
                        + "or by: offhook attempt dispose"),
                ReportSection(
                    id: "agents", title: "Agents beside each other",
                    table: AgentCells.table(
                        facts.calls, comparedBy: question.isCompared ? facts.calls.before : nil),
                    chart: AgentCells.chart(facts.calls.now), empty: question.nothingCalled),
            ],
            notes: [
                "A rate of few calls says little: look at the calls beside it before you speak with somebody."
            ])
    }

    private struct Row: Hashable, Comparable {
        var agent: GroupLabel
        var said: DispositionClass
        var code: String

        static func < (left: Row, right: Row) -> Bool {
            if left.agent != right.agent { return left.agent < right.agent }
            if left.said != right.said { return left.order < right.order }
            return left.code < right.code
        }

        private var order: Int { DispositionClass.allCases.firstIndex(of: said) ?? 0 }
    }

    private static func table(_ counts: [DispositionCount]) -> Table {
        var sums: [Row: Int] = [:]
        var ofAgent: [GroupLabel: Int] = [:]
        for count in counts {
            guard let said = count.dispositionClass else { continue }
            let agent = GroupLabel.agent(count.agent)
            sums[Row(agent: agent, said: said, code: count.disposition), default: 0] += count.calls
            ofAgent[agent, default: 0] += count.calls
        }
        let rows = sums.sorted { $0.key < $1.key }.map { row, calls -> [Cell] in
            [
                .text(row.agent.text), row.code.isEmpty ? .none : .text(row.code), .text(row.said.rawValue),
                Cell(calls), .share(calls, of: ofAgent[row.agent] ?? 0),
            ]
        }
        return Table(
            columns: ["agent", "disposition", "class", "calls", "share"], rows: rows,
            totals: [.text("all"), .none, .none, Cell(sums.values.reduce(0, +)), .none])
    }

    private static func chart(_ counts: [DispositionCount]) -> ReportChart {
        let said = counts.filter { $0.dispositionClass != nil }
        let agents = Set(said.map { GroupLabel.agent($0.agent) }).sorted()
        var sums: [GroupLabel: [DispositionClass: Int]] = [:]
        for count in said {
            guard let kind = count.dispositionClass else { continue }
            sums[.agent(count.agent), default: [:]][kind, default: 0] += count.calls
        }
        let present = DispositionClass.allCases.filter { kind in sums.values.contains { $0[kind] != nil } }
        return ReportChart(
            form: .stacked, labels: agents.map(\.text),
            series: present.map { kind in
                ReportChart.Series(name: kind.rawValue, values: agents.map { Double(sums[$0]?[kind] ?? 0) })
            }, unit: "calls")
    }
}
