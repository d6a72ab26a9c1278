import CallingRules
import CampaignStore
import Campaigns
import Eligibility
import Foundation
import PhoneNumbers
import Testing

/// Callbacks that are agreed on the clock of people in states with two clocks.
@Suite("Callbacks in split states through the program") struct CallbackZoneTests {
    private static let cases = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "FieldCases/callback-split-state")

    /// A program with an answered call to each contact of a list, by the contact's name.
    private func called(_ list: String) async throws -> (program: Program, attempts: [String: Int64]) {
        let program = try Program()
        try program.write(
            try String(contentsOf: Self.cases.appending(path: "campaign.yaml"), encoding: .utf8), to: "c.yaml")
        try program.write(list, to: "l.csv")
        for words in [
            ["campaign", "apply", "c.yaml"], ["import", "l.csv", "--campaign", "live2"],
            ["campaign", "start", "live2"],
        ] {
            let done = try await program.run(words: words)
            #expect(done.status == 0, "\(done.errors)")
        }
        let store = try CampaignStore(path: program.folder.appendingPathComponent("offhook.db").path)
        defer { try? store.close() }
        let stored = try store.campaign(named: "live2")
        let rules = EligibilityRules(campaign: stored.campaign, pack: .none)
        // Noon in the middle of the country.
        let now = try #require(Instant(iso8601: "2026-11-24T18:00:00Z"))
        var attempts: [String: Int64] = [:]
        while let reservation = try store.reserveNextContact(
            campaign: stored.id, station: "desk-1", openAreas: store.areas().map(\.id), at: now)
        {
            let request = IntentRequest(
                reservation: reservation, station: "desk-1", agent: "ada", dialled: "1", dialWith: .sendKey, account: 0,
                linesBefore: [LineWord(line: 1, word: "idle")])
            guard case .recorded(let attempt) = try store.recordIntent(request, rules: rules, at: now) else {
                throw ProgramProblem(description: "the intent was denied")
            }
            try store.noteSeen(attempt, line: 1, at: now)
            try store.noteConnected(attempt, line: 1, at: now)
            try store.settleAttempt(
                attempt,
                CallEnding(
                    outcome: .answered, endedAt: now, ring: .seconds(8), talk: .seconds(60), evidence: Evidence()),
                disposition: stored.campaign.disposition(coded: "NI"), rules: rules, at: now)
            attempts[try store.contact(reservation.contact).name ?? ""] = attempt.value
        }
        return (program, attempts)
    }

    @Test("the time is that of the part that area code and state share")
    func agreed() async throws {
        let (program, attempts) = try await called(
            try String(contentsOf: Self.cases.appending(path: "live2.csv"), encoding: .utf8))
        let expected = [
            "Portland": "23:30", "Knox": "20:30", "Louisville": "20:30", "Detroit": "20:30", "Miami": "20:30",
            "Boise": "22:30",
            "ElPaso": "22:30", "MiamiNoState": "20:30",
        ]
        for (name, time) in expected {
            let attempt = try #require(attempts[name], "\(name)")
            let said = try await program.run(
                "attempt", "dispose", "\(attempt)", "CBA", "--callback", "\(ComingDay.date()) 15:30")
            #expect(said.status == 0, "\(name): \(said.errors)")
            #expect(said.output.contains("\(ComingDay.date())T\(time):00"), "\(name): \(said.output)")
        }
    }

    @Test("a contact that may be in several zones is asked about; the answer names them, and --time-zone settles it")
    func asked() async throws {
        let (program, attempts) = try await called("name,phone,time zone\nEve,2125550106,Pacific Time (US & Canada)\n")
        let attempt = "\(try #require(attempts["Eve"]))"
        let asked = try await program.run(
            "attempt", "dispose", attempt, "CBA", "--callback", "\(ComingDay.date()) 15:30")
        #expect(asked.status != 0)
        for part in [
            "\(ComingDay.date())T15:30-05:00 (America/New_York)",
            "\(ComingDay.date())T15:30-08:00 (America/Los_Angeles)", "--time-zone",
        ] {
            #expect(asked.errors.contains(part), "\(asked.errors)")
        }
        let settled = try await program.run(
            "attempt", "dispose", attempt, "CBA", "--callback", "\(ComingDay.date()) 15:30", "--time-zone",
            "America/Los_Angeles"
        )
        #expect(
            settled.status == 0 && settled.output.contains("\(ComingDay.date())T23:30:00"),
            "\(settled.output)\(settled.errors)")
        let instant = try await program.run(
            "attempt", "dispose", attempt, "CBA", "--callback", "\(ComingDay.date())T15:30-05:00")
        #expect(instant.output.contains("\(ComingDay.date())T20:30:00"), "\(instant.output)\(instant.errors)")
    }
}
