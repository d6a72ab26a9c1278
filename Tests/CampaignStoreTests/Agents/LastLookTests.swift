import Campaigns
import Eligibility
import Testing

@testable import CampaignStore

@Suite("Which call an agent means who names none") struct LastLookTests {
    private let bench: RuleBench
    private let campaign: (id: CampaignID, rules: EligibilityRules)

    init() throws {
        bench = try RuleBench()
        campaign = try bench.campaign("a")
        try bench.load([[1], [2], [3]], into: campaign.id)
        _ = try bench.store.applyDevices(
            try PhonesFile.read(
                "phones:\n  - { name: s, family: gxp, address: 'http://10.0.0.1', passcode: 'x' }\n", file: "p.yaml"),
            at: bench.now)
        try bench.store.setAgent("ada", station: "s", at: bench.now)
    }

    private func begin() throws -> AttemptID {
        let reservation = try #require(try bench.reserve(campaign.id))
        guard case .recorded(let attempt) = try bench.intend(reservation, campaign.rules, agent: "ada") else {
            throw StoreError.refused("denied")
        }
        return attempt
    }

    private func end(_ attempt: AttemptID) throws {
        let ending = CallEnding(outcome: .answered, endedAt: bench.now, ring: nil, talk: nil, evidence: Evidence())
        try bench.store.settleAttempt(attempt, ending, disposition: nil, rules: campaign.rules, at: bench.now)
    }

    private func meant(_ named: AttemptID? = nil) throws -> Int64? {
        try bench.store.attemptMeant(at: "s", named: named, now: bench.now)?.attempt
    }

    @Test("the call that was told of last is meant, over or not; a call that has begun since is refused, and named")
    func begunSince() throws {
        #expect(try meant() == nil)
        let first = try begin()
        #expect(try meant() == first.value, "there is but one")
        try bench.store.noteSeen(first, byAgentAt: "s")
        try end(first)
        #expect(try meant() == first.value)
        let second = try begin()
        let refusal = #expect(throws: StoreError.self) { try meant() }
        let sentence = "\(try #require(refusal))"
        #expect(sentence.contains("--attempt \(first.value)") && sentence.contains("--attempt \(second.value)"))
        #expect(try meant(first) == first.value)
        #expect(try meant(second) == second.value)
        try bench.store.noteSeen(second, byAgentAt: "s")
        #expect(try meant() == second.value)
    }

    @Test("who was told of none is asked where there are two; another agent's call before is not theirs")
    func toldOfNone() throws {
        try end(try begin())
        let second = try begin()
        #expect(throws: StoreError.self) { try meant() }
        try end(second)
        try bench.store.setAgent(nil, station: "s", at: bench.now)
        try bench.store.setAgent("bob", station: "s", at: bench.now)
        let reservation = try #require(try bench.reserve(campaign.id))
        guard case .recorded(let third) = try bench.intend(reservation, campaign.rules, agent: "bob") else {
            Issue.record("it may be called")
            return
        }
        #expect(try meant() == third.value)
    }

    @Test("a named attempt must be one of the station's")
    func named() throws {
        let first = try begin()
        #expect(throws: StoreError.self) {
            try bench.store.attemptMeant(at: "s", named: AttemptID(first.value + 9), now: bench.now)
        }
        #expect(throws: StoreError.self) { try bench.store.attemptMeant(at: "t", now: bench.now) }
    }
}
