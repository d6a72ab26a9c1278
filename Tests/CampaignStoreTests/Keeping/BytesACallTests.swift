import Campaigns
import Foundation
import GRDB
import Testing

@testable import CampaignStore

/// The figure of docs/performance.md: what a settled call takes in the file.
@Suite("Bytes a call") struct BytesACallTests {
    @Test("a settled call with its events, sums and indexes takes under 1.7 KB of the file")
    func bytes() throws {
        let bench = try RuleBench()
        let campaign = try bench.campaign(
            "a",
            """
            caps: [{ attempts: 3, within: 24h }, { silence_after: refusal, lasting: 60d }]
            suppression: { none_because: customers of ours }
            retry: { no_answer: { attempts: 1 } }

            """)
        let calls = Int(ProcessInfo.processInfo.environment["OFFHOOK_CALLS"] ?? "") ?? 1000
        try bench.load((1...calls).map { [$0] }, into: campaign.id)
        let used = {
            try bench.store.pool.barrierWriteWithoutTransaction { try $0.execute(sql: "VACUUM") }
            return try bench.store.databaseSize(at: bench.now).bytes
        }
        let before = try used()
        for index in 0..<calls {
            try bench.call(
                campaign, index % 3 == 0 ? .answered : .noAnswer, index % 3 == 0 ? .notInterested : nil, agent: "eve")
            bench.now = bench.now + .milliseconds(7000)
        }
        let bytes = try (used() - before) / Int64(calls)
        // As earlier versions stored them: the whole text in each.
        var texts: [(Int64, String)] = []
        try bench.store.attempts { texts.append(($0.attempt, RuleText.json($0.allowedBy))) }
        try bench.store.write { database in
            for (id, text) in texts {
                try database.execute(
                    sql: "UPDATE attempts SET rule_text_id = NULL, allowed_by = ? WHERE id = ?", arguments: [text, id])
            }
        }
        let whole = try (used() - before) / Int64(calls)
        print("\(calls) calls: \(bytes) bytes a call, \(whole) with the rules' text in each")
        #expect(bytes < 1700)
        #expect(whole - bytes > 500)
    }
}
