import Campaigns

/// Weekly windows read on the clock of one zone, less some holidays, with where they come from.
public struct WindowInZone: Sendable, Hashable {
    /// How far ahead an opening is looked for.
    static let horizon: Int64 = 370

    public let windows: WeeklyWindows
    public let clock: ZoneClock
    /// Local days that are closed whatever the windows say.
    public let holidays: HolidayCalendar
    /// Whose hours these are, for the reason: `the campaign's hours`, `pack us, US-FL`.
    public let source: String
    /// The local days on which the windows hold, as days since 1970; on any other day they close nothing.
    public let days: ClosedRange<Int64>
    /// The spans of each weekday, Monday first: looked up far more often than made.
    private let week: [[Range<Int>]]
    /// A day without limits.
    static let wholeDay = [0..<1440]

    /// Windows on a clock; no holidays by default, and on every day.
    public init(
        windows: WeeklyWindows, clock: ZoneClock, holidays: HolidayCalendar = .none, source: String,
        days: ClosedRange<Int64> = .min ... .max
    ) {
        self.days = days
        self.windows = windows
        self.clock = clock
        self.holidays = holidays
        self.source = source
        week = Weekday.allCases.map { windows.spans[$0] ?? [] }
    }

    /// The open spans of a local day, in minutes.
    func spans(ofDay day: Int64) -> [Range<Int>] {
        guard days.contains(day) else { return Self.wholeDay }
        let spans = week[Weekday(daysSince1970: day).rawValue]
        return spans.isEmpty || holidays.name(ofDay: day) != nil ? [] : spans
    }

    /// Whether they hold on the local day of an instant.
    public func holds(at instant: Instant) -> Bool { days.contains(clock.local(at: instant).day) }

    /// Whether they are open at no time while they hold.
    var isNeverOpen: Bool { windows.spans.isEmpty }

    /// The last day on which they hold; nil where they have no end.
    var lastDay: CivilDate? { days.upperBound == .max ? nil : CivilDate(daysSince1970: days.upperBound) }

    /// The day to which openings are looked for at least: two weeks beyond the last one; nil where there is no end.
    var searchEndDay: Int64? { days.upperBound == .max ? nil : days.upperBound + 14 }

    /// The holiday of a local day that closes it; nil where none does.
    func holiday(on day: Int64) -> String? { days.contains(day) ? holidays.name(ofDay: day) : nil }

    /// Whether an instant lies in an open span; its end is not part of a span.
    public func isOpen(at instant: Instant) -> Bool {
        let local = clock.local(at: instant)
        let minute = local.minuteOfDay
        return spans(ofDay: local.day).contains { $0.contains(minute) }
    }

    /// Whether a call that rings for up to `margin` from `instant` on stays inside the open hours.
    public func isOpen(at instant: Instant, margin: Duration) -> Bool {
        ZoneHours(clock: clock, windows: [self]).isOpen(at: instant, margin: margin)
    }

    /// The first instant after `instant` at which the answer of `isOpen(at:margin:)` can change.
    public func nextEdge(after instant: Instant, margin: Duration) -> Instant? {
        let today = clock.local(at: instant).day
        var edges: [Instant] = []
        for day in (today - 1)...(today + Self.horizon) {
            for span in spans(ofDay: day) {
                edges += clock.instants(day: day, minute: span.lowerBound)
                edges += clock.instants(day: day, minute: span.upperBound).map { $0 - margin }
            }
            if day > today + 1, edges.contains(where: { $0 > instant }) { break }
        }
        if let change = clock.nextChange(after: instant - margin) { edges += [change, change - margin] }
        if let change = clock.nextChange(after: instant) { edges += [change, change - margin] }
        return edges.filter { $0 > instant }.min()
    }
}
