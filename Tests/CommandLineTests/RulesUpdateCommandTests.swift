import Foundation
import Testing

@Suite("Updates of rule packs on the command line") struct RulesUpdateCommandTests {
    private let program: Program
    private static let share = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("share")
    private var environment: [String: String] { ["OFFHOOK_SHARE": program.folder.appendingPathComponent("share").path] }

    /// An installation that trusts a key, and a campaign with one contact in New York and one in Texas.
    init() async throws {
        program = try Program()
        let share = program.folder.appendingPathComponent("share")
        try FileManager.default.createDirectory(at: share, withIntermediateDirectories: true)
        for name in ["rules", "number-data", "web"] {
            try FileManager.default.createSymbolicLink(
                at: share.appendingPathComponent(name), withDestinationURL: Self.share.appendingPathComponent(name))
        }
        try #require(try await program.run("rules", "keygen", "issuer").status == 0)
        try FileManager.default.copyItem(
            at: program.folder.appendingPathComponent("issuer.pub"), to: share.appendingPathComponent("rules.pub"))
        try program.write("campaign: spring\nregion: US\nsuppression: { none_because: customers }\n", to: "spring.yaml")
        try program.write("name,phone\nAda,212-555-0123\nBob,512-555-0123\n", to: "list.csv")
        try #require(try await run("campaign", "apply", "spring.yaml").status == 0)
        try #require(try await run("import", "list.csv", "--campaign", "spring").status == 0)
    }

    private func run(_ words: String...) async throws -> Program.Result {
        try await program.run(words: words, environment: environment)
    }

    /// Signs the United States' pack of a later day, under which nobody is called before ten.
    private func sign(version: String, to file: String, key: String = "issuer") async throws {
        let shipped = try String(contentsOf: Self.share.appendingPathComponent("rules/us.yaml"), encoding: .utf8)
        let start = try #require(shipped.firstRange(of: "\nversion: \""))
        let rest = try #require(shipped[start.upperBound...].firstIndex(of: "\""))
        let yaml =
            shipped[..<start.upperBound] + version
            + shipped[rest...].replacing(
                "hours: { all: \"08:00-21:00\" }", with: "hours: { all: \"10:00-21:00\" }", maxReplacements: 1)
        let folder = program.folder.appendingPathComponent("packs-\(version)-\(key)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try String(yaml).write(to: folder.appendingPathComponent("us.yaml"), atomically: true, encoding: .utf8)
        let signed = try await run("rules", "sign", folder.path, "--key", key, "--output", file)
        try #require(signed.status == 0, "\(signed.errors)")
    }

    @Test(
        "an update is shown as a difference first, taken where it is meant, told by why, list and audit, and reverted")
    func way() async throws {
        try await sign(version: "2099-01-01", to: "new.rules")
        let morning = ["why", "+12125550123", "--at", ComingDay.at("14:30")]
        let before = try await program.run(words: morning, environment: environment)
        #expect(!before.output.contains("outside pack us"), "\(before.output)")

        let asked = try await run("rules", "update", "new.rules")
        #expect(asked.status != 0)
        #expect(asked.output.contains("2099-01-01") && asked.output.contains("US-NY"), "\(asked.output)")
        #expect(asked.errors.contains("2 contacts change, 2 lose hours today"), "\(asked.errors)")
        #expect(asked.errors.contains("Nothing was changed; say --yes"), "\(asked.errors)")
        #expect(try await !run("rules", "list").output.contains("2099-01-01"))

        let taken = try await run("rules", "update", "new.rules", "--yes")
        #expect(taken.status == 0 && taken.output.contains("The way back: offhook rules revert"), "\(taken.errors)")
        #expect(try await run("rules", "list").output.contains("2099-01-01"))
        let after = try await program.run(words: morning, environment: environment)
        #expect(after.output.contains("outside pack us"), "\(after.output)")
        let again = try await run("rules", "update", "new.rules", "--yes")
        #expect(again.status != 0 && again.errors.contains("in force already"), "\(again.errors)")

        let unmeant = try await run("rules", "revert")
        #expect(unmeant.status != 0 && unmeant.errors.contains("say --yes"), "\(unmeant.errors)")
        let reverted = try await run("rules", "revert", "--yes")
        #expect(reverted.status == 0, "\(reverted.errors)")
        #expect(reverted.output.contains("packs of the installation are in force again"), "\(reverted.output)")
        #expect(try await program.run(words: morning, environment: environment).output == before.output)
        let none = try await run("rules", "revert", "--yes")
        #expect(none.status != 0 && none.errors.contains("No update of rule packs is in force"), "\(none.errors)")
    }

    @Test("a file of another issuer, one that is no update, and one that is missing are refused, and nothing changes")
    func refused() async throws {
        try #require(try await run("rules", "keygen", "stranger").status == 0)
        try await sign(version: "2099-01-01", to: "theirs.rules", key: "stranger")
        try program.write("pack: us\n", to: "plain.yaml")
        for (file, piece) in [
            ("theirs.rules", "key"), ("plain.yaml", "offhook rules sign"), ("missing.rules", "missing.rules"),
        ] {
            let answer = try await run("rules", "update", file, "--yes")
            #expect(answer.status != 0 && answer.errors.contains(piece), "\(file): \(answer.errors)")
        }
        #expect(try await !run("rules", "list").output.contains("2099-01-01"))
        let twice = try await run("rules", "keygen", "issuer")
        #expect(twice.status != 0 && twice.errors.contains("already"), "an issuer's key is not written over")
    }
}
