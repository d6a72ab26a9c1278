import Campaigns
import GRDB
import Testing

@testable import CampaignStore

@Suite("Sums for reports") struct RollupTests {
    @Test(
        "whatever is settled, said anew, missed by an agent or erased, the sums say what the attempts say after each step",
        arguments: 0..<UInt64(5))
    func life(seed: UInt64) throws {
        let life = try RollupLife(seed: 7_000 + seed)
        for step in 0..<60 {
            try life.step()
            let found = try life.differences(from: step % 16, by: 16)
            #expect(found.isEmpty, "seed \(seed), step \(step): \(found.prefix(3))")
        }
        for _ in 0..<2 {
            let found = try life.differences()
            #expect(found.isEmpty, "seed \(seed), at the end: \(found.prefix(3))")
        }
        // The bench's calls are real enough for the whole check.
        #expect(try life.bench.store.problems() == [])
        #expect(life.settled.count > 15)
        #expect(try life.attempts() == life.settled.count - life.erased)
    }

    @Test("sums that are added up anew are those that were kept")
    func rebuilt() throws {
        let life = try RollupLife(seed: 1)
        for _ in 0..<40 { try life.step() }
        try life.bench.store.rebuildSums()
        #expect(try life.differences() == [])
    }

    @Test(
        "calls of one list, agent or station are told by sums, in whatever way a report tells them apart",
        arguments: [[], [.campaign], [.list], [.quarterHour], [.localHour], [.station], [.agent]] as [[CallDimension]])
    func filtered(dimensions: [CallDimension]) {
        let parts: Set<TallyPart> = [.counts, .times, .success, .persons]
        let all = ReportScope.always(campaigns: [CampaignID(1)])
        var (ofList, ofAgent, ofStation) = (all, all, all)
        ofList.list = 1
        ofAgent.agent = "ada"
        ofStation.station = "desk-1"
        for scope in [all, ofList, ofAgent, ofStation] {
            #expect(TallyQuery(by: dimensions, in: scope, parts: parts).rollup != nil, "\(scope)")
        }
    }

    @Test("an attempt that is open counts nowhere until it is settled")
    func open() throws {
        let called = try CalledStore()
        let attempt = try called.intend(at: called.now)
        let scope = ReportScope(
            from: Instant(milliseconds: 0), to: Instant(milliseconds: 4_102_444_800_000))
        try called.store.noteAgentAbsent(attempt, at: called.now)
        for readingAttempts in [false, true] {
            #expect(try called.store.callTallies(by: [], in: scope, readingAttempts: readingAttempts).isEmpty)
        }
        let ending = CallEnding(outcome: .noAnswer, endedAt: called.now, ring: nil, talk: nil, evidence: Evidence())
        try called.store.settleAttempt(attempt, ending, disposition: nil, rules: nil, at: called.now)
        #expect(try called.store.callTallies(by: [], in: scope).first?.tally.agentAbsent == 1)
    }

    @Test(
        "the check names sums that were tampered with, and mending them mends it",
        arguments: [
            ("calls_by_list", "UPDATE calls_by_list SET no_answer = no_answer + 1 WHERE span = 0"),
            ("calls_by_list", "UPDATE calls_by_list SET answered_talk_ms = answered_talk_ms + 1 WHERE span = 1"),
            ("calls_by_agent", "DELETE FROM calls_by_agent WHERE span = 1"),
            ("calls_by_agent", "UPDATE calls_by_agent SET station = 't'"),
            ("calls_by_area", "UPDATE calls_by_area SET local_hour = local_hour + 1"),
            ("calls_by_disposition", "UPDATE calls_by_disposition SET disposition = 'SALE' WHERE disposition <> ''"),
            ("calls_by_disposition", "UPDATE calls_by_disposition SET calls = calls + 1 WHERE span = 1"),
            ("list_calls_by_disposition", "UPDATE list_calls_by_disposition SET station = 't' WHERE span = 0"),
            ("list_calls_by_agent", "DELETE FROM list_calls_by_agent WHERE span = 1"),
            ("list_calls_by_hour", "UPDATE list_calls_by_hour SET slot = slot + 1 WHERE span = 0"),
            ("calls_by_agent_and_hour", "UPDATE calls_by_agent_and_hour SET no_answer = 0"),
            ("calls_by_pack", "UPDATE calls_by_pack SET calls = 0 WHERE span = 0"),
            ("calls_by_pass", "UPDATE attempts SET pass = 2 WHERE id = 1"),
            ("calls_by_hour", "UPDATE calls_by_hour SET persons = persons + 1"),
            ("calls_by_agent", "UPDATE attempts SET intended_at = intended_at + 900000 WHERE id = 1"),
        ])
    func tampered(table: String, change: String) throws {
        let called = try CalledStore()
        try called.call(.answered, at: called.now, wrapUp: true)
        try called.call(.noAnswer, at: called.now)
        #expect(try called.store.problems() == [])
        try called.store.pool.writeWithoutTransaction { try $0.execute(sql: change) }
        let named = try called.store.problems().filter { $0.contains(": \(table) ") }
        #expect(named.count == 1, "\(named)")
        #expect(named.first?.contains("--mend-sums") == true)
        try called.store.rebuildSums()
        #expect(try called.store.read { try CallRollups.problems($0) } == [])
    }
}
