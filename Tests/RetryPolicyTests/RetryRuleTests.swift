import Campaigns
import RetryPolicy
import Testing

@Suite("Delays of a retry") struct RetryRuleTests {
    /// Tuesday 2026-03-10 10:00 in New York.
    private let dialled = Instant(milliseconds: 1_773_151_200_000)
    private let newYork = LocalClock { _ in -4 * 3600 }

    private func facts(_ same: Int = 1, dice: Double = 0, other: Bool = false) -> RetryFacts {
        RetryFacts(
            endedAt: dialled, dialledAt: dialled, outcome: .noAnswer, disposition: nil, sameEnding: same,
            totalAttempts: same, undialledInDay: 0, hasOtherNumber: other, dice: dice)
    }

    private func decide(_ rule: RetryRule, _ facts: RetryFacts, clock: LocalClock? = nil) -> RetryDecision {
        var settings = RetrySettings()
        settings.outcomes[.noAnswer] = rule
        settings.totalAttempts = 100
        return RetryPolicy(settings).decide(facts, clock: clock ?? newYork)
    }

    private func delay(_ rule: RetryRule, _ facts: RetryFacts) -> Duration? {
        switch decide(rule, facts) {
        case .retry(let notBefore, _), .nextNumber(let notBefore, _): notBefore.since(dialled)
        default: nil
        }
    }

    @Test("a growing delay is multiplied with each ending, and stops at the longest")
    func growing() {
        let rule = RetryRule(attempts: 50, after: .seconds(600), growth: 2, longest: .seconds(3600))
        #expect((1...5).map { delay(rule, facts($0)) } == [600, 1200, 2400, 3600, 3600].map { .seconds($0) })
        #expect(delay(RetryRule(attempts: 99, after: .seconds(60), growth: 10), facts(90)) == .seconds(365 * 86_400))
    }

    @Test("a random delay lies within its bounds, wherever the dice fall", arguments: [0, 0.25, 0.5, 0.999_999])
    func random(dice: Double) {
        let rule = RetryRule(attempts: 9, after: .seconds(600), upTo: .seconds(1200))
        let expected: Duration = .milliseconds(Int64(((600 + 600 * dice) * 1000).rounded()))
        #expect(delay(rule, facts(dice: dice)) == expected)
    }

    @Test("another weekday begins at the next midnight of the contact, and another part of the day is kept with it")
    func weekday() {
        let rule = RetryRule(attempts: 9, after: .seconds(3600), otherWeekday: true)
        // From Tuesday 10:00 to Wednesday 00:00 are 14 h.
        #expect(delay(rule, facts()) == .seconds(14 * 3600))
        let both = RetryRule(attempts: 9, after: .seconds(3600), otherDayPart: true, otherWeekday: true)
        #expect(delay(both, facts()) == .seconds(26 * 3600))
        // A week later it is Tuesday again.
        let week = RetryRule(attempts: 9, after: .seconds(7 * 86_400), otherWeekday: true)
        #expect(delay(week, facts()) == .seconds(7 * 86_400 + 14 * 3600))
    }

    @Test("the next number follows where there is one, after the same delay")
    func nextNumber() {
        let rule = RetryRule(attempts: 9, after: .seconds(60), nextNumber: true)
        guard case .nextNumber(let at, _) = decide(rule, facts(other: true)), case .retry = decide(rule, facts()) else {
            Issue.record("the next number, or the same where there is no other")
            return
        }
        #expect(at == dialled + .seconds(60))
    }

    @Test("“stop” ends it after the first attempt")
    func stop() {
        guard case .exhausted = decide(.stop, facts()) else {
            Issue.record("must be exhausted")
            return
        }
    }

    @Test("noon stays noon on the days on which the clock changes")
    func clockChange() throws {
        // New York: 8 March 2026 07:00 UTC forward, 1 November 2026 06:00 UTC back.
        let forward = try #require(Instant(iso8601: "2026-03-08T07:00:00Z"))
        let back = try #require(Instant(iso8601: "2026-11-01T06:00:00Z"))
        let clock = LocalClock { $0 >= forward && $0 < back ? -4 * 3600 : -5 * 3600 }
        for (night, noon) in [
            ("2026-03-08T05:30:00Z", "2026-03-08T16:00:00Z"), ("2026-11-01T04:30:00Z", "2026-11-01T17:00:00Z"),
        ] {
            var facts = facts()
            facts.dialledAt = try #require(Instant(iso8601: night))
            facts.endedAt = facts.dialledAt
            let decision = decide(RetryRule(attempts: 9, after: .seconds(60), otherDayPart: true), facts, clock: clock)
            guard case .retry(let at, _) = decision else {
                Issue.record("must be retried")
                continue
            }
            #expect(at == Instant(iso8601: noon))
        }
    }

    @Test("a callback is due when it was agreed, or after the campaign's pause, never before the call ended")
    func callbacks() {
        let policy = RetryPolicy(RetrySettings())
        var facts = facts()
        facts.outcome = .answered
        facts.disposition = .callbackAgent
        func due() -> Instant? {
            guard case .callback(let at, true, _) = policy.decide(facts, clock: newYork) else { return nil }
            return at
        }
        #expect(due() == dialled + .seconds(3600))
        facts.callbackAt = dialled + .seconds(86_400)
        #expect(due() == dialled + .seconds(86_400))
        facts.callbackAt = dialled - .seconds(60)
        #expect(due() == dialled)
        facts.totalAttempts = 6
        guard case .exhausted = policy.decide(facts, clock: newYork) else {
            Issue.record("no callback beyond the total")
            return
        }
    }

    @Test("a class that usually ends the contact is retried where the campaign says so")
    func otherClasses() {
        var settings = RetrySettings()
        settings.classes[.notInterested] = RetryRule(attempts: 2, after: .seconds(86_400))
        settings.classes[.noneGiven] = RetryRule(attempts: 2, after: .seconds(600))
        for (disposition, after) in [(DispositionClass.notInterested, 86_400), (.noneGiven, 600)] {
            var facts = facts()
            facts.outcome = .answered
            facts.disposition = disposition
            guard case .retry(let at, _) = RetryPolicy(settings).decide(facts, clock: newYork) else {
                Issue.record("\(disposition) must be retried")
                continue
            }
            #expect(at == dialled + .seconds(after))
        }
    }
}
