import Foundation
import Testing

/// What stops or frees many, or makes old data look new, has to be meant.
@Suite("Do-not-call entries that touch many", .timeLimit(.minutes(10))) struct WideEntryTests {
    private func prepared(_ contacts: Int = 101) async throws -> Program {
        let program = try Program()
        try program.write("campaign: x\nregion: US\ncalling_rules: { pack: none }\n", to: "c.yaml")
        #expect(try await program.run("campaign", "apply", "c.yaml").status == 0)
        let rows = (0..<contacts).map { "Ada \($0),212\(5_550_000 + $0)" }.joined(separator: "\n")
        try program.write("name,phone\n\(rows)\n", to: "l.csv")
        #expect(try await program.run("import", "l.csv", "--campaign", "x").status == 0)
        return program
    }

    @Test(
        "a prefix that stops more than a hundred contacts says how many and is not added without --yes, nor taken off")
    func prefix() async throws {
        let program = try await prepared()
        let asked = try await program.run("dnc", "add", "+1212*", "2125550001")
        #expect(asked.status != 0 && asked.errors.contains("101 contacts") && asked.errors.contains("--yes"))
        #expect(try await program.run("dnc", "list").output.contains("is empty"))
        #expect(try await program.run("dnc", "add", "+1212*", "--yes").output.contains("101 contacts"))
        // What is there is not asked about again; single numbers never were.
        #expect(try await program.run("dnc", "add", "+1212*").status == 0)
        #expect(try await program.run("dnc", "add", "2125550001", "2125550002").status == 0)
        let off = try await program.run("dnc", "remove", "+1212*")
        #expect(off.status != 0 && off.errors.contains("101 contacts") && off.errors.contains("--yes"))
        #expect(try await program.run("dnc", "remove", "+1212*", "--yes").status == 0)
        #expect(try await program.run("dnc", "add", "+12125550*", "--campaign", "x", "--yes").status == 0)
    }

    @Test("a file with such a prefix, or one that replaces many numbers by few, is loaded with --yes alone")
    func files() async throws {
        let program = try await prepared()
        try program.write("2135550001\n+1212*\n", to: "wide.csv")
        let wide = try await program.run("dnc", "import", "wide.csv", "--source", "own")
        #expect(wide.status != 0 && wide.errors.contains("101 contacts"), "\(wide.errors)")
        #expect(try await program.run("dnc", "import", "wide.csv", "--source", "own", "--yes").status == 0)

        try program.write((0..<40).map { "310\(5_550_000 + $0)" }.joined(separator: "\n") + "\n", to: "whole.csv")
        try program.write("3105550000\n", to: "cut.csv")
        #expect(try await program.run("dnc", "import", "whole.csv", "--source", "us", "--replace").status == 0)
        let cut = try await program.run("dnc", "import", "cut.csv", "--source", "us", "--replace")
        #expect(cut.status != 0 && cut.errors.contains("40") && cut.errors.contains("whole"), "\(cut.errors)")
        #expect(try await program.run("dnc", "sources", "--format", "csv").output.contains("everywhere,40,"))
        let renewed = try await program.run("dnc", "import", "cut.csv", "--source", "us", "--renew")
        #expect(renewed.status != 0 && renewed.errors.contains("1 number") && renewed.errors.contains("40"))
        #expect(try await program.run("dnc", "import", "cut.csv", "--source", "us", "--renew", "--yes").status == 0)
        #expect(try await program.run("dnc", "import", "cut.csv", "--source", "us", "--replace", "--yes").status == 0)
    }

    @Test("phones at this computer are applied only where that is said")
    func localPhones() async throws {
        let program = try Program()
        try program.write(
            "phones:\n  - { name: d, family: gxp, address: 'http://127.0.0.1:9', passcode: x }\n", to: "phones.yaml")
        let refused = try await program.run("phones", "apply", "phones.yaml")
        #expect(refused.status != 0 && refused.errors.contains("--allow-local-phones"), "\(refused.errors)")
        #expect(try await !program.run("phones", "list").output.contains("127.0.0.1"))
        #expect(try await program.run("phones", "apply", "--allow-local-phones", "phones.yaml").status == 0)
        try program.write(
            "local_phones: true\nphones:\n  - { name: e, family: gxp, address: 'http://127.0.0.1:9', passcode: x }\n",
            to: "virtual.yaml")
        #expect(try await program.run("phones", "apply", "virtual.yaml").status == 0)
        let check = try await program.run(
            words: ["phones", "check"], environment: ["OFFHOOK_CLAIMS": program.folder.path + "/claims"])
        #expect(check.errors.contains("not seen") && check.errors.contains(program.folder.path), "\(check.errors)")
    }
}
