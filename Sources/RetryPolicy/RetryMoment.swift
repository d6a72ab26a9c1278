import Campaigns

/// Finds when a contact is due again: after the rule's delay, in the part of the day and on the weekday that the rule asks for,
/// and at a moment at which it may be called, so that it is not dialled in the old part after all when the hours open.
struct RetryMoment {
    /// How far ahead such a moment is looked for.
    static let horizon: Duration = .seconds(14 * 86_400)

    let rule: RetryRule
    let dialledAt: Instant
    let clock: LocalClock
    /// The first instant from one on at which the calling hours are open.
    let opening: (Instant) -> Instant?

    /// The first such moment from an instant on; nil where none comes within the horizon.
    func first(from soonest: Instant) -> Instant? {
        var candidate = soonest
        // Each round leaves a part of the day, a day, or closed hours behind: two weeks have fewer.
        for _ in 0..<200 {
            let moved = leaving(candidate)
            guard let open = opening(moved), open.since(soonest) <= Self.horizon else { return nil }
            if fits(open) { return open }
            candidate = open
        }
        return nil
    }

    /// What the rule asks for, in words.
    var wish: String {
        switch (rule.otherDayPart, rule.otherWeekday) {
        case (true, true): "in another part of the day on another weekday"
        case (true, false): "in another part of the day"
        default: "on another weekday"
        }
    }

    private func fits(_ instant: Instant) -> Bool {
        (!rule.otherDayPart || clock.part(of: instant) != clock.part(of: dialledAt))
            && (!rule.otherWeekday || clock.weekday(of: instant) != clock.weekday(of: dialledAt))
    }

    private func leaving(_ candidate: Instant) -> Instant {
        var moved = candidate
        // Leaving a part of the day can lead into the weekday that is avoided, and the other way round; two rounds settle it.
        for _ in 0..<2 {
            if rule.otherWeekday { moved = clock.leaving(clock.weekday(of: dialledAt), from: moved) }
            if rule.otherDayPart { moved = clock.leaving(clock.part(of: dialledAt), from: moved) }
        }
        return moved
    }
}
