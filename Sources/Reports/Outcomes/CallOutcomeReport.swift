import CallingRules
import CampaignStore
import Campaigns

/// How calls ended, told apart by campaign, list, day, hour, weekday, station or agent.
public enum CallOutcomeReport {
    /// Up to how many attempts contacts are counted as distinct people: each attempt is looked at for that.
    public static let mostForContacts = 50_000

    /// What was read from the store.
    public struct Facts: Sendable {
        public var calls: TalliedCalls
        public var names: CallNames
        /// Contacts with an attempt of a group and outcome, once each; nil where there are too many attempts to look at.
        public var contacts: [(group: CallGroup, outcome: Outcome, contact: Int64)]?

        /// Facts from their parts.
        public init(
            calls: TalliedCalls, names: CallNames, contacts: [(group: CallGroup, outcome: Outcome, contact: Int64)]?
        ) {
            (self.calls, self.names, self.contacts) = (calls, names, contacts)
        }
    }

    /// What it shows of calls.
    private static let parts: Set<TallyPart> = [.counts, .times, .success, .persons]

    /// Answers a question from a store.
    ///
    /// - Throws: `StoreError`.
    public static func answer(_ question: ReportQuestion, in store: CampaignStore) throws -> Report {
        let calls =
            question.grouping == .day
            ? try TalliedCalls(byDaysFor: question, parts, in: store)
            : try TalliedCalls(by: question.grouping.dimensions, parts, for: question, in: store)
        var facts = Facts(calls: calls, names: try store.callNames(), contacts: nil)
        if calls.total.attempts <= mostForContacts {
            var contacts: [(group: CallGroup, outcome: Outcome, contact: Int64)] = []
            try store.calledContacts(by: question.grouping.dimensions, in: question.scope) {
                contacts.append(($0, $1, $2))
            }
            facts.contacts = contacts
        }
        return report(facts, for: question)
    }

    /// Shapes the report.
    public static func report(_ facts: Facts, for question: ReportQuestion) -> Report {
        let grouping = question.grouping
        let label = { (group: CallGroup) in GroupLabel.of(group, by: grouping, facts.names, on: question.clock) }
        let groups = TalliedCalls.merged(facts.calls.now, by: label)
        var table = table(groups, by: grouping, contacts: facts.contacts.map { counted($0, by: label) })
        if question.isCompared, let before = facts.calls.before, let earlier = question.comparable {
            // The first day is set beside the first day of the period before.
            let days =
                question.clock.local(at: question.scope.from).day - question.clock.local(at: earlier.from).day
            let former = TalliedCalls.merged(before) {
                GroupLabel.of($0, by: grouping, facts.names, on: question.clock, daysLater: days)
            }
            table = table.compared(
                with: self.table(former, by: grouping, contacts: nil), keys: [grouping.rawValue, "outcome"],
                additive: ["attempts"])
        }
        var notes: [String] = []
        if facts.contacts == nil {
            notes.append("Contacts are not counted: that is done for at most \(mostForContacts) attempts.")
        }
        if [.hour, .weekday].contains(grouping) {
            notes.append("Hours and weekdays are those of the contact's clock.")
        }
        return Report(
            name: .outcomes, title: "Outcomes by \(grouping.rawValue)", subtitle: question.subtitle(facts.names),
            figures: facts.calls.figures,
            sections: [
                ReportSection(
                    id: "outcomes", title: "Outcomes by \(grouping.rawValue)", table: table, chart: chart(groups),
                    empty: question.nothingCalled)
            ], notes: notes)
    }

    private static func table(
        _ groups: [(label: GroupLabel, tally: CallTally)], by grouping: ReportGrouping,
        contacts: (byRow: [Key: Int], all: Int)?
    ) -> Table {
        let rows = groups.flatMap { group in
            Outcome.allCases.compactMap { outcome -> [Cell]? in
                guard let attempts = group.tally.calls[outcome] else { return nil }
                let known = contacts.map { $0.byRow[Key(label: group.label, outcome: outcome)] ?? 0 }
                return [.text(group.label.text)]
                    + OutcomeCells.row(outcome, attempts, of: group.tally, contacts: known)
            }
        }
        let total = groups.reduce(into: CallTally()) { $0.add($1.tally) }
        return Table(
            columns: [grouping.rawValue] + OutcomeCells.columns, rows: rows,
            totals: [.text("all")] + OutcomeCells.total(total, contacts: contacts?.all))
    }

    private struct Key: Hashable {
        var label: GroupLabel
        var outcome: Outcome
    }

    private struct Seen: Hashable {
        var key: Key
        var contact: Int64
    }

    private static func counted(
        _ contacts: [(group: CallGroup, outcome: Outcome, contact: Int64)], by label: (CallGroup) -> GroupLabel
    ) -> (byRow: [Key: Int], all: Int) {
        var labels: [CallGroup: GroupLabel] = [:]
        var seen = Set<Seen>(minimumCapacity: contacts.count)
        var people = Set<Int64>()
        var counts: [Key: Int] = [:]
        for entry in contacts {
            let known = labels[entry.group] ?? label(entry.group)
            labels[entry.group] = known
            let key = Key(label: known, outcome: entry.outcome)
            people.insert(entry.contact)
            if seen.insert(Seen(key: key, contact: entry.contact)).inserted { counts[key, default: 0] += 1 }
        }
        return (counts, people.count)
    }

    private static func chart(_ groups: [(label: GroupLabel, tally: CallTally)]) -> ReportChart {
        let present = Outcome.allCases.filter { outcome in groups.contains { $0.tally.calls[outcome] != nil } }
        return ReportChart(
            form: .stacked, labels: groups.map(\.label.text),
            series: present.map { outcome in
                ReportChart.Series(
                    name: outcome.rawValue, values: groups.map { Double($0.tally.calls[outcome] ?? 0) })
            }, unit: "attempts")
    }
}
