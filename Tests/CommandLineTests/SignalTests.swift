import Foundation
import Testing

/// What ends a run from outside, other than a crash.
@Suite("Signals") struct SignalTests {
    @Test(
        "SIGTERM, Ctrl-C and a closed terminal each let the running call end, settle it, and place no further one",
        arguments: [SIGTERM, SIGINT, SIGHUP])
    func ends(signal: Int32) async throws {
        let program = try Program()
        let phones = try await program.startPhones([
            "--gxp", "1", "--agent-hangs-up-after", "2", "--truth-log", "truth.jsonl",
        ])
        defer { phones.terminate() }
        try program.write(
            "campaign: x\nregion: US\ncalling_rules: { pack: none }\npacing: { wrap_up: 30s }\n", to: "c.yaml")
        try program.write("phone\n2125550307\n2125550407\n", to: "l.csv")
        try await program.run("phones", "apply", "phones.yaml")
        try await program.run("campaign", "apply", "c.yaml")
        try await program.run("import", "l.csv", "--campaign", "x")
        let run = try program.start(["run", "--campaign", "x"], output: "run", keepsOutput: signal != SIGHUP)
        while !program.text("truth.jsonl").contains("call_answered") { try await Task.sleep(for: .milliseconds(10)) }
        kill(run.processIdentifier, signal)
        if signal == SIGHUP { kill(run.processIdentifier, SIGHUP) }
        for _ in 0..<800 where run.isRunning { try await Task.sleep(for: .milliseconds(10)) }
        #expect(!run.isRunning)
        #expect(run.terminationReason == .exit && run.terminationStatus == 0, "\(program.text("run.err"))")
        let attempts = try await program.attempts()
        #expect(attempts.count == 1)
        #expect(attempts.first?["phase"] as? String == "settled")
        #expect(attempts.first?["outcome"] as? String == "short_answer")
    }
}
