import Foundation
import Testing

/// `kill -9` in the middle of a run, then a second run. `OFFHOOK_CRASHES` sets how often, for the long form.
@Suite("Crashes", .serialized) struct CrashTests {
    static let rounds = 0..<(ProcessInfo.processInfo.environment["OFFHOOK_CRASHES"].flatMap { Int($0) } ?? 1)

    @Test("no contact is dialled twice for one intent, and every attempt has an outcome", arguments: rounds)
    func killed(round: Int) async throws {
        let program = try Program()
        let phones = try await program.startPhones([
            "--gxp", "6", "--dp", "1", "--handsets", "4", "--agent-hangs-up-after", "5", "--truth-log", "truth.jsonl",
        ])
        defer { phones.terminate() }
        try program.write(
            "campaign: x\nregion: US\ncalling_rules: { pack: none }\npacing: { wrap_up: 0s }\n", to: "c.yaml")
        let endings = ["07", "05", "06", "02", "09", "08"]
        let rows = (0..<24).map { "21255\(($0 + 310) % 1000)\(endings[$0 % endings.count])" }
        try program.write((["phone"] + rows).joined(separator: "\n") + "\n", to: "l.csv")
        for arguments in [["phones", "apply", "phones.yaml"], ["campaign", "apply", "c.yaml"]] {
            #expect(try await program.run(arguments[0], arguments[1], arguments[2]).status == 0)
        }
        #expect(try await program.run("import", "l.csv", "--campaign", "x").status == 0)

        let first = try program.start(["run", "--campaign", "x", "--until-idle"], output: "first")
        try await Task.sleep(for: .milliseconds(Self.rounds.count > 1 ? Int.random(in: 300...9000) : 3500))
        kill(first.processIdentifier, SIGKILL)
        while first.isRunning { try await Task.sleep(for: .milliseconds(10)) }
        let second = try await program.run("run", "--campaign", "x", "--until-idle", "--format", "json")
        #expect(second.status == 0, "\(second.errors)")

        let attempts = try await program.attempts()
        #expect(attempts.allSatisfy { $0["outcome"] as? String != nil && $0["phase"] as? String == "settled" })
        let started = program.text("truth.jsonl").split(separator: "\n").filter { $0.contains("\"call_started\"") }
            .compactMap { try? JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any] }
            .compactMap { $0["number"] as? String }.map { String($0.filter(\.isNumber).suffix(10)) }
        let intents = Dictionary(grouping: attempts.compactMap { $0["number"] as? String }) { String($0.suffix(10)) }
        for (number, calls) in Dictionary(grouping: started, by: { $0 }) {
            #expect(calls.count <= (intents[number]?.count ?? 0), "\(number) was dialled \(calls.count) times")
        }
        #expect(Set(started).count <= 24)
        // Nothing is due twice within the run, so a number that was dialled was dialled once.
        #expect(started.count == Set(started).count)
        #expect(started.count >= 20)
    }

    @Test("a second engine on the same database is refused, in a sentence")
    func secondEngine() async throws {
        let program = try Program()
        let phones = try await program.startPhones(["--gxp", "1"])
        defer { phones.terminate() }
        try program.write("campaign: x\nregion: US\ncalling_rules: { pack: none }\n", to: "c.yaml")
        try await program.run("phones", "apply", "phones.yaml")
        try await program.run("campaign", "apply", "c.yaml")
        let first = try program.start(["run", "--campaign", "x"], output: "first")
        defer { kill(first.processIdentifier, SIGKILL) }
        while !program.text("first.err").contains("will dial") { try await Task.sleep(for: .milliseconds(20)) }
        let second = try await program.run("run", "--campaign", "x")
        #expect(second.status != 0)
        #expect(second.errors.contains("Another Offhook"))
        let held = try await program.run("phone", "desk-1", "operation", "endcall")
        #expect(held.status != 0)
        #expect(held.errors.contains("--force"))
        #expect(try await program.run("phone", "desk-1", "line-status").status == 0)
        #expect(try await program.run("stations", "pause", "desk-*", "--reason", "lunch").status == 0)
        kill(first.processIdentifier, SIGINT)
        for _ in 0..<500 where first.isRunning { try await Task.sleep(for: .milliseconds(20)) }
        #expect(!first.isRunning)
        #expect(first.terminationStatus == 0)
    }
}
