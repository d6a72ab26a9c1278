import Foundation
import Testing

/// Lists and do-not-call files through the built program.
@Suite("Imports through the program", .serialized) struct ImportTests {
    private func prepared() async throws -> Program {
        let program = try Program()
        try program.write("campaign: x\nregion: US\ncalling_rules: { pack: none }\n", to: "c.yaml")
        #expect(try await program.run("campaign", "apply", "c.yaml").status == 0)
        return program
    }

    private func counts(_ result: Program.Result) throws -> [String: Int] {
        try #require(
            try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Int], "\(result.errors)")
    }

    @Test("an import that is killed at any moment leaves nothing, and run again it gives what an undisturbed one gives")
    func killed() async throws {
        let rows = (0..<25_000).map { "Ada \($0),212\(2_000_000 + $0),Plan \($0 % 3)" }.joined(separator: "\n")
        let undisturbed = try await prepared()
        try undisturbed.write("name,phone,plan\n\(rows)\n", to: "l.csv")
        #expect(try await undisturbed.run("import", "l.csv", "--campaign", "x").status == 0)
        let expected = try await undisturbed.run("export", "--campaign", "x")

        let program = try await prepared()
        try program.write("name,phone,plan\n\(rows)\n", to: "l.csv")
        for milliseconds in [150, 400, 800] {
            let process = try program.start(["import", "l.csv", "--campaign", "x"], output: "killed")
            try await Task.sleep(for: .milliseconds(milliseconds))
            kill(process.processIdentifier, SIGKILL)
            try await program.end(of: process)
            // Whole or not at all; nothing is selected from what is not whole.
            let lists = try await program.run("lists", "list", "--format", "csv")
            #expect(lists.output.split(whereSeparator: \.isNewline).count <= 2)
        }
        #expect(try await program.run("import", "l.csv", "--campaign", "x").status == 0)
        let again = try await program.run("export", "--campaign", "x")
        #expect(expected.status == 0 && expected.output.split(whereSeparator: \.isNewline).count == 25_001)
        let withoutIDs = { (text: String) in
            text.split(whereSeparator: \.isNewline).map { $0.drop { $0 != "," } }
        }
        #expect(withoutIDs(again.output) == withoutIDs(expected.output))
        #expect(
            try counts(await program.run("import", "l.csv", "--campaign", "x", "--format", "json"))["imported"] == 0)
    }

    @Test("a dry run explains a messy file and stores nothing; bad rows can be mended and imported")
    func dryRun() async throws {
        let program = try await prepared()
        try program.write(
            "sep=;\nNombre;Teléfono móvil;Notas\nAda;2125550301;=1+1\nBob;12;x\nCid;911;y\nDot;\"2125550304;z\nEve;2125550301;w\n",
            to: "l.csv")
        let dry = try await program.run("import", "l.csv", "--campaign", "x", "--dry-run")
        #expect(dry.status == 0, "\(dry.errors)")
        for part in ["semicolon", "first_name", "+12125550301", "America/New_York", "number too short", "--map"] {
            #expect(dry.output.contains(part), "\(part) is missing in \(dry.output)")
        }
        #expect(try await program.run("lists", "list").output.contains("no lists"))
        #expect(try await program.run("imports", "list").output.contains("Nothing"))

        let first = try await program.run(
            "import", "l.csv", "--campaign", "x", "--quarantine-file", "bad.csv", "--format", "json")
        let found = try counts(first)
        #expect(found["imported"] == 1)
        #expect(found["duplicates"] == 1)
        #expect(found["quarantined"] == 3)
        let mended = program.text("bad.csv").replacingOccurrences(of: ";12;", with: ";2125550312;")
            .replacingOccurrences(of: ";911;", with: ";2125550313;").replacingOccurrences(of: ";\"212", with: ";212")
        try program.write(mended, to: "mended.csv")
        let second = try counts(await program.run("import", "mended.csv", "--campaign", "x", "--format", "json"))
        #expect(second["imported"] == 3)
        let export = try await program.run("export", "--campaign", "x").output
        #expect(export.contains("'=1+1"))
        #expect(!export.contains("offhook problem"))
    }

    @Test("an update fills fields and keeps state; an import is undone as long as nobody was called")
    func updateAndUndo() async throws {
        let program = try await prepared()
        try program.write("name,phone,plan\nAda,2125550301,Gold\n", to: "a.csv")
        try program.write("name,phone,plan,city\nAda L,2125550301,Silver,Ely\nBob,2125550302,,\n", to: "b.csv")
        _ = try await program.run("import", "a.csv", "--campaign", "x")
        let update = try counts(
            await program.run("import", "b.csv", "--campaign", "x", "--on-duplicate", "update", "--format", "json"))
        #expect(update["updated"] == 1)
        #expect(update["imported"] == 1)
        #expect(
            try await program.run("export", "--campaign", "x").output.contains(
                "Ada L,ready,,0,,,,+12125550301,Silver,Ely"))
        #expect(try await program.run("imports", "undo", "2").status == 0)
        #expect(!(try await program.run("export", "--campaign", "x").output.contains("Bob")))
        #expect(try await program.run("imports", "undo", "2").status != 0)
        #expect(try await program.run("lists", "pause", "a").status == 0)
        #expect(try await program.run("why", "2125550301").output.contains("paused"))
        #expect(try await program.run("lists", "pause", "aa").status != 0)
    }

    @Test(
        "a registry's file is replaced whole, prefixes hold, a list is marked, and a missing registry stops the campaign"
    )
    func doNotCall() async throws {
        let program = try await prepared()
        try program.write("area,number\n212,5550301\n212,5550302\n", to: "r1.csv")
        try program.write("2125550302\n2125550303\n", to: "r2.csv")
        try program.write(
            "name,phone\nAda,2125550301\nBob,2125550302\nCid,2015550100\nDot,2125550309\n", to: "l.csv")
        #expect(try await program.run("dnc", "import", "r1.csv", "--source", "us", "--map", "number=phone").status != 0)
        try program.write("212,5550301\n212,5550302\n", to: "r1.csv")
        #expect(try await program.run("dnc", "import", "r1.csv", "--source", "us").status == 0)
        #expect(try await program.run("dnc", "add", "+1201*").status == 0)
        let check = try await program.run("dnc", "check", "l.csv", "--output", "marked.csv")
        #expect(check.errors.contains("4 rows: 3 have a number that must not be called"))
        #expect(program.text("marked.csv").contains("\"clear\",Dot,2125550309"))
        let list = try counts(await program.run("import", "l.csv", "--campaign", "x", "--format", "json"))
        #expect(list["suppressed"] == 3)
        let replaced = try await program.run("dnc", "import", "r2.csv", "--source", "us", "--replace")
        #expect(replaced.output.contains("2 of the last file gone"))
        #expect(try await program.run("why", "2125550301").output.contains("ready"))
        #expect(try await program.run("why", "2015550100").output.contains("do-not-call"))
        #expect(try await program.run("number", "2015550100").output.contains("+1201*"))
        try program.write(
            "campaign: x\nregion: US\ncalling_rules: { pack: none }\nsuppression: { registries: [us, state] }\n",
            to: "c.yaml")
        #expect(try await program.run("campaign", "apply", "c.yaml").status == 0)
        #expect(try await program.run("why", "2125550309").output.contains("“state” was never loaded"))
    }

    @Test("a script is shown with a contact's own fields in it, and what it names and no list has is said beforehand")
    func script() async throws {
        let program = try Program()
        try program.write(
            "campaign: x\nregion: US\nsuppression: { none_because: a test }\nscript: s.md\n", to: "c.yaml")
        try program.write("Good day {{name}}, your {{Plan | plan}} in {{Town}} ends.\n", to: "s.md")
        try program.write("Name,Phone,Plan\nAda,2125550143,Gold\nBob,3125550144,\n", to: "l.csv")
        #expect(try await program.run("campaign", "apply", "c.yaml").status == 0)
        let dry = try await program.run("import", "l.csv", "--campaign", "x", "--dry-run")
        #expect(dry.output.contains("“Town”") && !dry.output.contains("“Plan”"), "\(dry.output)")
        #expect(try await program.run("import", "l.csv", "--campaign", "x").status == 0)
        #expect(
            try await program.run("contact", "script", "2125550143").output
                == "Good day Ada, your Gold in [Town?] ends.\n")
        #expect(
            try await program.run("contact", "script", "+13125550144", "--campaign", "x").output
                == "Good day Bob, your plan in [Town?] ends.\n")
        let check = try await program.run("campaign", "check", "c.yaml")
        #expect(check.output.contains("the script names “Town”"), "\(check.output)")
        let nobody = try await program.run("contact", "script", "2125550199")
        #expect(nobody.status != 0 && nobody.errors.contains("No contact holds +12125550199"), "\(nobody.errors)")
        try program.write("one\n{{name\n", to: "s.md")
        let broken = try await program.run("campaign", "apply", "c.yaml")
        #expect(broken.status != 0 && broken.errors.contains("s.md:2:"), "\(broken.errors)")
    }

    @Test(
        "line ends and commands to the terminal within a list's texts are shown as signs, and kept as they are in an export"
    )
    func controls() async throws {
        let program = try await prepared()
        try program.write("name,phone,note\nAda,2125550143,\"two\nlines \u{1B}[2J\"\n", to: "l.csv")
        let dry = try await program.run("import", "l.csv", "--campaign", "x", "--dry-run")
        #expect(dry.output.contains("two ⏎ lines �[2J"), "\(dry.output)")
        #expect(!dry.output.contains("\u{1B}"))
        try await program.run("import", "l.csv", "--campaign", "x")
        let export = try await program.run("export", "--campaign", "x")
        #expect(export.output.contains("\"two\nlines \u{1B}[2J\""), "\(export.output)")
    }
}
