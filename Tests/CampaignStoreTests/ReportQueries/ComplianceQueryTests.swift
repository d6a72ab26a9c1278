import CallingRules
import Campaigns
import Eligibility
import PhoneNumbers
import Testing

@testable import CampaignStore

@Suite("What reports of rules read") struct ComplianceQueryTests {
    private let bench: RuleBench
    private var store: CampaignStore { bench.store }

    init() throws { bench = try RuleBench() }

    private func around(_ instant: Instant) -> ReportScope {
        let day: Int64 = 86_400_000
        let midnight = Instant(milliseconds: instant.milliseconds / day * day)
        return ReportScope(from: midnight, to: midnight + .seconds(2 * 86_400))
    }

    @Test("the hours called are those of the contacts' clocks, and only of calls that dialled")
    func hours() throws {
        let campaign = try bench.campaign("a")
        try bench.load([[1], [2], [3]], into: campaign.id)
        let start = bench.now
        // 10:00, 19:59 and 22:00 in New York, four hours behind UTC.
        try bench.call(campaign, .answered, .success)
        bench.now = try #require(Instant(iso8601: "2026-03-10T23:59:00Z"))
        try bench.call(campaign, .answered, .success)
        bench.now = try #require(Instant(iso8601: "2026-03-11T02:00:00Z"))
        try bench.call(campaign, .phoneRefused)
        let area = try #require(try store.areas().first?.id)
        #expect(
            try store.hoursCalled(in: around(start)) == [
                HoursCalled(campaign: campaign.id.value, area: area, earliest: 10, latest: 19, calls: 2, unclocked: 0)
            ])
        var scope = around(start)
        scope.campaigns = [CampaignID(99)]
        #expect(try store.hoursCalled(in: scope).isEmpty)
    }

    @Test("calls are counted by rule pack where they dialled something")
    func packs() throws {
        let campaign = try bench.campaign("a")
        try bench.load([[1], [2]], into: campaign.id)
        try bench.call(campaign, .answered, .success)
        try bench.call(campaign, .notSent)
        for readingAttempts in [false, true] {
            let found = try store.packCounts(in: around(bench.now), readingAttempts: readingAttempts)
            #expect(found.map(\.calls) == [1])
        }
    }

    @Test("a wish takes effect when its entry begins, at the end of wrap-up; one taken off again has no effect")
    func wishes() throws {
        let campaign = try bench.campaign("a")
        try bench.load([[1], [2], [3]], into: campaign.id)
        let start = bench.now
        // The agent needs 12 s to say it.
        let reservation = try #require(try bench.reserve(campaign.id, agent: "ada"))
        guard case .recorded(let attempt) = try bench.intend(reservation, campaign.rules, agent: "ada") else {
            Issue.record("the intent was denied")
            return
        }
        try store.noteSeen(attempt, line: 1, at: start)
        try store.noteConnected(attempt, line: 1, at: start)
        let ending = CallEnding(
            outcome: .answered, endedAt: start + .seconds(30), ring: nil, talk: nil, evidence: Evidence())
        try store.beginWrapUp(attempt, ending, until: start + .seconds(50), at: start + .seconds(30))
        try store.settleAttempt(
            attempt, nil, disposition: Disposition(code: "DNC", label: "", dispositionClass: .doNotCall),
            rules: campaign.rules, at: start + .seconds(42))
        bench.now = start + .seconds(60)
        try bench.call(campaign, .answered, .notInterested)
        bench.now = start + .seconds(120)
        try bench.call(campaign, .answered, .doNotCall)
        _ = try store.unsuppress(bench.number(3), campaign: nil, at: bench.now)
        let found = try store.doNotCallWishes(in: around(start), at: bench.now, limit: 10)
        #expect(found.map(\.attempt.number) == [try bench.number(3), try bench.number(1)])
        #expect(found.map(\.effectiveAt) == [nil, start + .seconds(42)])
        #expect(found[1].attempt.endedAt == start + .seconds(30))
        #expect(try store.doNotCallWishes(in: around(start), at: bench.now, limit: 1).count == 1)
    }
}
