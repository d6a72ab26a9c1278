import CallingRules
import Campaigns
import Eligibility
import Testing

@testable import CampaignStore

@Suite("Attempts by filter and piece") struct AttemptFilterTests {
    let bench: RuleBench

    init() throws {
        bench = try RuleBench()
        for name in ["a", "b"] {
            let campaign = try bench.campaign(name)
            try bench.load(name == "a" ? [[1], [2]] : [[3]], into: campaign.id)
            for _ in 0..<(name == "a" ? 2 : 1) {
                try bench.call(campaign, .answered, .success)
                bench.now = bench.now + .seconds(60)
            }
        }
    }

    private func ids(_ change: (inout AttemptFilter) throws -> Void) throws -> [Int64] {
        var filter = AttemptFilter()
        try change(&filter)
        return try bench.store.attempts(filter, before: nil, limit: 100).map(\.attempt)
    }

    @Test("no campaign at all is another thing than all of them")
    func campaigns() throws {
        #expect(try ids { _ in } == [3, 2, 1])
        #expect(try ids { $0.campaigns = [] } == [])
        let first = try bench.store.campaign(named: "a").id
        #expect(try ids { $0.campaigns = [first] } == [2, 1])
    }

    @Test("pieces meet without a gap and without a repetition, in both directions")
    func pieces() throws {
        let filter = AttemptFilter()
        let latest = try bench.store.attempts(filter, before: nil, limit: 2).map(\.attempt)
        let rest = try bench.store.attempts(filter, before: AttemptID(latest[1]), limit: 2).map(\.attempt)
        #expect(latest + rest == [3, 2, 1])
        let first = try bench.store.attempts(filter, after: nil, limit: 2).map(\.attempt)
        let next = try bench.store.attempts(filter, after: AttemptID(first[1]), limit: 2).map(\.attempt)
        #expect(first + next == [1, 2, 3])
    }

    @Test("what somebody types is a value, never SQL")
    func values() throws {
        #expect(try ids { $0.station = "s' OR 1=1 --" } == [])
        #expect(try ids { $0.disposition = "x\u{0}" } == [])
        #expect(try ids { $0.number = try bench.number(2) } == [2])
    }

    @Test("what was said meanwhile is not overwritten by whoever looked before")
    func meanwhile() throws {
        let rules = try #require(try bench.store.campaigns().first).campaign
        let word = Disposition(code: "Y", label: "y", dispositionClass: .notInterested)
        let change = { (former: SaidOfAttempt) in
            try bench.store.changeDisposition(
                of: AttemptID(1), to: word, note: "n", ifStill: former, by: "eve",
                rules: EligibilityRules(campaign: rules, pack: .none), at: bench.now)
        }
        _ = try change(SaidOfAttempt(disposition: "X", note: nil))
        #expect(throws: StoreError.changedMeanwhile(what: "attempt", name: "1")) {
            try change(SaidOfAttempt(disposition: "X", note: nil))
        }
        _ = try change(SaidOfAttempt(disposition: "Y", note: "n"))
    }
}
