import CallingRules
import CampaignStore
import Campaigns
import Eligibility
import Foundation
import PhoneNumbers
import Testing

/// A program with the campaign `spring`, its list `march` and calls to it, and a second campaign with a list of the same name.
struct CalledProgram {
    let program: Program
    /// Tuesday 2026-11-24, 15:00 UTC: 10:00 in New York.
    static let start = Instant(milliseconds: 1_795_532_400_000)

    /// The files of one that was made before, by name: each test gets a copy of its own.
    private static let made = Task { try await make() }

    init() async throws {
        let files = try await Self.made.value
        program = try Program()
        for (name, content) in files { try content.write(to: program.folder.appendingPathComponent(name)) }
    }

    private static func make() async throws -> [String: Data] {
        let program = try Program()
        for name in ["spring", "autumn"] {
            try program.write("campaign: \(name)\nregion: US\ncalling_rules: { pack: none }\n", to: "\(name).yaml")
            let applied = try await program.run("campaign", "apply", "\(name).yaml")
            #expect(applied.status == 0, "\(applied.errors)")
            try await program.run("campaign", "start", name)
            let area = name == "spring" ? "212555" : "646555"
            try program.write(
                "name,phone\n" + (1...6).map { "Ada \($0),\(area)030\($0)\n" }.joined(), to: "march.csv")
            let imported = try await program.run("import", "march.csv", "--campaign", name)
            #expect(imported.status == 0, "\(imported.errors)")
        }
        let store = try CampaignStore(path: program.folder.appendingPathComponent("offhook.db").path)
        try call(in: store)
        try store.close()
        let names = try FileManager.default.contentsOfDirectory(atPath: program.folder.path)
        return try Dictionary(
            uniqueKeysWithValues: names.map {
                ($0, try Data(contentsOf: program.folder.appendingPathComponent($0)))
            })
    }

    private static func call(in store: CampaignStore) throws {
        let stored = try store.campaign(named: "spring")
        let rules = EligibilityRules(campaign: stored.campaign, pack: .none)
        let calls: [(Outcome, DispositionClass?, Int64)] = [
            (.answered, .success, 0), (.noAnswer, nil, 5), (.answered, .noAnswer, 10), (.busyOrRejected, nil, 15),
        ]
        for (outcome, said, minute) in calls {
            let now = start + .seconds(minute * 60)
            let reservation = try #require(
                try store.reserveNextContact(
                    campaign: stored.id, station: "desk-1", openAreas: store.areas().map(\.id), at: now))
            let request = IntentRequest(
                reservation: reservation, station: "desk-1", agent: "ada", dialled: "1", dialWith: .sendKey, account: 0,
                linesBefore: [LineWord(line: 1, word: "idle")])
            guard case .recorded(let attempt) = try store.recordIntent(request, rules: rules, at: now) else {
                throw ProgramProblem(description: "the intent was denied")
            }
            if outcome.isConversation {
                try store.noteSeen(attempt, line: 1, at: now)
                try store.noteConnected(attempt, line: 1, at: now)
            }
            let ending = CallEnding(
                outcome: outcome, endedAt: now, ring: .seconds(8), talk: outcome.isConversation ? .seconds(60) : nil,
                evidence: Evidence())
            try store.settleAttempt(
                attempt, ending,
                disposition: said.map { Disposition(code: "CODE", label: "", dispositionClass: $0) }, rules: rules,
                at: now)
        }
    }
}
