import Foundation
import Testing

/// What people do wrong with lists and do-not-call files, through the built program: nothing may be lost by it.
@Suite("Lists with something wrong in them", .serialized) struct ListMistakeTests {
    private func prepared(_ region: String = "US") async throws -> Program {
        let program = try Program()
        try program.write("campaign: x\nregion: \(region)\ncalling_rules: { pack: none }\n", to: "c.yaml")
        #expect(try await program.run("campaign", "apply", "c.yaml").status == 0)
        return program
    }

    @Test("a registry's file that is empty, or read in the wrong region, replaces nothing")
    func wrongRegistry() async throws {
        let program = try await prepared()
        try program.write("2125550301\n2125550302\n", to: "good.csv")
        #expect(try await program.run("dnc", "import", "good.csv", "--source", "us", "--replace").status == 0)
        try program.write("Phone\n", to: "header.csv")
        try program.write("", to: "empty.csv")
        try program.write("2125550303\n020 7946 0958\n0161 496 0000\n", to: "british.csv")
        for file in ["header.csv", "empty.csv", "british.csv"] {
            let wrong = try await program.run("dnc", "import", file, "--source", "us", "--replace")
            #expect(wrong.status != 0 && wrong.errors.contains("stays as it was"), "\(file): \(wrong.errors)")
            let held = try await program.run("dnc", "list", "--source", "us", "--format", "csv").output
            #expect(held.contains("+12125550301") && held.contains("+12125550302"), "\(file): \(held)")
        }
        let accepted = try await program.run(
            "dnc", "import", "british.csv", "--source", "us", "--replace", "--accept-unread")
        #expect(accepted.output.contains("1 added, 0 known, 2 not read, 2 of the last file gone"), "\(accepted.output)")
    }

    @Test("a file that is added to a registry does not make the registry younger, unless it is its list of changes")
    func registryAge() async throws {
        let program = try await prepared()
        try program.write("2125550301\n", to: "a.csv")
        try program.write("2125550302\n", to: "b.csv")
        _ = try await program.run("dnc", "import", "a.csv", "--source", "us", "--replace")
        let age = { try await program.run("dnc", "sources", "--format", "csv").output }
        let before = try await age()
        _ = try await program.run("dnc", "import", "b.csv", "--source", "us")
        #expect(try await age() == before.replacingOccurrences(of: "everywhere,1,", with: "everywhere,2,"))
        let both = try await program.run("dnc", "import", "b.csv", "--source", "us", "--renew", "--replace")
        #expect(both.status != 0 && both.errors.contains("--renew"))
        #expect(try await program.run("dnc", "import", "b.csv", "--source", "us", "--renew").status == 0)
    }

