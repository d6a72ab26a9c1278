import CallingRules
import CampaignStore
import Campaigns
import Eligibility
import Foundation
import PhoneNumbers
import TestSupport
import Testing

/// What agents say from a terminal, over virtual phones.
@Suite("What agents say, through the program", .serialized) struct AgentSayTests {
    private static let dispositions = """
        dispositions:
          - { code: SALE, label: Sale, class: success }
          - { code: CBA, label: Call back, class: callback_any }
          - { code: WN, label: Wrong number, class: wrong_number }
        """

    private func program(_ pacing: String, _ list: String) async throws -> Program {
        let program = try Program()
        _ = try await program.startPhones(["--gxp", "1", "--truth-log", "truth.jsonl"])
        try program.write(
            """
            campaign: x
            region: US
            calling_rules: { pack: none }
            suppression: { none_because: a test }
            pacing: \(pacing)
            \(Self.dispositions)
            """, to: "c.yaml")
        try program.write(list, to: "l.csv")
        try await program.run("phones", "apply", "--allow-local-phones", "phones.yaml")
        #expect(try await program.run("campaign", "apply", "c.yaml").status == 0)
        #expect(try await program.run("import", "l.csv", "--campaign", "x").status == 0)
        return program
    }

    private func shown(_ program: Program, _ text: String) async throws -> String {
        var last = ""
        try await wait(for: "“\(text)” at desk-1") {
            last = try await program.run("agent", "show", "desk-1").output
            return last.contains(text)
        }
        return last
    }

    @Test("what was confirmed during a call is there after the engine was killed, and settles the call")
    func killed() async throws {
        // 03 rings for ever: the program never sees a conversation.
        let program = try await program("{ mode: progressive, wrap_up: 0s }", "name,phone\nAda,2125550303\n")
        let first = try program.start(["run", "--campaign", "x"], output: "run")
        _ = try await shown(program, "attempt 1, calling")
        let said = try await program.run("agent", "say", "desk-1", "SALE", "--note", "two seats")
        #expect(said.status == 0 && said.output.contains("attempt 1: Sale"), "\(said.errors)")
        kill(first.processIdentifier, SIGKILL)
        try await program.end(of: first)
        _ = try program.start(["run", "--campaign", "x"], output: "again")
        try await wait(for: "the settled call") {
            try await program.attempts().first?["phase"] as? String == "settled"
        }
        let attempt = try #require(try await program.attempts().first)
        #expect(attempt["disposition"] as? String == "SALE")
        let report = try await program.run("report", "dispositions", "--format", "csv")
        #expect(report.output.contains("SALE"), "\(report.output)")
        #expect(try await program.run("why", "+12125550303").output.contains("done"))
        #expect(try await program.run("check", "--replay").status == 0)
    }

    @Test(
        "without an attempt it is the call that was shown last; one that has begun since is refused and both are named")
    func begunSince() async throws {
        // 02 is busy at once; the next contact's call follows by itself.
        let program = try await program(
            "{ mode: progressive, wrap_up: 0s, station_gap: 3s }",
            "name,phone,priority\nAda,2125550302,9\nBob,2125550303,1\n")
        _ = try program.start(["run", "--campaign", "x"], output: "run")
        _ = try await shown(program, "attempt 1")
        // As long as nothing is shown to the agent, what they say is of attempt 1.
        try await wait(for: "the second call") { try await program.attempts().count == 2 }
        let refused = try await program.run("agent", "say", "desk-1", "SALE")
        #expect(refused.status != 0, "\(refused.output)")
        #expect(refused.errors.contains("--attempt 1") && refused.errors.contains("--attempt 2"), "\(refused.errors)")
        #expect(try await program.attempts().allSatisfy { $0["disposition"] as? String == nil })
        let first = try await program.run("agent", "say", "desk-1", "WN", "--attempt", "1")
        #expect(first.status == 0 && first.output.contains("attempt 1: Wrong number"), "\(first.errors)")
        let second = try await program.run("agent", "say", "desk-1", "SALE", "--attempt", "2")
        #expect(second.status == 0 && second.output.contains("attempt 2: Sale"), "\(second.errors)")
        let shown = try await program.run("agent", "say", "desk-1", "SALE")
        #expect(shown.status == 0 && shown.output.contains("attempt 2"), "it was told of: \(shown.errors)")
    }

    @Test(
        "a callback in the past is refused with the year that was meant, and one at a forbidden hour with the next that is not"
    )
    func pastDate() async throws {
        let program = try Program()
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("FieldCases/callback-past-date")
        try program.write(
            try String(contentsOf: folder.appendingPathComponent("live2.csv"), encoding: .utf8), to: "live2.csv")
        try program.write(
            "campaign: live\nregion: US\ncalling_rules: { pack: none, windows: { all: \"09:00-20:00\" } }\n\(Self.dispositions)\n",
            to: "live.yaml")
        #expect(try await program.run("campaign", "apply", "live.yaml").status == 0)
        #expect(try await program.run("import", "live2.csv", "--campaign", "live").status == 0)
        let store = try CampaignStore(path: program.folder.appendingPathComponent("offhook.db").path)
        try Self.call(in: store)
        try store.close()
        let meant = Instant(Date()) + .seconds(31 * 86_400)
        let day = String(meant.iso8601.prefix(10))
        let slip = "\(try #require(Int(day.prefix(4))) - 1)\(day.dropFirst(4))"
        for (time, hint) in [("\(slip) 10:00", "did you mean \(day)?"), ("\(day) 23:30", "The nearest allowed time")] {
            let disposed = try await program.run("attempt", "dispose", "1", "CBA", "--callback", time)
            #expect(disposed.status != 0 && disposed.errors.contains(hint), "\(disposed.output)\(disposed.errors)")
        }
        #expect(try await program.attempts().first?["disposition"] as? String == "SALE")
        let kept = try await program.run("attempt", "dispose", "1", "CBA", "--callback", "\(day) 10:00")
        #expect(kept.status == 0, "\(kept.errors)")
    }

    /// A call of the first contact that an hour ago ended with a sale.
    private static func call(in store: CampaignStore) throws {
        let stored = try store.campaign(named: "live")
        // Its hours are for callbacks: the call is placed at any time of the day.
        var campaign = stored.campaign
        campaign.callingRules.windows = nil
        let rules = EligibilityRules(campaign: campaign, pack: .none)
        try store.setState(.started, of: "live", at: Instant(Date()))
        let now = Instant(Date()) - .seconds(3600)
        let reservation = try #require(
            try store.reserveNextContact(
                campaign: stored.id, station: "desk-1", openAreas: store.areas().map(\.id), at: now))
        let request = IntentRequest(
            reservation: reservation, station: "desk-1", agent: "ada", dialled: "1", dialWith: .sendKey, account: 0,
            linesBefore: [])
        guard case .recorded(let attempt) = try store.recordIntent(request, rules: rules, at: now) else {
            throw ProgramProblem(description: "the intent was denied")
        }
        let ending = CallEnding(outcome: .noAnswer, endedAt: now, ring: .seconds(8), talk: nil, evidence: Evidence())
        let sale = Disposition(code: "SALE", label: "Sale", dispositionClass: .success)
        try store.settleAttempt(attempt, ending, disposition: sale, rules: rules, at: now)
    }
}
