import Campaigns
import Eligibility
import Foundation
import GRDB
import PhoneNumbers
import RetryPolicy
import Testing

@testable import CampaignStore

@Suite("Retention for everybody") struct RetentionSweepTests {
    private let bench: RuleBench
    private let start: Instant

    init() throws {
        bench = try RuleBench()
        start = bench.now
    }

    private func days(_ count: Int64) -> Duration { .seconds(count * 86_400) }

    /// Runs a whole sweep.
    @discardableResult
    private func sweep(
        _ campaigns: [(id: CampaignID, rules: EligibilityRules)], isDryRun: Bool = false
    ) throws -> RetentionSweep {
        var sweep = try RetentionSweep(
            of: bench.store, memory: CallMemory(of: campaigns.map(\.rules)), isDryRun: isDryRun, at: bench.now)
        while try sweep.runSlice(on: bench.store, at: bench.now) {}
        return sweep
    }

    private func count(_ sql: String) throws -> Int {
        try bench.store.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM \(sql)") ?? 0 }
    }

    /// Sums by campaign, day and outcome, as reports read them.
    private func sums() throws -> [String] {
        try bench.store.read { database in
            try CallRollup.all.flatMap { rollup in
                try Row.fetchAll(database, sql: "SELECT * FROM \(rollup.table)").map { "\(rollup.table) \($0)" }
                    .sorted()
            }
        }
    }

    @Test(
        "calls that are old enough go, with no sum of a report, no count of attempts and no check being the worse for it"
    )
    func calls() throws {
        let campaign = try bench.campaign(
            "a", "retention: { calls: 30d, notes: 1d }\nretry: { no_answer: { attempts: 1 } }\n")
        try bench.load((1...6).map { [$0] }, into: campaign.id)
        for _ in 0..<3 {
            try bench.call(campaign, .noAnswer)
            bench.now = bench.now + .seconds(3600)
        }
        bench.now = start + days(10)
        try bench.call(campaign, .noAnswer)
        let (before, made) = (try sums(), try count("contacts WHERE attempts_made = 1"))
        bench.now = start + days(31)
        #expect(try sweep([campaign], isDryRun: true).removed[.calls] == 3)
        #expect(try count("attempts") == 4)
        #expect(try sweep([campaign]).removed[.calls] == 3)
        #expect(try count("attempts") == 1)
        #expect(try sums() == before)
        #expect(try count("contacts WHERE attempts_made = 1") == made)
        #expect(try bench.store.problems() == [])
        #expect(try bench.store.replayJournal().differences == [])
        // To add up anew what can be added up changes nothing, and repairs what is wrong in days that are whole.
        try bench.store.rebuildSums()
        #expect(try sums() == before)
        try bench.store.write {
            try $0.execute(
                sql:
                    "UPDATE calls_by_list SET no_answer = no_answer + 1 WHERE slot * iif(span = 0, 900000, 86400000) > \((start + days(5)).milliseconds)"
            )
        }
        #expect(try bench.store.sumProblems() != [])
        try bench.store.rebuildSums()
        #expect(try sums() == before)
        #expect(try sweep([campaign]).removed[.calls] == 0)
    }

    @Test("no call goes of a contact that is not finished, that is open, or that a rule may still look at")
    func kept() throws {
        let short = try bench.campaign("a", "retention: { calls: 1d }\n")
        let long = try bench.campaign("b", "caps: [{ attempts: 1, within: 40d }]\nretention: { calls: 1d }\n")
        try bench.load([[1], [2]], into: short.id)
        try bench.load([[3]], into: long.id)
        try bench.call(short, .noAnswer)
        try bench.call(short, .answered, .notInterested)
        try bench.call(long, .answered, .notInterested)
        bench.now = start + days(39)
        #expect(try sweep([short, long]).removed[.calls] == 0)
        bench.now = start + days(41)
        // The contact that waits for its retry keeps its call however old it is.
        #expect(try sweep([short, long]).removed[.calls] == 2)
        #expect(try count("attempts WHERE outcome = 'no_answer'") == 1)
        #expect(try bench.store.problems() == [])
    }

    @Test("a rule that looks back for ever keeps all calls, and the sweep says which")
    func endless() throws {
        let campaign = try bench.campaign("a", "caps: [{ attempts: 5, within: ever }]\nretention: { calls: 1d }\n")
        try bench.load([[1]], into: campaign.id)
        try bench.call(campaign, .answered, .notInterested)
        bench.now = start + days(4000)
        let swept = try sweep([campaign])
        #expect(swept.removed[.calls] == nil)
        #expect(swept.keepsCalls?.contains("for ever") == true)
        #expect(try bench.store.retentionReport()?.keepsCalls == swept.keepsCalls)
        var unknown = try RetentionSweep(of: bench.store, memory: nil, at: bench.now)
        while try unknown.runSlice(on: bench.store, at: bench.now) {}
        #expect(try count("attempts") == 1)
    }

