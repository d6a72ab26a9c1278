import CampaignStore
import Campaigns

/// How well phones did what they were told, the worst first.
public enum PhoneHealthReport {
    /// Outcomes that speak of trouble with the phone or its line rather than of the person called.
    public static let trouble: [Outcome] = [.phoneRefused, .notSent, .phoneLost, .failedFast]

    /// What was read from the store.
    public struct Facts: Sendable {
        /// By station.
        public var calls: TalliedCalls
        public var time: [StationTimeSum]
        /// Nil where nothing can be compared.
        public var timeBefore: [StationTimeSum]?
        /// Nil where no engine runs, so that nobody knows.
        public var present: [String: PresentState]?
        public var names: CallNames

        /// Facts from their parts.
        public init(
            calls: TalliedCalls, time: [StationTimeSum], timeBefore: [StationTimeSum]? = nil,
            present: [String: PresentState]?, names: CallNames
        ) {
            (self.calls, self.time, self.timeBefore) = (calls, time, timeBefore)
            (self.present, self.names) = (present, names)
        }
    }

    /// Answers a question from a store.
    ///
    /// - Throws: `StoreError`.
    public static func answer(_ question: ReportQuestion, in store: CampaignStore) throws -> Report {
        // What lasts still counts only where an engine notes its end.
        let now = question.isEngineRunning ? question.now : nil
        return report(
            Facts(
                calls: try TalliedCalls(by: [.station], Set(TallyPart.allCases), for: question, in: store),
                time: try store.stationTime(in: question.scope, countingUntil: now),
                timeBefore: try question.comparable.map { try store.stationTime(in: $0, countingUntil: now) },
                present: now == nil ? nil : try store.presentStates(), names: try store.callNames()), for: question)
    }

    /// Shapes the report.
    public static func report(_ facts: Facts, for question: ReportQuestion) -> Report {
        let present = facts.present?.filter { question.scope.station == nil || $0.key == question.scope.station }
        let now = PhoneTrouble(facts.calls.now, facts.time, present: present)
        let before = facts.timeBefore.flatMap { time in
            facts.calls.before.map { PhoneTrouble($0, time, present: nil) }
        }
        var table = now.table
        if question.isCompared, let before {
            table = table.compared(
                with: before.table, keys: ["station"], additive: ["attempts"] + trouble.map(\.rawValue))
        }
        var notes = [
            "The worst come first: by the share of attempts with trouble, or of the time without dialling, whichever is larger.",
            "A DP base cannot show calls that were dialled by hand on its handsets: they are in no report, and count for no cap. "
                + "GXP phones show theirs.",
        ]
        if facts.present == nil {
            notes.append("offhook does not run now, so that nobody knows in which state the phones are.")
        }
        if question.scope.campaigns != nil {
            notes.append("Attempts are of these campaigns; minutes are of all that the station did.")
        }
        return Report(
            name: .phones, title: "Phone health", subtitle: question.subtitle(facts.names),
            figures: now.figures(before: before),
            sections: [
                ReportSection(
                    id: "phones", title: "Stations, the worst first", table: table, chart: now.chart,
                    empty: "No station dialled or was watched in this time; choose an earlier beginning, "
                        + "or look whether there are phones: offhook phones list"),
                ReportSection(
                    id: "time", title: "Time in which stations could not dial", table: now.timeTable,
                    empty: "No station was watched in this time; time counts while offhook runs."),
            ], notes: notes)
    }
}
