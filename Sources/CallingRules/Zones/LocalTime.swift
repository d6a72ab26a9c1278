import Campaigns

/// A wall-clock time without a zone.
public struct LocalTime: Sendable, Hashable, Codable {
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

    /// `2026-11-24`.
    public var dayText: String { CivilDate(daysSince1970: day).text }

    /// `2026-11-24 15:30`, as ``init(_:)`` reads it.
    public var text: String { "\(dayText) \(WeeklyWindows.clock(minuteOfDay))" }

    /// Reads `2026-11-24 15:30`, with a blank or a `T`; nil where it is none.
    public init?(_ text: String) {
        let parts = text.split { $0 == " " || $0 == "T" }
        guard parts.count == 2, let date = CivilDate(String(parts[0])),
            let span = WeeklyWindows.spans("\(parts[1])-24:00")?.first
        else { return nil }
        milliseconds = (date.daysSince1970 * 1440 + Int64(span.lowerBound)) * 60_000
    }
}
