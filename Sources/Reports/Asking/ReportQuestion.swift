import CallingRules
import CampaignStore
import Campaigns

/// What somebody wants to know: which report, of when, and of which part of the calls.
public struct ReportQuestion: Sendable, Hashable {
    public var report: ReportName
    /// The stretch of time and the filters.
    public var scope: ReportScope
    /// On whose clock days begin and times are shown.
    public var clock: ZoneClock
    /// How outcomes are told apart.
    public var grouping: ReportGrouping
    /// Only contacts of a region or jurisdiction, such as `US-TX`; nil for all. For reports by hour.
    public var place: String?
    /// Whether each row is set beside the same row of the period before.
    public var isCompared: Bool
    /// When it is asked.
    public var now: Instant
    /// Whether an engine runs now, so that what lasts still counts up to now.
    public var isEngineRunning: Bool

    /// A question from its parts.
    public init(
        _ report: ReportName, scope: ReportScope, clock: ZoneClock, grouping: ReportGrouping = .campaign,
        place: String? = nil, isCompared: Bool = false, now: Instant, isEngineRunning: Bool = false
    ) {
        self.report = report
        self.scope = scope
        self.clock = clock
        self.grouping = grouping
        self.place = place
        self.isCompared = isCompared
        self.now = now
        self.isEngineRunning = isEngineRunning
    }

    /// The stretch before of the same length. By local days where both ends are midnights, so that a clock change in between
    /// shifts nothing.
    public var before: ReportScope {
        let (first, last) = (clock.local(at: scope.from), clock.local(at: scope.to))
        if first.millisecondOfDay == 0, last.millisecondOfDay == 0, last.day > first.day {
            return scope.during(clock.instant(day: first.day - (last.day - first.day), minute: 0), scope.from)
        }
        return scope.during(scope.from - scope.to.since(scope.from), scope.from)
    }
}
