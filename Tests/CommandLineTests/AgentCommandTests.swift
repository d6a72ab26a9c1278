import Foundation
import TestSupport
import Testing

/// Agents at virtual phones, each step by the program as a person would type it.
@Suite("Agents at stations, through the program", .serialized) struct AgentCommandTests {
    private func floor(_ campaign: String, _ list: String) async throws -> Program {
        let program = try Program()
        _ = try await program.startPhones([
            "--gxp", "2", "--agent-hangs-up-after", "4", "--truth-log", "truth.jsonl",
        ])
        try program.write(
            """
            campaign: x
            region: US
            calling_rules: { pack: none }
            suppression: { none_because: a test }
            script: s.md
            dispositions:
              - { code: SALE, label: Sale, class: success }
              - { code: CB, label: Call back, class: callback_agent }
              - { code: NI, label: Not interested, class: not_interested }
            \(campaign)
            """, to: "c.yaml")
        try program.write("Good day {{name}}.\n", to: "s.md")
        try program.write(list, to: "l.csv")
        try await program.run("phones", "apply", "--allow-local-phones", "phones.yaml")
        #expect(try await program.run("campaign", "apply", "c.yaml").status == 0)
        #expect(try await program.run("import", "l.csv", "--campaign", "x").status == 0)
        return program
    }

    /// Asks again and again until the program's output holds a text.
    @discardableResult
    private func wait(_ program: Program, _ words: [String], for text: String) async throws -> String {
        var last = ""
        try await TestSupport.wait(for: "“\(text)” of offhook \(words.joined(separator: " "))") {
            let result = try await program.run(words: words)
            last = result.output + result.errors
            return last.contains(text)
        }
        return last
    }

    @Test("preview: the contact is shown with its script, skipped with a reason or taken, and the agent's word is kept")
    func preview() async throws {
        let program = try await floor(
            "pacing: { mode: preview, wrap_up: until_disposed }",
            "name,phone\nAda,2125550307\nBob,2125550407\n")
        _ = try program.start(["run", "--campaign", "x", "--stations", "desk-1"], output: "run")
        #expect(try await program.run("agent", "sign-in", "desk-1", "eve").status == 0)
        try await wait(program, ["agent", "show", "desk-1"], for: "Good day Ada.")
        let early = try await program.run("agent", "take", "desk-9")
        #expect(early.status != 0 && early.errors.contains("desk-9"), "\(early.errors)")
        #expect(try await program.run("agent", "skip", "desk-1", "--reason", "on holiday").status == 0)
        try await wait(program, ["agent", "show", "desk-1"], for: "Good day Bob.")
        let take = try await program.run("agent", "take", "desk-1")
        #expect(take.status == 0, "\(take.errors)")
        try await wait(program, ["agent", "show", "desk-1"], for: "attempt 1, ")
        let wrong = try await program.run("agent", "say", "desk-1", "SOLD")
        #expect(wrong.status != 0 && wrong.errors.contains("SALE (Sale)"), "\(wrong.errors)")
        let say = try await program.run(
            "agent", "say", "desk-1", "cb", "--callback", "2030-01-02 15:30", "--note", "asks for gold")
        #expect(say.status == 0, "\(say.errors)")
        try await wait(program, ["report", "attempts", "--format", "csv"], for: "settled")
        let attempts = try await program.attempts()
        #expect(attempts.count == 1)
        #expect(attempts.first?["disposition"] as? String == "CB")
        #expect(attempts.first?["agent"] as? String == "eve")
        let why = try await program.run("why", "+12125550407")
        #expect(why.output.contains("2030-01-02"), "\(why.output)")
        // A word can be changed when the call is long over, and what follows is decided anew.
        let changed = try await program.run("agent", "say", "desk-1", "NI")
        #expect(changed.output.contains("Not interested"), "\(changed.output)\(changed.errors)")
        #expect(try await program.run("why", "+12125550407").output.contains("done"))
        #expect(
            try await program.run("contact", "reopen", "+12125550407", "--campaign", "x", "--by", "eve").status == 0)
        #expect(try await program.run("check", "--replay").status == 0)
    }

    @Test("manual: a typed number is called under the rules; a suppressed one is refused with the reason")
    func manual() async throws {
        let program = try await floor(
            "pacing: { mode: manual, wrap_up: 0s }",
            "name,phone,phone 2\nAda,2125550307,2125550606\nBob,2125550302,2125550509\n")
        let noEngine = try await program.run("agent", "call", "desk-2", "2125550508", "--campaign", "x")
        #expect(noEngine.status != 0 && noEngine.errors.contains("offhook run"), "\(noEngine.errors)")
        _ = try program.start(["run", "--campaign", "x"], output: "run")
        try await program.run("agent", "sign-in", "desk-2", "bob")
        #expect(try await program.run("dnc", "add", "2125550609").status == 0)
        let denied = try await program.run("agent", "call", "desk-2", "(212) 555-0609", "--campaign", "x")
        #expect(denied.status != 0, "\(denied.output)")
        let bad = try await program.run("agent", "call", "desk-2", "911", "--campaign", "x")
        #expect(bad.status != 0 && bad.errors.contains("911"), "\(bad.errors)")
        let called = try await wait(
            program, ["agent", "call", "desk-2", "(212) 555-0508", "--campaign", "x"], for: "calls +12125550508")
        #expect(!called.contains("Error"))
        try await wait(program, ["report", "attempts", "--format", "csv"], for: "desk-2")
        let attempts = try await program.attempts()
        #expect(attempts.map { $0["number"] as? String } == ["+12125550508"])
        #expect(attempts.first?["agent"] as? String == "bob")
        // The second number of a contact is judged and dialed itself, not the contact's next one.
        #expect(try await program.run("dnc", "add", "2125550606").status == 0)
        let other = try await program.run("agent", "call", "desk-1", "2125550606", "--campaign", "x")
        #expect(other.status != 0 && other.errors.contains("do-not-call"), "\(other.output)\(other.errors)")
        let second = ["agent", "call", "desk-1", "2125550509", "--campaign", "x"]
        try await wait(program, second, for: "calls +12125550509")
        try await wait(program, ["report", "attempts", "--format", "csv"], for: "desk-1")
        #expect(try await program.attempts().contains { $0["number"] as? String == "+12125550509" })
        try await TestSupport.wait(for: "the dialed number") { program.text("truth.jsonl").contains("2125550509") }
        for number in ["2125550609", "2125550606", "2125550302"] {
            #expect(!program.text("truth.jsonl").contains(number))
        }
    }
}
