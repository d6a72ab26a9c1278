import Campaigns

/// When all windows that are read on the clock of one zone are open at once.
///
/// Looked at together: a state may have a dozen dated rules, and most of them say the same of a day.
struct ZoneHours: Sendable {
    let clock: ZoneClock
    private let windows: [WindowInZone]

    /// - Parameter windows: at least one, all on the clock.
    init(clock: ZoneClock, windows: [WindowInZone]) {
        self.clock = clock
        self.windows = windows
    }

    /// Windows by their clocks, in the order in which the clocks come first.
    static func grouped(_ windows: [WindowInZone]) -> [ZoneHours] {
        var groups: [(clock: ZoneClock, windows: [WindowInZone])] = []
        for window in windows {
            if let index = groups.firstIndex(where: { $0.clock == window.clock }) {
                groups[index].windows.append(window)
            } else {
                groups.append((window.clock, [window]))
            }
        }
        return groups.map { ZoneHours(clock: $0.clock, windows: $0.windows) }
    }

    /// The open spans of a local day, in minutes, in order.
    func spans(ofDay day: Int64) -> [Range<Int>] {
        var open = WindowInZone.wholeDay
        for window in windows {
            let spans = window.spans(ofDay: day)
            if spans.isEmpty { return [] }
            if spans == WindowInZone.wholeDay || spans == open { continue }
            open = open == WindowInZone.wholeDay ? spans : Self.common(open, spans)
            if open.isEmpty { return [] }
        }
        return open
    }

    private static func common(_ first: [Range<Int>], _ second: [Range<Int>]) -> [Range<Int>] {
        first.flatMap { span in second.map(span.clamped(to:)).filter { !$0.isEmpty } }
            .sorted { $0.lowerBound < $1.lowerBound }
    }

    /// Whether an instant lies in an open span; its end is not part of a span.
    func isOpen(at instant: Instant) -> Bool {
        let local = clock.local(at: instant)
        let minute = local.minuteOfDay
        return spans(ofDay: local.day).contains { $0.contains(minute) }
    }

    /// Whether a call that rings for up to `margin` from `instant` on stays inside the open hours.
    ///
    /// Hours have whole minutes, so a look at each minute's beginning, at both ends and at a change of the clock sees every gap.
    func isOpen(at instant: Instant, margin: Duration) -> Bool {
        let local = clock.local(at: instant)
        let spans = spans(ofDay: local.day)
        guard let span = spans.first(where: { $0.contains(local.minuteOfDay) }) else { return false }
        let end = instant + margin
        let change = clock.nextChange(after: instant)
        let later = clock.local(at: end)
        if later.day == local.day, span.contains(later.minuteOfDay), change.map({ $0 > end }) ?? true { return true }
        guard isOpen(at: end) else { return false }
        var minute = Instant(milliseconds: (instant.milliseconds / 60_000 + 1) * 60_000)
        while minute < end {
            guard isOpen(at: minute) else { return false }
            minute = minute + .seconds(60)
        }
        guard let change, change <= end else { return true }
        return isOpen(at: change)
    }

    /// The first instant at or after `instant` at which a call with this margin may start, within 370 days, or soon after the last day
    /// on which a rule closes everything; nil if none.
    func nextOpening(from instant: Instant, margin: Duration) -> Instant? {
        if isOpen(at: instant, margin: margin) { return instant }
        let today = clock.local(at: instant).day
        // Days before this one, which may be years of them, need not be looked at one by one.
        guard let firstDay = firstDay(notClosedFrom: today) else { return nil }
        let lastDay = max(today + WindowInZone.horizon, windows.compactMap(\.searchEndDay).max() ?? .min)
        var best: Instant?
        for day in (firstDay == today ? today - 1 : firstDay)...max(firstDay, lastDay) {
            for span in spans(ofDay: day) {
                // An hour that comes twice gives a span two starts.
                for start in clock.instants(day: day, minute: span.lowerBound)
                where start >= instant && isOpen(at: start, margin: margin) {
                    best = min(best ?? start, start)
                }
            }
            if best != nil { break }
        }
        // A change of the clock can put us inside a span without passing its start.
        var change = clock.nextChange(after: instant)
        while let at = change, at < best ?? (instant + .seconds(WindowInZone.horizon * 86_400)) {
            if isOpen(at: at, margin: margin) { return at }
            change = clock.nextChange(after: at)
        }
        return best
    }

    /// The first day from `day` on that no window closes for all of its days; nil where one does so for good.
    private func firstDay(notClosedFrom day: Int64) -> Int64? {
        var first = day
        while let closing = windows.first(where: { $0.isNeverOpen && $0.days.contains(first) }) {
            guard closing.days.upperBound != .max else { return nil }
            first = closing.days.upperBound + 1
        }
        return first
    }
}
