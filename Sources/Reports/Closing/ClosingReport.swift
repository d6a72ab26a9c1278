import CampaignStore
import Campaigns

/// A campaign on one page, for its end: how far its list was brought, how calls ended, when, by whom, and for how much time.
public enum ClosingReport {
    /// What was read from the store.
    public struct Facts: Sendable {
        public var lists: [ListContacts]
        /// Contacts that are suppressed and were never called.
        public var undialable: Int
        /// By list and pass.
        public var byPass: TalliedCalls
        /// By hour of the contact's week.
        public var byHour: TalliedCalls
        public var byAgent: TalliedCalls
        /// Contacts that were connected, and that ended in success, each once; nil where there are too many calls to look at.
        public var reached: ReachedContacts?
        public var names: CallNames

        /// Facts from their parts.
        public init(
            lists: [ListContacts], undialable: Int, byPass: TalliedCalls, byHour: TalliedCalls, byAgent: TalliedCalls,
            reached: ReachedContacts?, names: CallNames
        ) {
            (self.lists, self.undialable, self.byPass) = (lists, undialable, byPass)
            (self.byHour, self.byAgent, self.reached, self.names) = (byHour, byAgent, reached, names)
        }
    }

    /// Answers a question from a store.
    ///
    /// - Throws: `ReportMistake` where no campaign, or more than one, is named; `StoreError`.
    public static func answer(_ question: ReportQuestion, in store: CampaignStore) throws -> Report {
        guard let campaign = question.scope.campaigns?.first, question.scope.campaigns?.count == 1 else {
            throw ReportMistake("campaign", "The closing report is of one campaign; name it with campaign.")
        }
        let byPass = try TalliedCalls(by: [.list, .pass], [.counts, .success, .persons], for: question, in: store)
        let isSmall = byPass.total.attempts <= CallOutcomeReport.mostForContacts
        return report(
            Facts(
                lists: try store.listContacts(campaigns: [campaign]),
                undialable: try store.contactsSuppressedUncalled(in: campaign), byPass: byPass,
                byHour: try TalliedCalls(by: [.localHour], [.counts, .success, .persons], for: question, in: store),
                byAgent: try TalliedCalls(by: [.agent], Set(TallyPart.allCases), for: question, in: store),
                reached: isSmall ? try store.reachedContacts(in: question.scope) : nil,
                names: try store.callNames()), for: question)
    }

    /// Shapes the report.
    public static func report(_ facts: Facts, for question: ReportQuestion) -> Report {
        let total = facts.byAgent.total
        let hours = TalliedCalls.merged(facts.byHour.now) { $0.localHour ?? -1 }.map {
            (hour: $0.label, tally: $0.tally)
        }
        let name = question.scope.campaigns?.first.map { facts.names.campaign($0.value) } ?? ""
        let funnel = ClosingFunnel(facts)
        var notes = hours.isEmpty ? [] : [BestHours.sentence(hours)]
        notes.append(
            "The time between calls is the stations', not a campaign's; the report agents tells it for each agent.")
        if facts.reached == nil {
            notes.append(
                "Contacts that were connected or won are not told apart from calls: that is done for at most "
                    + "\(CallOutcomeReport.mostForContacts) attempts.")
        }
        return Report(
            name: .closing, title: "Closing report of \(name)", subtitle: question.subtitle(facts.names),
            figures: facts.byAgent.figures,
            sections: [
                ReportSection(
                    id: "closing", title: "From the list to success", table: funnel.table, chart: funnel.chart,
                    empty: "The campaign has no contacts; load a list with: offhook import FILE.csv --campaign NAME"),
                ReportSection(
                    id: "outcomes", title: "How calls ended", table: outcomes(total), chart: outcomeChart(total),
                    empty: question.nothingCalled),
                ReportSection(
                    id: "hours", title: "The best hours", table: BestHours.table(hours, most: 10),
                    empty: "No hour has \(BestHours.leastCalls) calls and a person who answered yet."),
                ReportSection(
                    id: "agents", title: "Agents", table: AgentCells.table(facts.byAgent),
                    chart: AgentCells.chart(facts.byAgent.now), empty: question.nothingCalled),
                ReportSection(
                    id: "time", title: "What it cost in time", table: CostOfTime.table(total),
                    chart: CostOfTime.chart(total), empty: question.nothingCalled),
            ], notes: notes)
    }

    private static func outcomes(_ total: CallTally) -> Table {
        let present = Outcome.allCases.filter { total.calls[$0] != nil }
        let columns = OutcomeCells.columns.filter { $0 != "contacts" }
        let index = OutcomeCells.columns.firstIndex(of: "contacts") ?? 0
        let without = { (cells: [Cell]) in Array(cells[..<index] + cells[(index + 1)...]) }
        var totals = without(OutcomeCells.total(total, contacts: nil))
        totals[0] = .text("all")
        return Table(
            columns: columns,
            rows: present.map { without(OutcomeCells.row($0, total.calls[$0] ?? 0, of: total, contacts: nil)) },
            totals: totals)
    }

    private static func outcomeChart(_ total: CallTally) -> ReportChart {
        let present = Outcome.allCases.filter { total.calls[$0] != nil }
        return ReportChart(
            form: .bars, labels: present.map(\.rawValue),
            series: [ReportChart.Series(name: "attempts", values: present.map { Double(total.calls[$0] ?? 0) })],
            unit: "attempts")
    }
}
