import CallingRules
import CampaignStore
import Campaigns
import Eligibility
import Foundation
import PhoneNumbers
import TestSupport
import Testing

@Suite("Why a campaign stands still, though contacts may be called") struct StandstillTests {
    let program: Program

    init() async throws {
        program = try Program()
        let phones = (1...3).map { index in
            """
              - name: desk-\(index)
                family: gxp
                address: http://192.0.2.\(index)
                passcode: secret-\(index)
                trunk: front-office
            """
        }
        try program.write("phones:\n" + phones.joined(separator: "\n") + "\n", to: "phones.yaml")
        #expect(try await program.run("phones", "apply", "--allow-local-phones", "phones.yaml").status == 0)
    }

    /// Applies, loads and starts a campaign.
    private func start(_ name: String, _ settings: String, _ numbers: [String]) async throws {
        try program.write(
            "campaign: \(name)\nregion: US\ncalling_rules: { pack: none }\n\(settings)", to: "\(name).yaml")
        try program.write("phone\n" + numbers.joined(separator: "\n") + "\n", to: "\(name).csv")
        for words in [
            ["campaign", "apply", "\(name).yaml"], ["import", "\(name).csv", "--campaign", name],
            ["campaign", "start", name],
        ] {
            let result = try await program.run(words: words)
            #expect(result.status == 0, "\(words): \(result.errors)")
        }
    }

    /// Writes an intent down as an engine does.
    private func intend(_ name: String, at station: String, in store: CampaignStore) throws -> AttemptID {
        let now = Instant(Date())
        let stored = try store.campaign(named: name)
        let reservation = try #require(
            try store.reserveNextContact(
                campaign: stored.id, station: station, openAreas: store.areas().map(\.id), at: now))
        let request = IntentRequest(
            reservation: reservation, station: station, dialled: "1", dialWith: .sendKey, account: 0, linesBefore: [])
        let rules = EligibilityRules(campaign: stored.campaign, pack: .none)
        guard case .recorded(let attempt) = try store.recordIntent(request, rules: rules, at: now) else {
            throw ProgramProblem(description: "the intent was denied")
        }
        return attempt
    }

    private func lines(_ campaign: String) async throws -> [String] {
        try await program.run("why", "--campaign", campaign).output.split(separator: "\n").map(String.init)
    }

    @Test("a full trunk, a gap between calls and a campaign that comes first are all named")
    func holds() async throws {
        try await start(
            "low", "trunks: { front-office: 1 }\npacing: { station_gap: 10m }\n", ["2125550101", "2125550102"])
        for text in ["held back", "resting", "comes first", "in a call"] {
            #expect(try await lines("low").allSatisfy { !$0.contains(text) })
        }
        let store = try CampaignStore(path: program.folder.appendingPathComponent("offhook.db").path)
        let attempt = try intend("low", at: "desk-1", in: store)
        let full = try await lines("low")
        #expect(full.contains("2 stations held back: Trunk “front-office” is full: 1 of 1 calls."), "\(full)")
        #expect(full.contains("1 station of 3 in a call or wrap-up of “low”"), "\(full)")

        let ending = CallEnding(
            outcome: .noAnswer, endedAt: Instant(Date()), ring: nil, talk: nil, evidence: Evidence())
        try store.settleAttempt(attempt, ending, disposition: nil, rules: nil, at: Instant(Date()))
        let resting = try await lines("low")
        #expect(resting.contains { $0.hasPrefix("1 station resting 10 min between calls") }, "\(resting)")
        #expect(!resting.contains { $0.contains("Trunk") })

        try await start("high", "priority: 3\n", ["2125550103"])
        let behind = try await lines("low")
        #expect(
            behind.contains(
                "“high” comes first on 3 stations of 3 free ones: it has priority 3 over 0, and 1 contact to call now"),
            "\(behind)")
        #expect(try await lines("high").allSatisfy { !$0.contains("comes first") })
    }

    @Test("run --campaign leaves a campaign paused that a brake has paused, and says why; only campaign start lifts it")
    func brake() async throws {
        try await start("a", "", ["2125550101"])
        let store = try CampaignStore(path: program.folder.appendingPathComponent("offhook.db").path)
        let why = "17 of the last 20 calls failed at once, over 80.0 % of 20; look at the trunk."
        try store.setState(.paused, of: "a", because: why, at: Instant(Date()))
        for _ in 0..<2 {
            let run = try await program.run("run", "--campaign", "a", "--until-idle")
            #expect(run.status != 0)
            #expect(run.errors.contains("paused by a brake: \(why)"), "\(run.errors)")
            #expect(run.errors.contains("offhook campaign start a"))
            #expect(try store.campaign(named: "a").state == .paused)
        }
        #expect(try await program.run("campaign", "start", "a").status == 0)
        #expect(try store.campaign(named: "a").state == .started)
        // A person's own pause is lifted by a run that names the campaign.
        #expect(try await program.run("campaign", "pause", "a").status == 0)
        let again = try program.start(["run", "--campaign", "a"], output: "run")
        try await wait(for: "the campaign to be started") { try store.campaign(named: "a").state == .started }
        kill(again.processIdentifier, SIGKILL)
        try await program.end(of: again)
    }
}
