import CampaignStore
import Campaigns

/// What agents' time went to, and what came of it.
public enum AgentTimeReport {
    /// What was read from the store.
    public struct Facts: Sendable {
        public var time: [StationTimeSum]
        /// Nil where nothing can be compared.
        public var timeBefore: [StationTimeSum]?
        /// By agent.
        public var calls: TalliedCalls
        public var names: CallNames

        /// Facts from their parts.
        public init(
            time: [StationTimeSum], timeBefore: [StationTimeSum]? = nil, calls: TalliedCalls, names: CallNames
        ) {
            (self.time, self.timeBefore, self.calls, self.names) = (time, timeBefore, calls, names)
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
                time: try store.stationTime(in: question.scope, countingUntil: now),
                timeBefore: try question.comparable.map { try store.stationTime(in: $0, countingUntil: now) },
                calls: try TalliedCalls(by: [.agent], [.counts, .times, .success, .persons], for: question, in: store),
                names: try store.callNames()),
            for: question)
    }

    /// Shapes the report.
    public static func report(_ facts: Facts, for question: ReportQuestion) -> Report {
        let isOfCampaigns = question.scope.campaigns != nil
        let now = Work(facts.time, facts.calls.now, isOfCampaigns: isOfCampaigns)
        let before = facts.timeBefore.flatMap { time in
            facts.calls.before.map { Work(time, $0, isOfCampaigns: isOfCampaigns) }
        }
        var table = now.table
        if question.isCompared, let before {
            table = table.compared(
                with: before.table, keys: ["agent"], additive: ["logged_in_min", "calls", "successes"])
        }
        let pauses = PauseTable(now.time)
        return Report(
            name: .agents, title: "What agents' time went to", subtitle: question.subtitle(facts.names),
            figures: now.figures(before: before),
            sections: [
                ReportSection(
                    id: "agents", title: "Agents", table: table, chart: now.chart,
                    empty: isOfCampaigns
                        ? "No agent had a call of these campaigns in this time; choose an earlier beginning."
                        : "No agent was at a station in this time. Time counts while offhook runs and somebody is logged in "
                            + "at a station; choose an earlier beginning, or leave a filter out."),
                ReportSection(
                    id: "pauses", title: "Pauses by reason", table: pauses.table, chart: pauses.chart,
                    empty: "No agent paused in this time."),
            ], notes: now.notes(isOfCampaigns: isOfCampaigns))
    }
}
