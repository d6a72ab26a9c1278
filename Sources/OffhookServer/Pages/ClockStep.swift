import CallingRules
import Campaigns
import CivilTime

/// A stretch of a wall clock, for scripts that show it: the zone data of a browser may be older than the server's, so scripts are
/// told when clocks change and ask no data of their own.
struct ClockStep: Codable, Sendable, Hashable {
    /// When it begins, ISO 8601 in UTC.
    var from: String
    /// Seconds to add to UTC from then on.
    var utcOffset: Int

    /// How far ahead clocks are told: callbacks are agreed within it.
    static let horizon: Duration = .seconds(2 * 366 * 86_400)

    /// The steps of a clock that hold from the day of an instant on until ``horizon`` after now, in order.
    static func all(of clock: ZoneClock, from first: Instant, now: Instant) -> [ClockStep] {
        var steps: [ClockStep] = []
        // Days have the same steps at each of their moments, so that what is read again is the same.
        var next: Instant? = Instant(milliseconds: first.milliseconds - first.milliseconds % 86_400_000)
        while let from = next, from <= now + horizon {
            steps.append(ClockStep(from: from.iso8601, utcOffset: clock.utcOffset(at: from)))
            next = clock.nextChange(after: from)
        }
        return steps
    }
}
