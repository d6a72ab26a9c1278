import CallingRules
import CampaignStore
import Campaigns
import Reports

/// A report's stretch of time as date fields have it.
enum ReportDates {
    /// The first and the last day, such as `2026-11-01`; empty where it has no beginning or no end.
    static func fields(of question: ReportQuestion) -> (first: String, last: String) {
        let (from, to, all) = (question.scope.from, question.scope.to, ReportPeriod.everything)
        let date = { (instant: Instant) in CivilDate(daysSince1970: question.clock.local(at: instant).day).text }
        return (from <= all.from ? "" : date(from), to >= all.to ? "" : date(to - .milliseconds(1)))
    }
}
