import Campaigns
import Foundation

/// The wall clock of one IANA zone, right through changes of the clock.
public struct ZoneClock: Sendable, Hashable {
    private let zone: TimeZone
    /// The IANA name.
    public let name: String

    /// The clock of a zone; nil where the name is not known.
    public init?(_ name: String) {
        guard let zone = TimeZone(identifier: name) else { return nil }
        self.zone = zone
        self.name = name
    }

    /// Seconds to add to UTC for local time at an instant.
    public func utcOffset(at instant: Instant) -> Int { zone.secondsFromGMT(for: instant.date) }

    /// Local time at an instant.
    public func local(at instant: Instant) -> LocalTime {
        LocalTime(milliseconds: instant.milliseconds + Int64(utcOffset(at: instant)) * 1000)
    }

    /// The first instant at which local time reads `minute` of `day` or later.
    ///
    /// An hour that does not exist gives the instant of the change; one that comes twice gives its first time.
    public func instant(day: Int64, minute: Int) -> Instant {
        let wall = (day * 1440 + Int64(minute)) * 60_000
        // Offsets lie within 26 hours of each other; the largest one nearby gives the earliest candidate.
        let offsets = [-86_400_000, 0, 86_400_000].map { utcOffset(at: Instant(milliseconds: wall + Int64($0))) }
        let candidates = Set(offsets).map { Instant(milliseconds: wall - Int64($0) * 1000) }.sorted()
        if let exact = candidates.first(where: { local(at: $0).milliseconds == wall }) { return exact }
        guard let earliest = candidates.first, let change = nextChange(after: earliest - .seconds(86_400)) else {
            return candidates.last ?? Instant(milliseconds: wall)
        }
        return change
    }

    /// The next change of the clock after an instant, if there is one.
    public func nextChange(after instant: Instant) -> Instant? {
        zone.nextDaylightSavingTimeTransition(after: instant.date).map { Instant($0) }
    }
}

/// A wall-clock time without a zone.
public struct LocalTime: Sendable, Hashable {
    /// Milliseconds since 1970-01-01 00:00 on the wall clock.
    public let milliseconds: Int64

    /// A time from milliseconds of the wall clock.
    public init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    /// Days since 1970-01-01.
    public var day: Int64 { Int64((Double(milliseconds) / 86_400_000).rounded(.down)) }

    /// The day of the week.
    public var weekday: Weekday { Weekday(daysSince1970: day) }

    /// Milliseconds since midnight.
    public var millisecondOfDay: Int64 { milliseconds - day * 86_400_000 }

    /// Minutes since midnight, 0 to 1439.
    public var minuteOfDay: Int { Int(millisecondOfDay / 60_000) }

    /// Minutes since Monday 00:00, 0 to 10079.
    public var minuteOfWeek: Int { weekday.rawValue * 1440 + minuteOfDay }

    /// `Tue 10:05`.
    public var spoken: String {
        let name = weekday.shortName
        return name.prefix(1).uppercased() + name.dropFirst() + " " + WeeklyWindows.clock(minuteOfDay)
    }
}
