import Foundation
import TestSupport
import Testing

/// What ends a run from outside, other than a crash.
@Suite("Signals") struct SignalTests {
    /// A campaign of two numbers, and one phone whose person hangs up after two seconds of talk, or never.
    private func floor(hangsUp: Bool = true) async throws -> (program: Program, phones: Process) {
        let program = try Program()
        let phones = try await program.startPhones(
            ["--gxp", "1", "--truth-log", "truth.jsonl"] + (hangsUp ? ["--agent-hangs-up-after", "2"] : []))
        try program.write(
            "campaign: x\nregion: US\ncalling_rules: { pack: none }\npacing: { wrap_up: 30s }\n", to: "c.yaml")
        try program.write("phone\n2125550307\n2125550407\n", to: "l.csv")
        try await program.run("phones", "apply", "--allow-local-phones", "phones.yaml")
        try await program.run("campaign", "apply", "c.yaml")
        try await program.run("import", "l.csv", "--campaign", "x")
        return (program, phones)
    }

    @Test(
        "SIGTERM, Ctrl-C and a closed terminal each let the running call end, settle it, and place no further one",
        arguments: [SIGTERM, SIGINT, SIGHUP])
    func ends(signal: Int32) async throws {
        let (program, _) = try await floor()
        let run = try program.start(
            ["run", "--campaign", "x"], output: "run", to: signal == SIGHUP ? .closed : .files)
        try await program.wait(for: "call_answered", in: "truth.jsonl")
        kill(run.processIdentifier, signal)
        if signal == SIGHUP { kill(run.processIdentifier, SIGHUP) }
        try await program.end(of: run)
        #expect(run.terminationReason == .exit && run.terminationStatus == 0, "\(program.text("run.err"))")
        let attempts = try await program.attempts()
        #expect(attempts.count == 1)
        #expect(attempts.first?["phase"] as? String == "settled")
        // How long the talk was, the signal and the machine decide.
        #expect(["short_answer", "answered"].contains(attempts.first?["outcome"] as? String))
    }

    @Test("a signal that comes as soon as a run has said who will dial is not lost: the run ends by itself")
    func early() async throws {
        let (program, _) = try await floor()
        let run = try program.start(["run", "--campaign", "x"], output: "run")
        try await program.wait(for: "will dial", in: "run.err")
        kill(run.processIdentifier, SIGTERM)
        try await program.end(of: run)
        #expect(run.terminationReason == .exit && run.terminationStatus == 0, "\(program.text("run.err"))")
        #expect(program.text("run.err").contains("No further call is placed"))
        #expect(try await program.attempts().allSatisfy { $0["phase"] as? String == "settled" })
    }

    @Test("the run says which call it waits for; a second SIGTERM leaves at once, and the call to the next run")
    func twice() async throws {
        let (program, _) = try await floor(hangsUp: false)
        let run = try program.start(["run", "--campaign", "x"], output: "run")
        try await program.wait(for: "call_answered", in: "truth.jsonl")
        kill(run.processIdentifier, SIGTERM)
        try await program.wait(for: "The run ends when these have ended their calls: desk-1", in: "run.err")
        #expect(run.isRunning)
        kill(run.processIdentifier, SIGTERM)
        try await program.end(of: run)
        #expect(run.terminationReason == .exit && run.terminationStatus == 130)
        #expect(program.text("run.err").contains("Leaving at once"))
        #expect(try await program.attempts().first?["phase"] as? String != "settled")
    }

    @Test("a run that hangs because nobody reads its messages is ended by the second signal all the same")
    func unread() async throws {
        let (program, _) = try await floor(hangsUp: false)
        let pipe = Pipe()
        // As full as a pager leaves it that waits for a key.
        let end = pipe.fileHandleForWriting.fileDescriptor
        let flags = fcntl(end, F_GETFL)
        _ = fcntl(end, F_SETFL, flags | O_NONBLOCK)
        let block = [UInt8](repeating: UInt8(ascii: "."), count: 4096)
        while write(end, block, block.count) > 0 {}
        _ = fcntl(end, F_SETFL, flags)
        let run = try program.start(["run", "--campaign", "x"], output: "run", to: .messages(pipe))
        try await wait(for: "the run to listen for signals") { Self.catches(SIGTERM, run.processIdentifier) }
        kill(run.processIdentifier, SIGTERM)
        kill(run.processIdentifier, SIGINT)
        try await program.end(of: run)
        #expect(run.terminationReason == .exit && run.terminationStatus == 130)
    }

    @Test("a server without calls ends at the first SIGTERM")
    func server() async throws {
        let program = try Program()
        let server = try program.start(["serve", "--port", "0"], output: "server")
        try await program.wait(for: "Offhook serves at", in: "server.err")
        kill(server.processIdentifier, SIGTERM)
        try await program.end(of: server)
        #expect(server.terminationReason == .exit && server.terminationStatus == 0, "\(program.text("server.err"))")
    }

    /// Whether a process has a handler of its own for a signal.
    private static func catches(_ signal: Int32, _ process: Int32) -> Bool {
        let status = (try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("SigCgt:") }
        let set = line.flatMap { UInt64($0.dropFirst(7).trimmingCharacters(in: .whitespaces), radix: 16) } ?? 0
        return set & (1 << UInt64(signal - 1)) != 0
    }
}
