import Campaigns
import Eligibility
import PhoneNumbers
import Testing

@testable import CampaignStore

@Suite("What became of agreed callbacks") struct CallbackPromiseTests {
    private let bench: RuleBench
    private let start: Instant
    private var store: CampaignStore { bench.store }
    private let hour: Duration = .seconds(3600)

    /// Five contacts of whom each agreed to a time: 1, 2, 3, 4 and 5 hours after the start, the fourth with anyone.
    private func agreed() throws -> (id: CampaignID, rules: EligibilityRules) {
        let campaign = try bench.campaign("a")
        try bench.load([[1], [2], [3], [4], [5]], into: campaign.id)
        for hours in 1...5 {
            let due = CallbackTime.at(start + .seconds(Int64(hours) * 3600))
            if hours == 4 {
                try bench.call(campaign, .answered, .callbackAny, callback: due, agent: "bob")
            } else {
                try bench.call(campaign, .answered, .callbackAgent, callback: due, agent: "ada")
            }
        }
        return campaign
    }

    private func scope(_ from: Duration = .zero, _ to: Duration = .seconds(86_400)) -> ReportScope {
        ReportScope(from: start + from, to: start + to)
    }

    private func standings(at now: Instant, in scope: ReportScope? = nil) throws -> [CallbackStanding] {
        try store.callbackPromises(in: scope ?? self.scope(), at: now, limit: 100).map(\.standing)
    }

    init() throws {
        bench = try RuleBench()
        start = bench.now
    }

    @Test("a callback waits until its time, is due for fifteen minutes and then missed, each to the millisecond")
    func uncalled() throws {
        _ = try agreed()
        let due = start + hour
        let first = { (now: Instant) in try standings(at: now).first }
        #expect(try first(due - .milliseconds(1)) == .waiting)
        #expect(try first(due) == .due)
        #expect(try first(due + .seconds(900)) == .due)
        #expect(try first(due + .seconds(900) + .milliseconds(1)) == .missed)
        #expect(try standings(at: due) == [.due, .waiting, .waiting, .waiting, .waiting])
    }

    @Test("a call within fifteen minutes keeps it, a later one is late; one that dialled nothing is none")
    func called() throws {
        let campaign = try agreed()
        bench.now = start + hour + .seconds(600)
        try bench.call(campaign, .phoneRefused, agent: "ada")
        #expect(try standings(at: bench.now).first == .due)
        bench.now = start + hour + .seconds(900)
        try bench.call(campaign, .noAnswer, agent: "ada")
        bench.now = start + hour + hour + .seconds(900) + .milliseconds(1)
        try bench.call(campaign, .answered, .success, agent: "ada")
        let found = try store.callbackPromises(in: scope(), at: bench.now, limit: 100)
        #expect(found.map(\.standing) == [.kept, .late, .waiting, .waiting, .waiting])
        #expect(found[0].calledAt == start + .seconds(4500))
        #expect(found[1].calledAt == bench.now)
        #expect(found[2].calledAt == nil)
        #expect(found.map(\.agent) == ["ada", "ada", "ada", nil, "ada"])
        #expect(found.allSatisfy { $0.agreedAt == start && $0.campaign == campaign.id })
    }

    @Test("another time moves it and stands beside it; a do-not-call entry withdraws it")
    func movedAndWithdrawn() throws {
        let campaign = try agreed()
        let third = try #require(
            try store.attempts(AttemptFilter(), after: nil, limit: 10).first { $0.number == (try? bench.number(3)) })
        bench.now = start + .seconds(60)
        try store.changeDisposition(
            of: AttemptID(third.attempt),
            to: Disposition(code: "X", label: "x", dispositionClass: .callbackAgent),
            callback: .at(start + .seconds(12_600)), by: "eve", rules: campaign.rules, at: bench.now)
        _ = try store.suppress([bench.number(4)], campaign: nil, source: "t", at: bench.now)
        let found = try store.callbackPromises(in: scope(), at: bench.now, limit: 100)
        #expect(found.map(\.dueAt) == [1, 2, 3, 3.5, 4, 5].map { start + .milliseconds(Int64($0 * 3_600_000)) })
        #expect(found.map(\.standing) == [.waiting, .waiting, .moved, .waiting, .withdrawn, .waiting])
        #expect(found[3].agreedAt == bench.now && found[3].agent == "ada")
        #expect(found[2].calledAt == nil)
    }

    @Test("counts say by agent what the list says one by one, of the agent and the campaigns that are asked for")
    func counts() throws {
        let campaign = try agreed()
        let now = start + hour
        #expect(
            Set(try store.callbackCounts(in: scope(), at: now)) == [
                CallbackCount(agent: "ada", standing: .due, callbacks: 1),
                CallbackCount(agent: "ada", standing: .waiting, callbacks: 3),
                CallbackCount(agent: nil, standing: .waiting, callbacks: 1),
            ])
        var narrow = scope()
        narrow.agent = "ada"
        #expect(try store.callbackCounts(in: narrow, at: now).reduce(0) { $0 + $1.callbacks } == 4)
        #expect(try store.callbackPromises(in: narrow, at: now, limit: 9).count == 4)
        narrow.campaigns = [CampaignID(campaign.id.value + 1)]
        #expect(try store.callbackCounts(in: narrow, at: now).isEmpty)
        #expect(try store.callbackPromises(in: narrow, at: now, limit: 9).isEmpty)
    }

    @Test("the stretch is of the agreed times, its end left out, and of too many the earliest go")
    func stretch() throws {
        _ = try agreed()
        let middle = scope(.seconds(7200), .seconds(14_400))
        let found = try store.callbackPromises(in: middle, at: start, limit: 9).map(\.dueAt)
        #expect(found == [start + .seconds(7200), start + .seconds(10_800)])
        #expect(
            try store.callbackPromises(in: scope(), at: start, limit: 2).map(\.dueAt)
                == [start + .seconds(14_400), start + .seconds(18_000)])
    }
}
