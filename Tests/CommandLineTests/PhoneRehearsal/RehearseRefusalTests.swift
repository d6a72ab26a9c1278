import Campaigns
import Foundation
import Testing

@testable import offhook

@Suite("What a rehearsal refuses") struct RehearseRefusalTests {
    private let program: Program

    init() async throws {
        program = try Program()
        for (name, more) in [("x", ""), ("empty", ""), ("manual", "pacing: { mode: manual }\n"), ("old", "")] {
            try program.write(
                "campaign: \(name)\nregion: US\ncalling_rules: { pack: none }\n\(more)", to: "\(name).yaml")
            #expect(try await program.run("campaign", "apply", "\(name).yaml").status == 0)
        }
        try program.write("phone\n2125550307\n", to: "l.csv")
        for name in ["x", "manual", "old"] {
            #expect(try await program.run("import", "l.csv", "--campaign", name).status == 0)
        }
        #expect(try await program.run("campaign", "archive", "old").status == 0)
        try program.write("taken", to: "taken.db")
    }

    @Test("each mistake is one sentence that says what to do, and nothing is left behind")
    func sentences() async throws {
        let temporary = program.folder.appendingPathComponent("tmp")
        try FileManager.default.createDirectory(at: temporary, withIntermediateDirectories: true)
        let from = ["--from", "2026-12-23T09:00"]
        let cases: [([String], String)] = [
            (["--campaign", "y"] + from, "There is no campaign “y”"),
            (["--campaign", "x", "--from", "tomorrow"], "--from takes a date and a time"),
            (["--campaign", "x", "--from", "2026-12-23"], "2026-12-23T09:00 on the clock of America/New_York"),
            (["--campaign", "x", "--until", "2026-12-23T08:00"] + from, "is not later than --from"),
            (["--campaign", "x", "--until", "soon"] + from, "--until takes a date and a time"),
            (["--campaign", "x", "--zone", "Nowhere/City"] + from, "--zone: “Nowhere/City” is not a valid time zone"),
            (["--campaign", "x", "--speed", "0"] + from, "--speed takes 1 to 100."),
            (["--campaign", "x", "--speed", "nan"] + from, "--speed takes 1 to 100."),
            (["--campaign", "x", "--stations", "0"] + from, "--stations takes 1 to 500."),
            (["--campaign", "x", "--keep", "taken.db"] + from, "--keep: there is a file taken.db already"),
            (["--campaign", "x", "--keep", "nowhere/kept.db"] + from, "--keep: nothing can be written in"),
            (["--campaign", "x", "--keep", "offhook.db-wal"] + from, "belongs to the database"),
            (["--campaign", "x", "--db", "no.db"] + from, "There is no database no.db"),
            (["--campaign", "x", "--db", "l.csv"] + from, "l.csv"),
            (["--campaign", "empty"] + from, "has no contact that may still be called; import a list first"),
            (["--campaign", "manual"] + from, "agents pick each contact"),
            (["--campaign", "old"] + from, "is archived and cannot be rehearsed"),
        ]
        for (options, sentence) in cases {
            let result = try await program.run(
                words: ["rehearse"] + options, environment: ["TMPDIR": temporary.path])
            #expect(result.status != 0, "\(options)")
            #expect(result.errors.contains(sentence), "\(options): \(result.errors)")
            #expect(!result.output.contains("A rehearsal of"), "\(options)")
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: temporary.path).isEmpty)
        #expect(program.text("taken.db") == "taken")
    }
}

@Suite("The folder of a rehearsal's copy") struct RehearsalFolderTests {
    private let place: URL

    init() throws {
        place = FileManager.default.temporaryDirectory.appendingPathComponent("offhook-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    }

    private var names: [String] { (try? FileManager.default.contentsOfDirectory(atPath: place.path).sorted()) ?? [] }

    /// Makes a folder as old as an hour.
    private func forsake(_ name: String) throws {
        let folder = place.appendingPathComponent(name)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data("people".utf8).write(to: folder.appendingPathComponent("rehearsal.db"))
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSinceNow: -3600)], ofItemAtPath: folder.path)
    }

    @Test("it is its owner's alone, and goes with the rehearsal")
    func lives() throws {
        do {
            let folder = try RehearsalFolder(in: place)
            let mode = try FileManager.default.attributesOfItem(atPath: folder.path)[.posixPermissions] as? Int
            #expect(mode == 0o700)
            try Data("people".utf8).write(to: URL(fileURLWithPath: folder.database))
            withExtendedLifetime(folder) {}
        }
        #expect(names.isEmpty)
    }

    @Test("what a killed rehearsal left goes with the next; one that lives, and what is another's, stays")
    func forsaken() throws {
        try forsake("offhook-rehearsal-dead00")
        try forsake("something-else")
        let living = try RehearsalFolder(in: place)
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSinceNow: -3600)], ofItemAtPath: living.path)
        let next = try RehearsalFolder(in: place)
        #expect(names.count == 3 && names.contains("something-else"))
        #expect(FileManager.default.fileExists(atPath: living.path))
        withExtendedLifetime((living, next)) {}
    }

    @Test("where none can be made, TMPDIR is named")
    func refused() {
        let failure = #expect(throws: CommandFailure.self) {
            try RehearsalFolder(in: place.appendingPathComponent("missing"))
        }
        #expect(failure?.description.contains("Set TMPDIR") == true)
    }
}
