import CallingRules
import Campaigns
import Eligibility
import PhoneNumbers
import Testing

@testable import CampaignStore

@Suite("Facts as they were at an instant of the past") struct PastFactsTests {
    let bench: RuleBench
    let campaign: (id: CampaignID, rules: EligibilityRules)
    let start: Instant

    init() throws {
        bench = try RuleBench()
        start = bench.now
        campaign = try bench.campaign("a", "caps: [{ attempts: 1, within: 24h }]\n")
        try bench.load([[1]], into: campaign.id)
    }

    private func history(_ seconds: Int) throws -> ContactHistory {
        let past = start + .seconds(seconds)
        return try #require(try bench.store.contacts(holding: bench.number(1), at: past, asOf: past).first)
    }

    private func verdict(_ history: ContactHistory, _ seconds: Int) -> Verdict {
        Eligibility.evaluate(
            history.facts, under: campaign.rules, at: start + .seconds(seconds), margin: .seconds(25), claimed: false
        ).verdict
    }

    @Test("a call of later does not count, nor does what it did to the contact")
    func laterCall() throws {
        bench.now = start + .seconds(3600)
        try bench.call(campaign, .answered, .success)
        let before = try history(1800)
        #expect(before.state == .ready)
        #expect(before.attempts.isEmpty)
        #expect(before.facts.pastCalls.isEmpty)
        #expect(before.facts.totalAttempts == 0)
        #expect(verdict(before, 1800) == .allowed)
        let after = try history(3601)
        #expect(after.state == .done)
        #expect(after.attempts.count == 1)
        #expect(after.facts.pastCalls.count == 1)
        // Without the past everything counts, whatever the instant that is asked for.
        let plain = try #require(
            try bench.store.contacts(holding: bench.number(1), at: start + .seconds(1800)).first)
        #expect(plain.state == .done)
        #expect(plain.facts.pastCalls.count == 1)
        #expect(plain.asOfToday.isEmpty)
    }

    @Test("a call that was open then was open, whatever came of it; its conversation was not over")
    func openThen() throws {
        guard
            case .recorded(let attempt) = try bench.intend(try #require(try bench.reserve(campaign.id)), campaign.rules)
        else {
            Issue.record("must be recorded")
            return
        }
        let ended = start + .seconds(60)
        let ending = CallEnding(outcome: .answered, endedAt: ended, ring: nil, talk: nil, evidence: Evidence())
        try bench.store.settleAttempt(
            attempt, ending, disposition: Disposition(code: "N", label: "n", dispositionClass: .notInterested),
            rules: campaign.rules, at: ended)
        let then = try history(30)
        #expect(then.state == .inAttempt)
        #expect(then.facts.openAttempt == attempt.value)
        #expect(then.facts.pastCalls.map(\.conversedAt) == [nil])
        #expect(then.facts.pastCalls.map(\.refusedAt) == [nil])
        let later = try history(61)
        #expect(later.facts.openAttempt == nil)
        #expect(later.facts.pastCalls.map(\.conversedAt) == [ended])
    }

    @Test("a do-not-call entry of later does not count, and the contact was not suppressed by it")
    func laterEntry() throws {
        try bench.call(campaign, .noAnswer)
        let due = try #require(try history(1).facts.notBefore)
        bench.now = start + .seconds(7200)
        _ = try bench.store.suppress([bench.number(1)], campaign: nil, source: "t", at: bench.now)
        let before = try history(3600)
        #expect(before.facts.suppressions.isEmpty)
        #expect(before.state == .waitingRetry)
        #expect(before.facts.notBefore == due)
        #expect(try history(7200).facts.suppressions.count == 1)
        #expect(try history(7200).state == .suppressed)
    }

    @Test("entries of a registry's file have no date of their own: they count, and the answer says so")
    func undated() throws {
        bench.now = start + .seconds(7200)
        let number = try bench.number(1)
        _ = try bench.store.loadSuppressions(
            source: "federal", campaign: nil, replace: true, file: "f", sha256: "", at: bench.now
        ) { try $0.add([number.digits]) }
        let before = try history(3600)
        #expect(before.facts.suppressions.count == 1)
        #expect(before.asOfToday.contains("undated do-not-call entries"))
    }

    @Test("between two calls the contact could be called; what it waited for is said to be unknown")
    func between() throws {
        let free = try bench.campaign("free")
        try bench.load([[2]], into: free.id)
        try bench.call(free, .noAnswer)
        bench.now = start + .seconds(5 * 3600)
        try bench.call(free, .answered, .success)
        let past = start + .seconds(3600)
        let then = try #require(try bench.store.contacts(holding: bench.number(2), at: past, asOf: past).first)
        #expect(then.state == .waitingRetry)
        #expect(then.facts.totalAttempts == 1)
        #expect(then.facts.notBefore == nil)
        #expect(then.asOfToday.contains { $0.contains("waited for") })
    }

    @Test("where a person has brought the contact back since, its state is as of today, and is named so")
    func broughtBack() throws {
        try bench.call(campaign, .answered, .success)
        bench.now = start + .seconds(7200)
        _ = try bench.store.reopen(
            history(0).contact, .retry(notBefore: bench.now), by: "eve", rules: campaign.rules, at: bench.now)
        let then = try history(3600)
        #expect(then.asOfToday.contains("the contact's state and waiting time"))
        #expect(then.state == .waitingRetry)
    }

    @Test("a number that an agent called wrong later was alive then")
    func laterDead() throws {
        bench.now = start + .seconds(3600)
        try bench.call(campaign, .answered, .wrongNumber)
        #expect(try !history(1800).facts.numberDead)
        #expect(try history(3600).facts.numberDead)
    }
}