    @Test("a contact that is brought back was called as often as before its calls went")
    func total() throws {
        let campaign = try bench.campaign(
            "a", "retention: { calls: 1d }\nretry: { total_attempts: 2, no_answer: { attempts: 2, after: 1h } }\n")
        try bench.load([[1]], into: campaign.id)
        try bench.call(campaign, .answered, .notInterested)
        bench.now = start + days(3)
        #expect(try sweep([campaign]).removed[.calls] == 1)
        let contact = try #require(try bench.store.cards(holding: bench.number(1), campaign: campaign.id).first).contact
        _ = try bench.store.reopen(
            contact, .retry(notBefore: bench.now), by: nil, rules: campaign.rules, at: bench.now)
        bench.now = bench.now + .seconds(1)
        // The second call is the last of two.
        let decision = try #require(try bench.call(campaign, .noAnswer))
        guard case .exhausted = decision else {
            Issue.record("\(decision)")
            return
        }
        let passes = try bench.store.read { try Int.fetchAll($0, sql: "SELECT pass FROM attempts") }
        #expect(passes == [2])
        #expect(try bench.store.problems() == [])
    }

    @Test("notes go before their calls, and what is younger stays")
    func notes() throws {
        let campaign = try bench.campaign("a", "retention: { notes: 30d }\n")
        try bench.load([[1], [2]], into: campaign.id)
        for _ in 0..<2 {
            let reservation = try #require(try bench.reserve(campaign.id))
            guard case .recorded(let attempt) = try bench.intend(reservation, campaign.rules) else { return }
            try bench.store.settleAttempt(
                attempt, CallEnding(outcome: .noAnswer, endedAt: bench.now, ring: nil, talk: nil, evidence: Evidence()),
                disposition: nil, note: "a note", rules: campaign.rules, at: bench.now)
            bench.now = bench.now + days(20)
        }
        #expect(try sweep([campaign]).removed[.notes] == 1)
        #expect(try count("attempts WHERE note IS NOT NULL") == 1)
        #expect(try count("attempts") == 2)
        #expect(try KeepingBench.files(of: bench.store, holding: "a note") != [])
    }

