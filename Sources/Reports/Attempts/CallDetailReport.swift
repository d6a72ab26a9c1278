import CampaignStore
import Campaigns

/// Every call of a question with its details, as the rows of ``AttemptReport``.
public enum CallDetailReport {
    /// Most calls that are shown at once; files have all.
    public static let mostShown = 10_000

    /// Answers a question from a store.
    ///
    /// - Throws: `StoreError`.
    public static func answer(_ question: ReportQuestion, in store: CampaignStore) throws -> Report {
        report(
            try store.newestAttempts(in: question.scope, limit: mostShown + 1),
            calls: try TalliedCalls(by: [], [.counts, .times, .success, .persons], for: question, in: store),
            for: question, try store.callNames())
    }

    /// Shapes the report.
    ///
    /// - Parameters:
    ///   - attempts: the newest first; of more than ``mostShown`` the newest are shown.
    ///   - calls: those of the question that are over, for its figures.
    public static func report(
        _ attempts: [AttemptRow], calls: TalliedCalls, for question: ReportQuestion, _ names: CallNames
    ) -> Report {
        var notes = ["Calls that go on are shown; the figures count those that are over."]
        if attempts.count > mostShown {
            notes.append(
                "Shown are the newest \(mostShown) calls. All of them are in the file: choose CSV on the page, or run "
                    + "offhook report attempts --output calls.csv")
        }
        return Report(
            name: .attempts, title: "Call detail", subtitle: question.subtitle(names), figures: calls.figures,
            sections: [
                ReportSection(
                    id: "attempts", title: "Calls, the newest first",
                    table: Table(
                        columns: AttemptReport.columns, rows: attempts.prefix(mostShown).map(AttemptReport.row)),
                    empty: question.nothingCalled)
            ], notes: notes)
    }
}
