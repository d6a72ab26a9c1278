import CampaignStore
import Campaigns

/// How far lists are worked through, call by call to their contacts, and what is left of them.
public enum PenetrationReport {
    /// What was read from the store.
    public struct Facts: Sendable {
        public var lists: [ListContacts]
        /// By campaign, list and pass.
        public var calls: TalliedCalls
        public var names: CallNames

        /// Facts from their parts.
        public init(lists: [ListContacts], calls: TalliedCalls, names: CallNames) {
            (self.lists, self.calls, self.names) = (lists, calls, names)
        }
    }

    /// Answers a question from a store.
    ///
    /// - Throws: `StoreError`.
    public static func answer(_ question: ReportQuestion, in store: CampaignStore) throws -> Report {
        report(
            Facts(
                lists: try store.listContacts(campaigns: question.scope.campaigns, list: question.scope.list),
                calls: try TalliedCalls(
                    by: [.campaign, .list, .pass], [.counts, .success, .persons], for: question, in: store
                ).filter { $0.group.list != 0 },
                names: try store.callNames()), for: question)
    }

    /// Shapes the report.
    public static func report(_ facts: Facts, for question: ReportQuestion) -> Report {
        let lists = facts.lists.sorted { label($0.list, facts.names) < label($1.list, facts.names) }
        var table = table(lists, facts.calls.now, facts.names)
        if question.isCompared, let before = facts.calls.before {
            // A list without calls then is a row without a pass, which says nothing beside those of now.
            var former = self.table(lists, before, facts.names)
            former.rows.removeAll { $0[3] == .none }
            table = table.compared(
                with: former, keys: ["campaign", "list", "pass"], additive: ["calls", "persons", "successes"])
        }
        return Report(
            name: .penetration, title: "Penetration of lists", subtitle: question.subtitle(facts.names),
            figures: facts.calls.figures,
            sections: [
                ReportSection(
                    id: "penetration", title: "Lists by pass", table: table,
                    chart: chart(lists, facts.calls.now, facts.names),
                    empty: "There are no lists; load one with: offhook import FILE.csv --campaign NAME"),
                ReportSection(
                    id: "states", title: "Where the contacts stand now", table: states(lists, facts.names),
                    empty: "There are no lists; load one with: offhook import FILE.csv --campaign NAME"),
            ],
            notes: [
                "A list is burnt where little is left of it and the contact rate falls from pass to pass.",
                "Contacts and what is left are those of now, calls those of the period.",
            ])
    }

    private struct ListLabel: Hashable, Comparable {
        var campaign: String
        var list: String

        static func < (left: ListLabel, right: ListLabel) -> Bool {
            (left.campaign, left.list) < (right.campaign, right.list)
        }
    }

    private static func label(_ list: Int64, _ names: CallNames) -> ListLabel {
        guard let known = names.lists[list] else {
            return ListLabel(campaign: "none", list: list == 0 ? "none" : "list \(list)")
        }
        return ListLabel(campaign: names.campaign(known.campaign), list: known.name)
    }

    private static func passes(_ parts: [TalliedCalls.Part]) -> [Int64: [(pass: Int64, tally: CallTally)]] {
        Dictionary(grouping: parts) { $0.group.list ?? 0 }.mapValues { parts in
            TalliedCalls.merged(parts) { $0.pass ?? 0 }.map { ($0.label, $0.tally) }.filter { $0.tally.counted > 0 }
        }
    }

    private static func table(_ lists: [ListContacts], _ parts: [TalliedCalls.Part], _ names: CallNames) -> Table {
        let byList = passes(parts)
        let known = Set(lists.map(\.list))
        var rows: [[Cell]] = []
        for list in lists {
            let label = label(list.list, names)
            let start: [Cell] = [.text(label.campaign), .text(label.list), Cell(list.total)]
            let found = byList[list.list] ?? []
            if found.isEmpty {
                rows.append(
                    start + [.none] + HourCells.sums(CallTally()) + [.share(0, of: list.total), Cell(list.left)])
            }
            for (pass, tally) in found {
                rows.append(
                    start + [.integer(pass)] + HourCells.sums(tally)
                        + [.share(tally.counted, of: list.total), Cell(list.left)])
            }
        }
        // Calls by hand, and of lists that were erased, so that the sum is that of all calls.
        for list in byList.keys.sorted() where !known.contains(list) {
            let label = label(list, names)
            for (pass, tally) in byList[list] ?? [] {
                rows.append(
                    [.text(label.campaign), .text(label.list), .none, .integer(pass)] + HourCells.sums(tally)
                        + [.none, .none])
            }
        }
        let total = TalliedCalls.sum(parts)
        let contacts = lists.reduce(0) { $0 + $1.total }
        return Table(
            columns: [
                "campaign", "list", "contacts", "pass", "calls", "persons", "contact_rate", "successes",
                "share_called", "left",
            ], rows: rows,
            totals: [.text("all"), .none, Cell(contacts), .none] + HourCells.sums(total)
                + [.none, Cell(lists.reduce(0) { $0 + $1.left })])
    }

    private static func states(_ lists: [ListContacts], _ names: CallNames) -> Table {
        let columns = ContactState.allCases
        let row = { (start: [Cell], counts: [ContactState: Int]) in
            start + columns.map { Cell(counts[$0] ?? 0) } + [Cell(counts.values.reduce(0, +))]
        }
        var sums: [ContactState: Int] = [:]
        for list in lists { sums.merge(list.byState, uniquingKeysWith: +) }
        return Table(
            columns: ["campaign", "list"] + columns.map(\.rawValue) + ["contacts"],
            rows: lists.map { list in
                let label = label(list.list, names)
                return row([.text(label.campaign), .text(label.list)], list.byState)
            }, totals: row([.text("all"), .none], sums))
    }

    /// The share of each list that was called a first time, a second time and so on.
    private static func chart(
        _ lists: [ListContacts], _ parts: [TalliedCalls.Part], _ names: CallNames
    ) -> ReportChart {
        let byList = passes(parts)
        let shown = lists.filter { $0.total > 0 }
        let numbers = Set(shown.flatMap { (byList[$0.list] ?? []).map(\.pass) }).sorted()
        return ReportChart(
            form: .bars, labels: shown.map { names.list($0.list) },
            series: numbers.map { number in
                ReportChart.Series(
                    name: "pass \(number)",
                    values: shown.map { list in
                        let calls = byList[list.list]?.first { $0.pass == number }?.tally.counted ?? 0
                        return Double(calls) / Double(list.total)
                    })
            }, unit: "contacts called", isShare: true)
    }
}
