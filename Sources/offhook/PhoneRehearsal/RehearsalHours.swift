import CallingRules
import Campaigns
import Eligibility

/// When a rehearsal ends for which nobody said it: at the end of the hours of its first day.
struct RehearsalHours: Equatable {
    /// How long a day is rehearsed on which nobody may be called: long enough to see why.
    static let closedSpan: Duration = .seconds(5 * 60)

    let end: Instant
    /// Whether anybody may be called from the start until then.
    let isOpen: Bool

    /// Looks at the hours of the day on which a rehearsal begins.
    ///
    /// - Parameters:
    ///   - start: when it begins.
    ///   - clock: whose day it is; each area's hours are looked at up to the end of the same date on its own clock.
    ///   - areas: where the contacts are.
    init(from start: Instant, on clock: ZoneClock, areas: [Area], under rules: EligibilityRules) {
        let day = clock.local(at: start).day
        let closings = areas.compactMap { area in
            let own = rules.clock(of: area) ?? clock
            // Where that date is over already, the area's own date counts.
            let date = max(day, own.local(at: start).day)
            return Self.lastClosing(
                of: rules.hours(of: area), from: start, until: own.instant(day: date + 1, minute: 0),
                margin: rules.campaign.dial.ringTimeout)
        }
        isOpen = !closings.isEmpty
        end = closings.max() ?? start + Self.closedSpan
    }

    /// The last instant before which calls may begin; nil where they never may.
    private static func lastClosing(
        of hours: CallingHours, from start: Instant, until end: Instant, margin: Duration
    ) -> Instant? {
        var closing: Instant?
        var now = start
        while now < end {
            let next = min(hours.nextEdge(after: now, margin: margin) ?? end, end)
            if hours.verdict(at: now, margin: margin).isAllowed { closing = next }
            now = next
        }
        return closing
    }
}
