import Campaigns
import RetryPolicy
import Testing

@Suite("Another part of the day, or another weekday, within the calling hours") struct RetryMomentTests {
    /// Tuesday 2026-03-10 10:30 in New York.
    private let dialled = Instant(milliseconds: 1_773_153_000_000)
    private let newYork = LocalClock { _ in -4 * 3600 }
    private let hour = 3600

    /// When hours of the day, in New York, are open: the first instant from one on, on the given days of the week.
    private func opening(
        _ hours: Range<Int>, _ days: Set<Weekday> = Set(Weekday.allCases)
    ) -> (Instant) -> Instant? {
        { [newYork, hour] instant in
            guard !days.isEmpty else { return nil }
            var candidate = instant
            while true {
                let second = (candidate.wholeSeconds - 4 * 3600) % 86_400
                if second >= hours.upperBound * hour {
                    candidate = candidate + .seconds(86_400 - Int(second))
                } else if second < hours.lowerBound * hour {
                    candidate = candidate + .seconds(hours.lowerBound * hour - Int(second))
                } else if !days.contains(newYork.weekday(of: candidate)) {
                    candidate = candidate + .seconds(86_400 - Int(second))
                } else {
                    return candidate
                }
            }
        }
    }

    private func decide(
        _ rule: RetryRule, otherNumber: Bool = false, _ opening: @escaping (Instant) -> Instant?
    ) -> RetryDecision {
        var settings = RetrySettings()
        settings.outcomes[.noAnswer] = rule
        let facts = RetryFacts(
            endedAt: dialled, dialledAt: dialled, outcome: .noAnswer, disposition: nil, sameEnding: 1,
            totalAttempts: 1, undialledInDay: 0, hasOtherNumber: otherNumber)
        return RetryPolicy(settings).decide(facts, clock: newYork, opening: opening)
    }

    private func due(_ rule: RetryRule, _ opening: @escaping (Instant) -> Instant?) -> String? {
        guard case .retry(let at, _) = decide(rule, opening) else { return nil }
        return (at - .seconds(4 * hour)).iso8601
    }

    private static let otherPart = RetryRule(attempts: 3, after: .seconds(4 * 3600), otherDayPart: true)

    @Test("open from 09:00 to 14:00, a morning call is followed by one at noon of the next day, not by another morning")
    func noon() {
        #expect(due(Self.otherPart, opening(9..<14)) == "2026-03-11T12:00:00.000Z")
    }

    @Test("where the delay itself ends in an open hour of another part, that is it")
    func plain() {
        #expect(due(Self.otherPart, opening(9..<20)) == "2026-03-10T14:30:00.000Z")
        // Closed until the evening: the evening is another part too.
        #expect(due(Self.otherPart, opening(18..<20)) == "2026-03-10T18:00:00.000Z")
    }

    @Test("closed days are passed over")
    func closedDays() {
        #expect(due(Self.otherPart, opening(9..<14, [.tuesday, .friday])) == "2026-03-13T12:00:00.000Z")
    }

    @Test("another weekday is one on which it is open, and both wishes are kept together")
    func weekday() {
        let day = RetryRule(attempts: 3, after: .seconds(3600), otherWeekday: true)
        #expect(due(day, opening(9..<14, [.tuesday, .thursday])) == "2026-03-12T09:00:00.000Z")
        let both = RetryRule(attempts: 3, after: .seconds(3600), otherDayPart: true, otherWeekday: true)
        #expect(due(both, opening(9..<14, [.tuesday, .thursday])) == "2026-03-12T12:00:00.000Z")
    }

    @Test("where no such moment comes within two weeks, the plain delay holds and the reason says so")
    func never() {
        for closed in [opening(9..<11), opening(0..<24, []), opening(9..<12, [.tuesday])] {
            guard case .retry(let at, let reason) = decide(Self.otherPart, closed) else {
                Issue.record("must be retried")
                continue
            }
            #expect(at == dialled + .seconds(4 * hour))
            #expect(
                reason.text
                    == "It ended “no answer” (1 of 3); it is called again, not in another part of the day: its calling hours "
                    + "have none within 14 days.")
        }
        let next = RetryRule(attempts: 3, after: .seconds(60), otherWeekday: true, nextNumber: true)
        guard case .nextNumber(let at, let reason) = decide(next, otherNumber: true, opening(9..<11, [.tuesday])) else {
            Issue.record("the next number must follow")
            return
        }
        #expect(at == dialled + .seconds(60))
        #expect(reason.text.contains("next number, not on another weekday"))
    }

    @Test("a rule without such a wish does not ask for the hours")
    func noWish() {
        let plain = RetryRule(attempts: 3, after: .seconds(1200))
        #expect(due(plain, opening(0..<24, [])) == "2026-03-10T10:50:00.000Z")
    }
}
