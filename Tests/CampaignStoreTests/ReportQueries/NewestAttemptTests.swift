import Campaigns
import Eligibility
import Testing

@testable import CampaignStore

@Suite("What reports list") struct NewestAttemptTests {
    private let bench: RuleBench
    private let start: Instant
    private var store: CampaignStore { bench.store }

    init() throws {
        bench = try RuleBench()
        start = bench.now
    }

    private func scope(_ from: Int64 = 0, _ to: Int64 = 86_400) -> ReportScope {
        ReportScope(from: start + .seconds(from), to: start + .seconds(to))
    }

    @Test("attempts come the newest first, open ones too, of the stretch and the filters, at most so many")
    func newest() throws {
        let first = try bench.campaign("a")
        let second = try bench.campaign("b")
        try bench.load([[1], [2], [3]], into: first.id)
        try bench.load([[4]], into: second.id)
        try bench.call(first, .noAnswer, agent: "ada")
        bench.now = start + .seconds(60)
        try bench.call(second, .phoneRefused, agent: "bob")
        bench.now = start + .seconds(120)
        try bench.call(first, .answered, .success, agent: "bob")
        bench.now = start + .seconds(180)
        let reservation = try #require(try bench.reserve(first.id, agent: "ada"))
        _ = try bench.intend(reservation, first.rules, agent: "ada")
        let ids = { (scope: ReportScope, limit: Int) in
            try store.newestAttempts(in: scope, limit: limit).map(\.attempt)
        }
        #expect(try ids(scope(), 10) == [4, 3, 2, 1])
        #expect(try ids(scope(), 2) == [4, 3])
        #expect(try ids(scope(60, 180), 10) == [3, 2])
        for (campaigns, expected) in [
            ([first.id], [4, 3, 1]), ([second.id], [2]), ([first.id, second.id], [4, 3, 2, 1]), ([], []),
        ] as [(Set<CampaignID>, [Int64])] {
            var scope = scope()
            scope.campaigns = campaigns
            #expect(try ids(scope, 10) == expected)
        }
        var narrow = scope()
        narrow.agent = "ada"
        #expect(try ids(narrow, 10) == [4, 1])
        narrow.station = "t"
        #expect(try ids(narrow, 10).isEmpty)
        narrow = scope()
        narrow.list = try store.callNames().lists.values.first { $0.campaign == second.id.value }?.id
        #expect(try ids(narrow, 10) == [2])
        // The file has the same, in the order of the intents.
        var filed: [Int64] = []
        try store.attempts(AttemptFilter(scope())) { filed.append($0.attempt) }
        #expect(filed == [1, 2, 3, 4])
    }

    @Test("the present states are those noted last, until the engine stops")
    func present() throws {
        let note = { (state: StationState, station: String, reason: String?, at: Instant) in
            try store.noteStationState(
                state, was: .unknown, station: station, agent: "ada", campaign: nil, reason: reason, at: at)
        }
        try note(.ready, "s", nil, start)
        try note(.lockedOut, "t", nil, start)
        try note(.paused, "s", "lunch", start + .seconds(5))
        #expect(
            try store.presentStates() == [
                "s": PresentState(state: .paused, reason: "lunch", since: start + .seconds(5)),
                "t": PresentState(state: .lockedOut, reason: "", since: start),
            ])
        try store.endStationTime(at: start + .seconds(9))
        #expect(try store.presentStates().isEmpty)
    }

    @Test("acts are counted in the stretch, its end left out, and by user with the user's tokens")
    func acts() throws {
        for (index, act) in ["a", "b", "a", "a"].enumerated() {
            try store.audit(
                act, by: index == 2 ? "eve (token x)" : "eve", from: "x", at: start + .seconds(Int64(index)))
        }
        let filter = AuditFilter(from: start, until: start + .seconds(3))
        #expect(
            try store.auditCounts(filter) == [AuditCount(act: "a", entries: 2), AuditCount(act: "b", entries: 1)])
        #expect(try store.auditCounts(AuditFilter(user: "eve")).map(\.entries) == [3, 1])
        #expect(try store.auditCounts(AuditFilter(user: "ev")).isEmpty)
        #expect(try store.auditLog(filter, limit: 9).map(\.act) == ["a", "b", "a"])
        #expect(try store.auditLog(filter, before: 3, limit: 1).map(\.id) == [2])
    }
}
