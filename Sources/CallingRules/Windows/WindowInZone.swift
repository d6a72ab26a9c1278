import Campaigns

/// Weekly windows read on the clock of one zone, with where they come from.
public struct WindowInZone: Sendable, Hashable {
    public let windows: WeeklyWindows
    public let clock: ZoneClock
    /// Whose hours these are, for the reason: `the campaign's hours`, `pack us, US-FL`.
    public let source: String

    /// Windows on a clock.
    public init(windows: WeeklyWindows, clock: ZoneClock, source: String) {
        self.windows = windows
        self.clock = clock
        self.source = source
    }

    /// Whether an instant lies in an open span; its end is not part of a span.
    public func isOpen(at instant: Instant) -> Bool {
        let local = clock.local(at: instant)
        let minute = local.minuteOfDay
        return windows.spans[local.weekday]?.contains { $0.contains(minute) } ?? false
    }

    /// Whether a call that rings for up to `margin` from `instant` on stays inside the open hours.
    ///
    /// Both ends of the ring are looked at, and the change of the clock between them if there is one.
    public func isOpen(at instant: Instant, margin: Duration) -> Bool {
        let end = instant + margin
        guard isOpen(at: instant), isOpen(at: end) else { return false }
        guard let change = clock.nextChange(after: instant), change <= end else { return true }
        return isOpen(at: change)
    }

    /// The first instant at or after `instant` at which a call with this margin may start, within 15 days; nil if none.
    public func nextOpening(from instant: Instant, margin: Duration) -> Instant? {
        if isOpen(at: instant, margin: margin) { return instant }
        let today = clock.local(at: instant).day
        var candidates: [Instant] = []
        for day in (today - 1)...(today + 15) {
            for span in windows.spans[Weekday(daysSince1970: day)] ?? [] {
                candidates.append(max(instant, clock.instant(day: day, minute: span.lowerBound)))
            }
        }
        // A change of the clock can put us inside a span without passing its start.
        if let change = clock.nextChange(after: instant) { candidates.append(change) }
        return candidates.sorted().first { $0 >= instant && isOpen(at: $0, margin: margin) }
    }

    /// The first instant after `instant` at which the answer of `isOpen(at:margin:)` can change.
    public func nextEdge(after instant: Instant, margin: Duration) -> Instant? {
        let today = clock.local(at: instant).day
        var edges: [Instant] = []
        for day in (today - 1)...(today + 8) {
            for span in windows.spans[Weekday(daysSince1970: day)] ?? [] {
                edges.append(clock.instant(day: day, minute: span.lowerBound))
                edges.append(clock.instant(day: day, minute: span.upperBound) - margin)
            }
        }
        if let change = clock.nextChange(after: instant) {
            edges.append(change)
            edges.append(change - margin)
        }
        return edges.filter { $0 > instant }.min()
    }
}