    @Test("texts and actors of old events go, and nothing that the replay needs; the journal counts on without a gap")
    func journal() throws {
        let campaign = try bench.campaign("a")
        try bench.load([[1]], into: campaign.id)
        try bench.store.recordEvent("station_paused", detail: "Lunch with Ada", at: bench.now)
        try bench.call(campaign, .noAnswer, agent: "eve")
        let last = try bench.store.lastJournalNumber()
        bench.now = start + days(731)
        try bench.store.recordEvent("station_paused", detail: "Lunch with Bob", at: bench.now)
        #expect(try #require(try sweep([campaign]).removed[.journalDetails]) > 0)
        let texts = try bench.store.journal().compactMap(\.detail)
        #expect(!texts.contains("Lunch with Ada"))
        #expect(texts.contains("Lunch with Bob"))
        #expect(try count("journal WHERE seq <= \(last) AND agent IS NOT NULL") == 0)
        #expect(try bench.store.problems() == [])
        #expect(try bench.store.replayJournal().differences == [])
        #expect(throws: DatabaseError.self) {
            try bench.store.write {
                try $0.execute(sql: "UPDATE journal SET detail = NULL WHERE detail = 'Lunch with Bob'")
            }
        }
    }

    @Test("the audit log goes from its old end and no further, and cannot be shortened otherwise")
    func audit() throws {
        for day in [0, 1000, 2000] as [Int64] {
            try bench.store.audit("login", by: "ada", from: "x", at: start + days(day))
        }
        bench.now = start + days(2000)
        #expect(try sweep([]).removed[.audit] == 1)
        #expect(try bench.store.auditLog().map(\.id) == [3, 2])
        #expect(throws: DatabaseError.self) {
            try bench.store.write { try $0.execute(sql: "DELETE FROM audit WHERE id = 2") }
        }
    }

    @Test("rows, deliveries, observed calls, sessions, links and requests go by their own periods")
    func others() throws {
        let campaign = try bench.campaign("a")
        _ = try bench.store.importList(campaign: campaign.id, list: "l", file: "l", sha256: "", options: "", at: start)
        {
            for row in 1...300 {
                try $0.quarantine(NewQuarantinedRow(row: row, line: row, raw: "x;\(row)", reason: "y"))
            }
        }
        let hook = try bench.store.addWebhook(
            campaign: campaign.id, url: "https://example.com/", secret: "s", events: [], at: start)
        let user = try bench.store.addUser(
            UserSettings(name: "ada", displayName: "Ada", role: .agent), at: start)
        let at = start.milliseconds
        try bench.store.write { database in
            try database.execute(
                sql: """
                    INSERT INTO webhook_deliveries (webhook_id, seq, state, next_at) VALUES (\(hook.id), 1, 'delivered', 1),
                        (\(hook.id), 2, 'waiting', 1);
                    INSERT INTO observed_calls (station, line, direction, number, started_at, ended_at)
                    VALUES ('s', 1, 'incoming', 12125550101, \(at), \(at));
                    INSERT INTO sessions (token_hash, user_id, csrf_token, created_at, last_seen_at, expires_at, address)
                    VALUES (x'01', \(user.id.value), '', \(at), \(at), \(at), ''),
                        (x'02', \(user.id.value), '', \(at), \(at), \(at + 400 * 86_400_000 * 10), '');
                    INSERT INTO one_time_links VALUES (x'01', 'setup', NULL, \(at), \(at), NULL);
                    INSERT INTO agent_requests (station, request, at, answered_at) VALUES ('s', 'take', \(at), \(at));
                    INSERT INTO import_updates (import_id, contact_id, name, fields) VALUES (1, 1, 'Ada', '[]');
                    """)
        }
        bench.now = start + days(2)
        #expect(
            try sweep([campaign]).removed.filter { $0.value > 0 } == [
                .sessions: 1, .links: 1, .agentRequests: 1, .importUpdates: 1,
            ])
        bench.now = start + days(31)
        #expect(try sweep([campaign]).removed.filter { $0.value > 0 } == [.deliveries: 1])
        bench.now = start + days(91)
        #expect(try sweep([campaign]).removed.filter { $0.value > 0 } == [.quarantinedRows: 300])
        #expect(
            try bench.store.journal().contains { $0.event == "retention_swept" && $0.detail == "quarantined_rows 300" })
        bench.now = start + days(1827)
        #expect(try sweep([campaign]).removed[.observedCalls] == 1)
        #expect(try count("webhook_deliveries WHERE state = 'waiting'") == 1)
        #expect(try count("sessions") == 1)
        let report = try #require(try bench.store.retentionReport())
        #expect(report.text.contains("1 observed calls"))
        #expect(try bench.store.problems() == [])
    }

    @Test("each slice is one short transaction: it looks at some 200 rows, and others write between two")
    func slices() throws {
        let campaign = try bench.campaign("a", "retention: { calls: 1d }\n")
        try bench.load((1...450).map { [$0 * 3] }, into: campaign.id)
        for _ in 0..<450 { try bench.call(campaign, .answered, .notInterested) }
        bench.now = start + days(3)
        let other = try CampaignStore(path: bench.store.path)
        other.waitForOthers(atMost: .zero)
        var sweep = try RetentionSweep(
            of: bench.store, memory: CallMemory(of: [campaign.rules]), at: bench.now)
        var steps: [Int] = []
        var isMore = true
        while isMore {
            let before = sweep.removed[.calls] ?? 0
            isMore = try sweep.runSlice(on: bench.store, at: bench.now)
            steps.append((sweep.removed[.calls] ?? 0) - before)
            try other.recordEvent("x", detail: "", at: bench.now)
        }
        #expect(steps.filter { $0 > 0 } == [200, 200, 50])
        #expect(try bench.store.replayJournal().differences == [])
        #expect(try bench.store.problems() == [])
    }

    @Test(
        "periods that are set hold for campaigns that say nothing, and impossible ones are refused with what can be set"
    )
    func periods() throws {
        try bench.store.setRetention(.calls, to: days(400))
        let plain = try bench.campaign("a")
        let own = try bench.campaign("b", "retention: { calls: 2d }\n")
        try bench.load([[1]], into: plain.id)
        try bench.load([[2]], into: own.id)
        try bench.call(plain, .answered, .notInterested)
        try bench.call(own, .answered, .notInterested)
        bench.now = start + days(3)
        #expect(try sweep([plain, own]).removed[.calls] == 1)
        bench.now = start + days(401)
        #expect(try sweep([plain, own]).removed[.calls] == 1)
        #expect(throws: StoreError.self) { try bench.store.setRetention(.audit, to: .seconds(60)) }
        try bench.store.setRetention(.calls, to: nil)
        #expect(try bench.store.retentionPeriods()[.calls] == days(1826))
    }

    @Test("ranges of removed calls are read as they are written", arguments: [[], [3], [1, 2, 3, 7, 9, 10], [5, 4]])
    func ranges(ids: [Int64]) {
        let text = RemovedAttempts.text(ids)
        #expect(RemovedAttempts.ranges(text).flatMap(Array.init) == ids.sorted())
    }
}
