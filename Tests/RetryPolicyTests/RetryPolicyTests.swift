import Campaigns
import RetryPolicy
import Testing

@Suite("Retry policy") struct RetryPolicyTests {
    /// 2026-03-10 10:00 in New York.
    private let dialled = Instant(milliseconds: 1_773_151_200_000)

    private func facts(
        _ outcome: Outcome, _ disposition: DispositionClass? = nil, same: Int = 1, total: Int = 1, undialled: Int = 1,
        otherNumber: Bool = false
    ) -> RetryFacts {
        RetryFacts(
            endedAt: dialled + .seconds(30), dialledAt: dialled, outcome: outcome, disposition: disposition,
            sameEnding: same, totalAttempts: total, undialledInDay: undialled, hasOtherNumber: otherNumber)
    }

    private let newYork = LocalClock { _ in -4 * 3600 }

    private func decide(_ facts: RetryFacts) -> RetryDecision {
        RetryPolicy(RetrySettings()).decide(facts, clock: newYork)
    }

    /// Attempts that the design's defaults allow, and the least delay in seconds.
    static let defaults: [(Outcome, Int, Int)] = [
        (.shortAnswer, 2, 86_400), (.noAnswer, 3, 14_400), (.busyOrRejected, 3, 1200), (.failedFast, 2, 3600),
        (.agentCancelled, 3, 1200), (.phoneLost, 2, 86_400), (.unknown, 2, 86_400),
    ]

    @Test("each outcome is tried as often, and as late, as the defaults say", arguments: defaults)
    func defaultRules(outcome: Outcome, attempts: Int, after: Int) {
        for same in 1..<attempts {
            guard case .retry(let notBefore, _) = decide(facts(outcome, same: same, total: same)) else {
                Issue.record("\(outcome) must be retried after attempt \(same)")
                continue
            }
            #expect(notBefore >= dialled + .seconds(30 + after))
        }
        guard case .exhausted = decide(facts(outcome, same: attempts, total: attempts)) else {
            Issue.record("\(outcome) must be exhausted after \(attempts)")
            return
        }
    }

    @Test("an answered call without a word from the agent is done")
    func answered() {
        guard case .done = decide(facts(.answered, .noneGiven)) else {
            Issue.record("answered must be done")
            return
        }
    }

    @Test("the total of attempts ends it, whatever the outcome allows")
    func total() {
        guard case .exhausted(let reason) = decide(facts(.noAnswer, same: 1, total: 6)) else {
            Issue.record("six attempts must exhaust")
            return
        }
        #expect(reason.code == "total_attempts_used_up")
    }

    @Test("no answer in the morning is tried in another part of the day")
    func otherDayPart() {
        // 08:30 + 4 h is 12:30 already; 07:00 + 4 h is 11:00, still morning, so noon.
        var early = facts(.noAnswer)
        early.dialledAt = dialled - .seconds(3 * 3600)
        early.endedAt = early.dialledAt
        #expect(decide(early) == .retry(notBefore: dialled + .seconds(2 * 3600), decide(early).reason))
    }

    @Test("what dialled nothing is tried after a minute, and rests for a day after five times")
    func nothingDialled() {
        for outcome in [Outcome.phoneRefused, .notSent] {
            guard case .asBefore(let soon, _) = decide(facts(outcome, undialled: 4)),
                case .asBefore(let later, _) = decide(facts(outcome, undialled: 5))
            else {
                Issue.record("\(outcome) must leave the contact as before")
                continue
            }
            #expect(soon == dialled + .seconds(90))
            #expect(later == dialled + .seconds(30 + 86_400))
        }
    }

    @Test("a disposition beats the outcome, and every class has its consequence", arguments: DispositionClass.allCases)
    func dispositions(disposition: DispositionClass) {
        let alone = decide(facts(.shortAnswer, disposition))
        switch (disposition, alone) {
        case (.success, .done), (.notInterested, .done), (.other, .done), (.wrongPerson, .done),
            (.doNotCall, .suppress), (.callbackAgent, .callback(_, true, _)), (.callbackAny, .callback(_, false, _)),
            (.wrongNumber, .done), (.disconnectedNumber, .done), (.machine, .retry), (.busyTone, .retry),
            (.noAnswer, .retry), (.noneGiven, .retry):
            break
        default: Issue.record("\(disposition) gave \(alone)")
        }
    }

    @Test(
        "a dead number leads to the contact's next one", arguments: [DispositionClass.wrongNumber, .disconnectedNumber])
    func deadNumber(disposition: DispositionClass) {
        guard case .nextNumber = decide(facts(.answered, disposition, otherNumber: true)) else {
            Issue.record("the next number must follow")
            return
        }
    }

    @Test("the parts of the day begin at 12:00 and 17:00")
    func parts() {
        #expect(
            [0, 11, 12, 16, 17, 23].map { DayPart(hour: $0) } == [
                .morning, .morning, .afternoon, .afternoon, .evening, .evening,
            ])
    }
}
