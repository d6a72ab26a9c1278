import CallingRules
import CampaignStore
import Campaigns
import Reports

/// What the benchmark asks, of every report.
struct AskedReports {
    /// A question and how the table calls it.
    struct Asked: Sendable {
        var words: String
        var question: ReportQuestion
        /// Whether it has a filter that not every report goes by.
        var mayBeRefused: Bool
    }

    let clock: ZoneClock
    let end: Instant
    let campaign: CampaignID

    /// Days on the clock of the house, up to the last one with calls.
    private func days(_ count: Int64) -> ReportScope {
        let last = clock.local(at: end).day + 1
        return ReportScope(
            from: clock.instant(day: last - count, minute: 0), to: clock.instant(day: last, minute: 0))
    }

    /// The questions of a report: all time, the last month and week, of one campaign, agent, list or station.
    ///
    /// Call detail names every call: of all time that is a file of five million lines, so it is asked for days.
    func questions(_ report: ReportName) -> [Asked] {
        let stretches =
            report == .attempts
            ? [("last day", days(1)), ("last three days", days(3))]
            // What is left is told of one moment.
            : report == .inventory
                ? [("now", days(91))] : [("all time", days(91)), ("last month", days(30)), ("last week", days(7))]
        var found = stretches.map { asked($0.0, report, $0.1) }
        let all = stretches[0].1
        for (words, scope) in Self.filters(all) + [("one campaign", Self.changed(all) { $0.campaigns = [campaign] })] {
            found.append(asked(words, report, scope, mayBeRefused: true))
        }
        if report == .hours {
            for (words, scope) in [("a place", all)] + Self.filters(all).map({ ("\($0), a place", $1) }) {
                found.append(asked(words, report, scope, place: "US-TX"))
            }
        }
        guard report == .outcomes else { return found }
        for grouping in ReportGrouping.allCases where grouping != .campaign {
            found.append(asked("by \(grouping.rawValue)", report, all, by: grouping))
            for (words, scope) in Self.filters(all) {
                found.append(asked("\(words) by \(grouping.rawValue)", report, scope, by: grouping))
            }
        }
        return found
    }

    /// What calls can be narrowed to besides campaigns: each by itself.
    private static func filters(_ scope: ReportScope) -> [(words: String, scope: ReportScope)] {
        [
            ("one agent", changed(scope) { $0.agent = "agent-7" }), ("one list", changed(scope) { $0.list = 7 }),
            ("one station", changed(scope) { $0.station = "desk-7" }),
        ]
    }

    private static func changed(_ scope: ReportScope, _ change: (inout ReportScope) -> Void) -> ReportScope {
        var changed = scope
        change(&changed)
        return changed
    }

    private func asked(
        _ words: String, _ report: ReportName, _ scope: ReportScope, by grouping: ReportGrouping = .campaign,
        place: String? = nil, mayBeRefused: Bool = false
    ) -> Asked {
        var scope = scope
        // A closing report is always of one campaign.
        if report == .closing { scope.campaigns = [campaign] }
        let question = ReportQuestion(
            report, scope: scope, clock: clock, grouping: grouping, place: place, now: end + .seconds(43_200))
        return Asked(words: words, question: question, mayBeRefused: mayBeRefused)
    }
}