    @Test(
        "every number of a do-not-call row is suppressed; a wrong prefix costs its line alone; the campaign's region counts"
    )
    func doNotCallRows() async throws {
        let program = try await prepared("GB")
        try program.write(
            "Name,Phone 1,Phone 2\nAda,020 7946 0958,020 7946 0959\nBob,hello*,\nCid,+44161*,\n", to: "d.csv")
        let load = try await program.run("dnc", "import", "d.csv", "--campaign", "x", "--source", "own")
        #expect(load.output.contains("3 added"), "\(load.output) \(load.errors)")
        #expect(load.output.contains("no prefix") && load.status != 0, "\(load.output)")
        let list = try await program.run("dnc", "list", "--format", "csv").output
        for number in ["+442079460958", "+442079460959", "+44161*"] { #expect(list.contains(number), "\(list)") }
        #expect(try await program.run("dnc", "add", "020 7946 0960", "--campaign", "x").status == 0)
        #expect(try await program.run("dnc", "list", "--format", "csv").output.contains("+442079460960"))
        #expect(try await program.run("dnc", "add", "+1 900 555 1234").status == 0)
    }

    @Test("no command writes over the file that it reads, by whatever name")
    func sameFile() async throws {
        let program = try await prepared()
        let text = "name,phone\nAda,12\nBob,2125550302\n"
        try program.write(text, to: "l.csv")
        try FileManager.default.createSymbolicLink(
            at: program.folder.appendingPathComponent("link.csv"),
            withDestinationURL: program.folder.appendingPathComponent("l.csv"))
        for words in [
            ["import", "l.csv", "--campaign", "x", "--quarantine-file", "l.csv"],
            ["import", "l.csv", "--campaign", "x", "--quarantine-file", "./link.csv", "--dry-run"],
            ["dnc", "check", "l.csv", "--output", "link.csv"],
        ] {
            let run = try await program.run(words: words)
            #expect(run.status != 0 && run.errors.contains("is the file that is read"), "\(words): \(run.errors)")
            #expect(program.text("l.csv") == text)
        }
    }

    @Test("rows of every kind come back from a quarantine file, with the options of the first try")
    func quarantineAgain() async throws {
        let program = try await prepared()
        try program.write("Ada,12,Ely\nBob,2125550302,Rome\nCid,2125550303,Oslo\n", to: "bare.csv")
        _ = try await program.run(
            "import", "bare.csv", "--campaign", "x", "--no-header", "--map", "2=phone", "--quarantine-file", "bad.csv")
        try program.write(program.text("bad.csv").replacingOccurrences(of: ",12,", with: ",2125550301,"), to: "m.csv")
        let again = try await program.run(
            "import", "m.csv", "--campaign", "x", "--no-header", "--map", "2=phone", "--map", "1=name", "--format",
            "json")
        #expect(again.output.contains("\"imported\":1"), "\(again.output) \(again.errors)")
        #expect(try await program.run("export", "--campaign", "x").output.contains("Ada,ready"))

        let latin = try #require("straße;phone\nMüller;12\n".data(using: .windowsCP1252))
        try latin.write(to: program.folder.appendingPathComponent("latin.csv"))
        _ = try await program.run(
            "import", "latin.csv", "--campaign", "x", "--encoding", "windows-1252", "--quarantine-file", "bad2.csv")
        #expect(program.text("bad2.csv").contains("Müller;12"))
        // An editor keeps the byte-order mark, which Foundation's reading of texts does not.
        try program.write(
            "\u{FEFF}" + program.text("bad2.csv").replacingOccurrences(of: ";12", with: ";2125550309"), to: "m2.csv")
        _ = try await program.run("import", "m2.csv", "--campaign", "x", "--encoding", "windows-1252")
        let export = try await program.run("export", "--campaign", "x").output
        #expect(export.contains("straße") && export.contains("Müller") && !export.contains("StraÃ"), "\(export)")
    }

    @Test(
        "an update takes a row's word for where the person is, and an import that is killed while it updates leaves nothing half done"
    )
    func updates() async throws {
        let program = try await prepared()
        try program.write("name,phone,state\nAda,4155550101,CA\n", to: "a.csv")
        try program.write("name,phone,state\nAda,4155550101,HI\n", to: "b.csv")
        try program.write("name,phone\nAda B,4155550101\n", to: "c.csv")
        _ = try await program.run("import", "a.csv", "--campaign", "x")
        _ = try await program.run("import", "b.csv", "--campaign", "x", "--on-duplicate", "update")
        #expect(try await program.run("why", "4155550101").output.contains("Pacific/Honolulu"))
        _ = try await program.run("import", "c.csv", "--campaign", "x", "--on-duplicate", "update")
        #expect(try await program.run("why", "4155550101").output.contains("Pacific/Honolulu"))

        let rows = { (plan: String) in
            "name,phone,plan\n" + (0..<20_000).map { "Ada \($0),212\(2_000_000 + $0),\(plan)" }.joined(separator: "\n")
                + "\n"
        }
        try program.write(rows("old"), to: "old.csv")
        try program.write(rows("new"), to: "new.csv")
        _ = try await program.run("import", "old.csv", "--campaign", "x")
        for milliseconds in [300, 600, 1000, 1500] {
            let process = try program.start(
                ["import", "new.csv", "--campaign", "x", "--on-duplicate", "update"], output: "killed")
            try await Task.sleep(for: .milliseconds(milliseconds))
            kill(process.processIdentifier, SIGKILL)
            try await program.end(of: process)
            // Whatever comes next finishes what was complete, or takes it away.
            try program.write("name,phone\nDot,2125559999\n", to: "next.csv")
            _ = try await program.run("import", "next.csv", "--campaign", "x")
            let export = try await program.run("export", "--campaign", "x").output
            let new = export.split(whereSeparator: \.isNewline).filter { $0.hasSuffix(",new") || $0.contains(",new,") }
                .count
            #expect(new == 0 || new == 20_000, "\(new) of 20,000 were brought up to date")
            if new > 0 { break }
        }
    }

    @Test(
        "custom fields are exported in the file's order, whatever the first rows leave empty, and extensions come along"
    )
    func fieldOrder() async throws {
        let program = try await prepared()
        try program.write(
            "name,phone,alpha,state,beta\nAda,2125550301 x204,,,b1\nBob,2125550302,a2,NY,b2\n", to: "l.csv")
        _ = try await program.run("import", "l.csv", "--campaign", "x")
        let export = try await program.run("export", "--campaign", "x").output
        let header = try #require(export.split(whereSeparator: \.isNewline).first)
        #expect(header.hasSuffix("phone,alpha,state,beta"), "\(header)")
        #expect(export.contains("+12125550301 x204"), "\(export)")
    }

    @Test("the record of an import says with which options it was read, and why rows were put aside")
    func record() async throws {
        let program = try await prepared()
        try program.write("name,who,phone\nAda,x,2125550301\nBob,y,12\n", to: "l.csv")
        _ = try await program.run(
            "import", "l.csv", "--campaign", "x", "--map", "who=custom:Who", "--duplicates", "everywhere",
            "--on-duplicate", "update")
        let shown = try await program.run("imports", "show", "1").output
        for part in [
            "l.csv", "SHA-256", "--map 'who=custom:Who'", "--duplicates everywhere", "--on-duplicate update",
            "--region US", "Bob,y,12",
        ] { #expect(shown.contains(part), "\(part) is missing in \(shown)") }
    }

    @Test("a dry run tells what becomes of rows that are not quite right")
    func dryRun() async throws {
        let program = try await prepared()
        try program.write(
            """
            name,phone,phone 2,state,zip,timezone,Do not call
            Ada,2125550301,911,ZZ,,,
            Bob,2125550302,,,abcde,,yes
            Cid,2125550303,,,,soon,
            Dot,2125550303,,,,,
            Eve,2125550305,+442079460000,NY,,,
            """, to: "l.csv")
        let dry = try await program.run("import", "l.csv", "--campaign", "x", "--dry-run")
        for part in [
            "state that is not known", "postal code that tells no state", "time zone that cannot be read",
            "further number left out", "name different places", "1 row asks not to be called (“Do not call”)",
            "1 repeat another row of the file", "numbers: ",
        ] where part != "numbers: " { #expect(dry.output.contains(part), "\(part) is missing in \(dry.output)") }
    }

    @Test("a workbook is told from a list, and a campaign's mapping to no field is found before the import")
    func wrongKinds() async throws {
        let program = try await prepared()
        try program.write("PK\u{3}\u{4}\u{0}\u{0}rest", to: "l.xlsx")
        let workbook = try await program.run("import", "l.xlsx", "--campaign", "x")
        #expect(workbook.status != 0 && workbook.errors.contains("save it as CSV"), "\(workbook.errors)")
        try program.write(
            "campaign: y\nregion: US\ncalling_rules: { pack: none }\nmapping: { Foo: fone }\n", to: "y.yaml")
        let check = try await program.run("campaign", "check", "y.yaml")
        #expect(check.status != 0 && check.errors.contains("“fone”"), "\(check.errors)")
    }
}
