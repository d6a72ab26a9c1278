import Campaigns
import GRDB
import PhoneNumbers
import Testing

@testable import CampaignStore

@Suite("Calls against do-not-call entries") struct SuppressedCallTests {
    private let bench: RuleBench
    private let start: Instant
    private var store: CampaignStore { bench.store }

    init() throws {
        bench = try RuleBench()
        start = bench.now
    }

    /// Numbers 1 and 2 were called by a at the start.
    private func called() throws -> CampaignID {
        let campaign = try bench.campaign("a")
        try bench.load([[1], [2]], into: campaign.id)
        try bench.call(campaign, .answered, .success)
        try bench.call(campaign, .answered, .success)
        return campaign.id
    }

    private func scope(to: Duration = .seconds(86_400)) -> ReportScope {
        ReportScope(from: start - .seconds(86_400), to: start + to)
    }

    /// No call can be placed against an entry, so its time is written into the database.
    private func move(_ index: Int, to instant: Instant) throws {
        let number = try bench.number(index).digits
        try store.pool.writeWithoutTransaction {
            try $0.execute(
                sql: "UPDATE attempts SET intended_at = ? WHERE number = ?", arguments: [instant.milliseconds, number])
        }
    }

    private func after(_ scope: ReportScope? = nil, most: Int = 100) throws -> [Int] {
        try store.suppressedCalls(in: scope ?? self.scope(), lookingAtMost: most).map(\.callsAfter)
    }

    @Test("a call before its entry is none against it, one a millisecond later is", arguments: [100, 1])
    func order(most: Int) throws {
        _ = try called()
        _ = try store.suppress([bench.number(1), bench.number(2)], campaign: nil, source: "t", at: start)
        #expect(try after(most: most) == [0])
        try move(2, to: start + .milliseconds(1))
        #expect(try after(most: most) == [1])
        // It lies outside of a time that ends before it.
        #expect(try after(scope(to: .milliseconds(1)), most: most) == [0])
    }

    @Test("where a source has more entries than are looked at, only the latest calls are held against it")
    func cut() throws {
        _ = try called()
        _ = try store.suppress([bench.number(1), bench.number(2)], campaign: nil, source: "t", at: start)
        try move(1, to: start + .seconds(1))
        try move(2, to: start + .seconds(2))
        let cut = try #require(try store.suppressedCalls(in: scope(), lookingAtMost: 1).first)
        #expect(cut.callsAfter == 1 && cut.isCut)
        let whole = try #require(try store.suppressedCalls(in: scope(), lookingAtMost: 2).first)
        #expect(whole.callsAfter == 2 && !whole.isCut)
    }

    @Test("entries that ended, of another campaign, or for a call that dialled nothing do not count")
    func others() throws {
        let first = try called()
        let second = try bench.campaign("b").id
        _ = try store.suppress(
            [bench.number(1)], campaign: nil, source: "t", until: start + .seconds(10), at: start)
        _ = try store.suppress([bench.number(2)], campaign: second, source: "t", at: start)
        try move(1, to: start + .seconds(10))
        try move(2, to: start + .seconds(10))
        #expect(try after() == [0, 0])
        try move(1, to: start + .seconds(9))
        #expect(try after() == [1, 0])
        // A manager of the second campaign sees what binds it, and its calls alone.
        var scope = scope()
        scope.campaigns = [second]
        #expect(try after(scope) == [0, 0])
        scope.campaigns = [first]
        #expect(try after(scope) == [1])
        try store.pool.writeWithoutTransaction { try $0.execute(sql: "UPDATE attempts SET outcome = 'phone_refused'") }
        #expect(try after() == [0, 0])
    }

    @Test("a prefix covers all that begins with it, from its own time to its end")
    func prefix() throws {
        _ = try called()
        let prefix = try #require(SuppressionSubject(prefix: "+1212555*"))
        _ = try store.suppress([prefix], campaign: nil, source: "t", until: start + .seconds(20), at: start)
        #expect(try after() == [0])
        try move(1, to: start + .seconds(1))
        try move(2, to: start + .seconds(20))
        #expect(try after() == [1])
    }
}
