import CampaignStore
import Campaigns
import Reports

/// Answers questions for a report: the command line, the pages and the interface all ask here.
public enum Reporting {
    /// The answer, from a store that is read only.
    ///
    /// - Throws: `ReportMistake` where a filter does not go with the report; `StoreError`.
    public static func answer(_ question: ReportQuestion, in store: CampaignStore, _ share: ShareData) throws -> Report
    {
        throw ReportMistake("report", "The report \(question.report.rawValue) is not there.")
    }
}
