import CallingRules
import CampaignStore
import Campaigns
import Eligibility
import Foundation
import PhoneNumbers
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
        #expect(try await program.run("phones", "apply", "phones.yaml").status == 0)
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
                "“high” comes first on 3 stations of 3 free ones: it has priority 3 over 0, and 1 contacts to call now"),
            "\(behind)")
        #expect(try await lines("high").allSatisfy { !$0.contains("comes first") })
    }
}
