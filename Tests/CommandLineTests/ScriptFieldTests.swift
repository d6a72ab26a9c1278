import Foundation
import Testing

@Suite("First and last names in scripts and exports") struct ScriptFieldTests {
    private func program(_ script: String, _ list: String) async throws -> Program {
        let program = try Program()
        try program.write("campaign: c\nregion: US\nscript: script.md\n", to: "c.yaml")
        try program.write(script, to: "script.md")
        try program.write(list, to: "list.csv")
        let applied = try await program.run("campaign", "apply", "c.yaml")
        #expect(applied.status == 0, "\(applied.errors)")
        let loaded = try await program.run("import", "--campaign", "c", "list.csv")
        #expect(loaded.status == 0, "\(loaded.errors)")
        return program
    }

    @Test(
        "every way of writing gives the first name, whatever the list's header is",
        arguments: ["first_name", "First Name", "FirstName", "Vorname", "Prénom", "Voornaam", "Nombre"])
    func script(header: String) async throws {
        let names = ["first name", "first_name", "First Name", "FIRST_NAME", header]
        let program = try await program(
            names.map { "{{\($0)}}" }.joined(separator: "/") + " {{last name}} {{name}}\n",
            "\(header),last_name,phone\nAda,Test,2125550301\n")
        let filled = try await program.run("contact", "script", "2125550301")
        #expect(filled.output == "Ada/Ada/Ada/Ada/Ada Test Ada Test\n", "\(filled.errors)")
        let check = try await program.run("campaign", "check", "c.yaml")
        #expect(!(check.output + check.errors).contains("the script names"), "\(check.output)")
        let export = try await program.run("export", "--campaign", "c")
        let lines = export.output.split(whereSeparator: \.isNewline).map(String.init)
        #expect(lines.first?.hasSuffix("last_disposition,phone,\(header),last_name") == true, "\(export.output)")
        #expect(lines.last?.hasSuffix("+12125550301,Ada,Test") == true, "\(export.output)")
    }

    @Test(
        "a list of whole names has no parts: the script says what lacks, check says so, and the export stays as it was")
    func wholeNames() async throws {
        let program = try await program("{{first_name}} {{Plan Name|plan}}\n", "name,phone\nAda Test,2125550301\n")
        let filled = try await program.run("contact", "script", "2125550301")
        #expect(filled.output == "[first_name?] plan\n")
        let check = try await program.run("campaign", "check", "c.yaml")
        for name in ["first_name", "Plan Name"] {
            #expect((check.output + check.errors).contains("the script names “\(name)”"), "\(check.output)")
        }
        let export = try await program.run("export", "--campaign", "c")
        #expect(
            export.output.split(whereSeparator: \.isNewline).first.map(String.init)
                == "contact,list,external_id,name,state,reason,attempts,last_attempt_at,last_outcome,last_disposition,phone",
            "\(export.output)")
        let dryRun = try await program.run("import", "--campaign", "c", "--dry-run", "list.csv")
        #expect(dryRun.output.contains("names “first_name”, and this file has no such column"), "\(dryRun.output)")
    }

    @Test("an export is read again with the same names and parts")
    func again() async throws {
        let program = try await program("{{Vorname}}", "Vorname,Nachname,phone\nAda,Muster,2125550301\n")
        try await program.run("export", "--campaign", "c", "--output", "out.csv")
        try program.write("campaign: d\nregion: US\nscript: script.md\n", to: "d.yaml")
        try await program.run("campaign", "apply", "d.yaml")
        let loaded = try await program.run("import", "--campaign", "d", "out.csv")
        #expect(loaded.status == 0, "\(loaded.errors)")
        let filled = try await program.run("contact", "script", "--campaign", "d", "2125550301")
        #expect(filled.output.hasPrefix("Ada"), "\(filled.errors)")
        let export = try await program.run("export", "--campaign", "d")
        #expect(export.output.contains("Ada Muster"), "\(export.output)")
    }
}
