import CallingRules
import CampaignStore
import Campaigns
import Foundation
import Reports

/// A report's stretch of time in words, and in the form of date fields.
enum ReportPeriodText {
    /// Such as `1 Nov 2026 to 7 Nov 2026, America/New_York`.
    static func text(of question: ReportQuestion) -> String {
        let (from, to) = (question.scope.from, question.scope.to)
        guard from.milliseconds > 0 else { return "Up to now, \(question.clock.name)" }
        let (first, last) = (day(from, question.clock), day(to - .milliseconds(1), question.clock))
        return first == last
            ? "\(words(first)), \(question.clock.name)" : "\(words(first)) to \(words(last)), \(question.clock.name)"
    }

    /// The first and last day as date fields have them; empty where the stretch has no beginning.
    static func dates(of question: ReportQuestion) -> (first: String, last: String) {
        let (from, to) = (question.scope.from, question.scope.to)
        guard from.milliseconds > 0 else { return ("", "") }
        return (
            stamp(day(from, question.clock), "yyyy-MM-dd"),
            stamp(day(to - .milliseconds(1), question.clock), "yyyy-MM-dd")
        )
    }

    private static func day(_ instant: Instant, _ clock: ZoneClock) -> Int64 { clock.local(at: instant).day }
    private static func words(_ day: Int64) -> String { stamp(day, "d MMM yyyy") }

    private static func stamp(_ day: Int64, _ pattern: String) -> String {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_GB")
        formatter.timeZone = TimeZone(identifier: "UTC")
        formatter.dateFormat = pattern
        return formatter.string(from: Date(timeIntervalSince1970: TimeInterval(day * 86_400)))
    }
}
