import CallingRules
import Campaigns
import Foundation

/// What holds in each area, kept, since a campaign has few areas and many contacts.
public final class AreaRules: Sendable {
    /// The rules of one area, on whatever day and for whatever contact.
    public struct Rules: Sendable {
        /// The rules of packs there, and why they cannot be told.
        public var holding: RuleBook.Holding
        public var packs: [RulePack]
        /// The clocks of every zone that a number there could be in.
        public var clocks: [ZoneClock]
        /// Whether a rule asks something of some contacts and not of others.
        public var dependsOnContact: Bool { holding.entries.contains { $0.rule.dependsOnContact } }
        /// Whether a rule looks at the kind of a number.
        public var dependsOnLine: Bool { holding.entries.contains { !$0.rule.lines.isEmpty } }

        /// Rules of an area from their parts.
        public init(holding: RuleBook.Holding, packs: [RulePack], clocks: [ZoneClock]) {
            self.holding = holding
            self.packs = packs
            self.clocks = clocks
        }

        /// The local days at an instant, by all clocks; by any clock of the world where none is known.
        public func days(at instant: Instant) -> ClosedRange<Int64> {
            let days = clocks.map { $0.local(at: instant).day }
            if let first = days.min(), let last = days.max() { return first...last }
            return Self.anyDays(at: instant)
        }

        /// The local days at an instant, by any clock of the world.
        static func anyDays(at instant: Instant) -> ClosedRange<Int64> {
            let local = { (hours: Int64) in LocalTime(milliseconds: instant.milliseconds + hours * 3_600_000).day }
            return local(-12)...local(14)
        }

        /// When a rule ends that holds now: at the end of its last day, by the clock on which that is latest; nil for never.
        func end(of rule: RulePack.Rule) -> Instant? {
            guard let until = rule.until else { return nil }
            return clocks.map { $0.instant(day: until.daysSince1970 + 1, minute: 0) }.max()
                ?? Instant(milliseconds: (until.daysSince1970 + 1) * 86_400_000 + 12 * 3_600_000)
        }
    }

    /// An area, and which of its rules hold for a contact.
    private struct Case: Hashable {
        var area: Area
        var holds: [Bool]
    }

    private let lock = NSLock()
    nonisolated(unsafe) private var known: [Area: Rules] = [:]
    nonisolated(unsafe) private var hours: [Case: CallingHours] = [:]
    nonisolated(unsafe) private var calendar: HolidayCalendar?

    init() {}

    func rules(of area: Area, _ make: () -> Rules) -> Rules {
        if let rules = lock.withLock({ known[area] }) { return rules }
        let rules = make()
        lock.withLock { known[area] = rules }
        return rules
    }

    /// The hours of an area where some of its rules hold, in their order.
    func hours(of area: Area, where holds: [Bool], _ make: () -> CallingHours) -> CallingHours {
        let key = Case(area: area, holds: holds)
        if let hours = lock.withLock({ hours[key] }) { return hours }
        let made = make()
        lock.withLock { hours[key] = made }
        return made
    }

    /// The campaign's calendar, worked out once.
    func holidays(_ rules: [HolidayRule]) -> HolidayCalendar {
        lock.withLock {
            let made = calendar ?? HolidayCalendar(rules)
            calendar = made
            return made
        }
    }
}
