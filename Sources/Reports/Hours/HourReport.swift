import CampaignStore
import Campaigns

/// When people answer: contact rate by hour and weekday of the contact's own clock.
public enum HourReport {
    /// What was read from the store.
    public struct Facts: Sendable {
        /// By hour of the contact's week.
        public var calls: TalliedCalls
        public var names: CallNames

        /// Facts from their parts.
        public init(calls: TalliedCalls, names: CallNames) {
            (self.calls, self.names) = (calls, names)
        }
    }

    /// Answers a question from a store.
    ///
    /// - Throws: `ReportMistake` where the place is not one; `StoreError`.
    public static func answer(_ question: ReportQuestion, in store: CampaignStore) throws -> Report {
        var narrowed = question
        if let place = try question.readPlace() {
            let areas = try store.areas().filter { $0.area.region == place || $0.area.jurisdictions.contains(place) }
            narrowed.scope.areas = Set(areas.map(\.id))
        }
        // Of a place no times are kept.
        let parts: Set<TallyPart> = [.counts, .success, .persons]
        return report(
            Facts(
                calls: try TalliedCalls(
                    by: [.localHour], question.place == nil ? parts.union([.times]) : parts, for: narrowed, in: store),
                names: try store.callNames()), for: question)
    }

    /// Shapes the report.
    public static func report(_ facts: Facts, for question: ReportQuestion) -> Report {
        let calls = facts.calls
        let hours = hours(calls.now)
        var table = table(hours)
        if question.isCompared, let before = calls.before {
            table = table.compared(
                with: self.table(self.hours(before)), keys: ["weekday", "hour"],
                additive: ["calls", "persons", "successes"])
        }
        return Report(
            name: .hours, title: "When people answer", subtitle: question.subtitle(facts.names),
            figures: calls.figures,
            sections: [
                ReportSection(
                    id: "hours", title: "Contact rate by hour and weekday of the contact", table: table,
                    chart: chart(hours), empty: question.nothingCalled),
                ReportSection(
                    id: "best", title: "The best hours", table: BestHours.table(hours, most: 10),
                    empty: "No hour has \(BestHours.leastCalls) calls and a person who answered yet."),
            ], notes: hours.isEmpty ? [] : [BestHours.sentence(hours)])
    }

    /// Hours with calls, from Monday on; those of no known clock last.
    private static func hours(_ parts: [TalliedCalls.Part]) -> [(hour: Int64, tally: CallTally)] {
        TalliedCalls.merged(parts) { ($0.localHour ?? -1) < 0 ? Int64.max : $0.localHour ?? -1 }
            .filter { $0.tally.counted > 0 || $0.tally.successes > 0 }
            .map { ($0.label == .max ? -1 : $0.label, $0.tally) }
    }

    private static func table(_ hours: [(hour: Int64, tally: CallTally)]) -> Table {
        let total = hours.reduce(into: CallTally()) { $0.add($1.tally) }
        return Table(
            columns: HourCells.columns, rows: hours.map { HourCells.row($0.hour, $0.tally) },
            totals: [.text("all"), .none] + HourCells.sums(total))
    }

    /// Seven rows of twenty-four.
    private static func chart(_ hours: [(hour: Int64, tally: CallTally)]) -> ReportChart {
        let byHour = Dictionary(uniqueKeysWithValues: hours.map { ($0.hour, $0.tally) })
        return ReportChart(
            form: .heat, labels: (0..<24).compactMap { GroupLabel.hour(Int64($0)) },
            series: Weekday.allCases.map { day in
                ReportChart.Series(
                    name: GroupLabel.weekday(day),
                    values: (0..<24).map { hour in
                        guard let tally = byHour[Int64(day.rawValue * 24 + hour)], tally.counted > 0 else {
                            return nil
                        }
                        return Double(tally.persons) / Double(tally.counted)
                    })
            }, unit: "contact rate", isShare: true)
    }
}
