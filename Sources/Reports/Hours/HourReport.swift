import CampaignStore
import Campaigns

/// When people answer: contact rate by hour and weekday of the contact's own clock.
public enum HourReport {
    /// What was read from the store.
    public struct Facts: Sendable {
        /// By hour of the contact's week, and by area where a place is asked for.
        public var calls: TalliedCalls
        /// Where the areas are that numbers were put in; needed for a place only.
        public var areas: [Int64: Area]
        public var names: CallNames

        /// Facts from their parts.
        public init(calls: TalliedCalls, areas: [Int64: Area] = [:], names: CallNames) {
            (self.calls, self.areas, self.names) = (calls, areas, names)
        }
    }

    /// Answers a question from a store.
    ///
    /// - Throws: `ReportMistake` where the place is not one; `StoreError`.
    public static func answer(_ question: ReportQuestion, in store: CampaignStore) throws -> Report {
        let place = try question.readPlace()
        let areas = place == nil ? [] : try store.areas()
        return report(
            Facts(
                calls: try TalliedCalls(
                    by: place == nil ? [.localHour] : [.area, .localHour],
                    place == nil ? [.counts, .times, .success, .persons] : [.counts, .success, .persons],
                    for: question, in: store),
                areas: Dictionary(uniqueKeysWithValues: areas.map { ($0.id, $0.area) }),
                names: try store.callNames()), for: question, place: place)
    }

    /// Shapes the report.
    ///
    /// - Parameter place: a region or jurisdiction as areas have it; nil for all.
    public static func report(_ facts: Facts, for question: ReportQuestion, place: String?) -> Report {
        var calls = facts.calls
        if let place {
            let inside = { (part: TalliedCalls.Part) in
                let area = part.group.area.flatMap { facts.areas[$0] }
                return area?.region == place || area?.jurisdiction == place
            }
            calls = calls.filter(inside)
        }
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
