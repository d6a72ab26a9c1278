import Foundation
import Testing

/// One engine a database, and one program a station.
@Suite("Two engines on one database") struct SecondEngineTests {
    @Test("a second engine on the same database is refused, in a sentence")
    func secondEngine() async throws {
        let program = try Program()
        _ = try await program.startPhones(["--gxp", "1"])
        try program.write("campaign: x\nregion: US\ncalling_rules: { pack: none }\n", to: "c.yaml")
        try await program.run("phones", "apply", "--allow-local-phones", "phones.yaml")
        try await program.run("campaign", "apply", "c.yaml")
        let first = try program.start(["run", "--campaign", "x"], output: "first")
        try await program.wait(for: "will dial", in: "first.err")
        let second = try await program.run("run", "--campaign", "x")
        #expect(second.status != 0)
        #expect(second.errors.contains("Another Offhook"))
        let held = try await program.run("phone", "desk-1", "operation", "endcall")
        #expect(held.status != 0)
        #expect(held.errors.contains("--force"))
        #expect(try await program.run("phone", "desk-1", "line-status").status == 0)
        #expect(try await program.run("stations", "pause", "desk-*", "--reason", "lunch").status == 0)
        kill(first.processIdentifier, SIGINT)
        try await program.end(of: first)
        #expect(first.terminationStatus == 0)
    }
}
