import Foundation
import Testing

/// Lists and registries from the field whose people must not be called, through the program.
@Suite("Do-not-call cases from the field, through the program", .serialized) struct DoNotCallCaseTests {
    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("FieldCases")

    private func file(_ name: String) -> String { Self.folder.appendingPathComponent(name).path }

    private func prepared(_ region: String = "US") async throws -> Program {
        let program = try Program()
        try program.write(
            "campaign: us\nregion: \(region)\nsuppression: { none_because: \"a test\" }\ncalling_rules: { pack: none }\n",
            to: "us.yaml")
        #expect(try await program.run("campaign", "apply", "us.yaml").status == 0)
        return program
    }

    private func counts(_ result: Program.Result) throws -> [String: Int] {
        try #require(
            try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Int], "\(result.errors)")
    }

    /// The numbers of the do-not-call list.
    private func listed(_ program: Program) async throws -> [String] {
        let list = try await program.run("dnc", "list", "--format", "csv")
        return list.output.split(whereSeparator: \.isNewline).dropFirst().map { String($0.prefix { $0 != "," }) }
    }

    @Test("Salesforce's Do Not Call: the contact is suppressed, and the numbers are on the list of the house")
    func salesforce() async throws {
        let program = try await prepared()
        let dry = try await program.run("import", "--dry-run", file("do-not-call-column/sf.csv"), "--campaign", "us")
        #expect(dry.output.contains("2 rows ask not to be called (“Do Not Call”), and are suppressed"), "\(dry.output)")
        #expect(try await listed(program).isEmpty)
        let done = try await program.run(
            "import", file("do-not-call-column/sf.csv"), "--campaign", "us", "--format", "json")
        let counts = try counts(done)
        #expect(counts["suppressed"] == 2 && counts["do_not_call"] == 2 && counts["do_not_call_entries"] == 3)
        #expect(try await listed(program) == ["+12125550144", "+12125550145", "+19175550144"])
        let kept = try await program.run("imports", "undo", "1")
        #expect(kept.errors.contains("--with-do-not-call"))
        #expect(try await listed(program).count == 3)
        #expect(try await program.run("imports", "undo", "1", "--with-do-not-call").status == 0)
        #expect(try await listed(program).isEmpty)
    }

    @Test("the real import says how many people a deliberate choice lets through")
    func deliberate() async throws {
        let program = try await prepared()
        let done = try await program.run(
            "import", file("do-not-call-column/sf.csv"), "--campaign", "us", "--map", "Do Not Call=custom:Do Not Call")
        #expect(done.status == 0)
        #expect(done.errors.contains("2 rows ask not to be called in “Do Not Call”"), "\(done.errors)")
        #expect(
            done.errors.contains("1 row says yes in “Has Opted Out Of Email”, which is usually about e-mail"),
            "\(done.errors)")
        #expect(try await listed(program).isEmpty)
        let record = try await program.run("imports", "show", "1")
        #expect(record.output.contains("since it was taken for something else: 2."), "\(record.output)")
    }

    @Test("VICIdial's status DNC is offered by the real import, and heeded where it is chosen")
    func vicidial() async throws {
        let program = try await prepared()
        let list = file("vicidial-phone-code/vicidial.txt")
        let done = try await program.run("import", list, "--campaign", "us", "--list", "a")
        #expect(done.errors.contains("--map 'status=do_not_call'"), "\(done.errors)")
        #expect(try await program.run("imports", "undo", "1").status == 0)
        let chosen = try await program.run(
            "import", list, "--campaign", "us", "--map", "status=do_not_call", "--do-not-call", "contact", "--format",
            "json")
        #expect(try counts(chosen)["do_not_call"] == 1)
        #expect(try await listed(program).isEmpty)
    }

    @Test("a list of contacts as a do-not-call file: its flagged rows alone are taken, and that is said")
    func mixed() async throws {
        let program = try await prepared()
        let done = try await program.run("dnc", "import", file("do-not-call-column/sf.csv"), "--source", "crm")
        #expect(done.errors.contains("“Do Not Call” says which rows are meant: 2 of 3 are"), "\(done.errors)")
        #expect(try await listed(program) == ["+12125550144", "+12125550145", "+19175550144"])
    }

    @Test("a registry's list of changes adds and takes off")
    func changes() async throws {
        let program = try await prepared()
        _ = try await program.run(
            "dnc", "import", file("dnc-change-list/us_full.txt"), "--source", "us-dnc", "--replace")
        let renewed = try await program.run(
            "dnc", "import", file("dnc-change-list/us_change.txt"), "--source", "us-dnc", "--renew")
        #expect(renewed.output.contains("1 taken off"), "\(renewed.output)\(renewed.errors)")
        #expect(try await listed(program) == ["+12025550143", "+12025550144", "+12025550199"])
    }

    @Test(
        "registries and results of washing are taken by their numbers",
        arguments: [
            ("dnc-hk-dates/hk_dates.txt", "HK", ["+85221230143", "+85221230146", "+85231230145", "+85251230144"]),
            ("dnc-result-flags/au_wash_h.csv", "AU", ["+61491570156", "+61491570158"]),
            ("dnc-result-flags/data8.csv", "GB", ["+441632960123", "+442079460958"]),
            ("dnc-table-area-code/dnc_table.csv", "US", ["+13855550145", "+14355550146", "+18015550123"]),
            (
                "dnc-xml/ca_dncl.xml", "CA",
                ["+14165550143", "+14165550144", "+14165550145", "+19055550146", "+19055550147"]
            ),
        ])
    func registries(_ name: String, region: String, numbers: [String]) async throws {
        let program = try await prepared()
        let done = try await program.run(
            "dnc", "import", file(name), "--region", region, "--source", "registry", "--replace")
        #expect(done.status == 0, "\(done.errors)")
        #expect(try await listed(program) == numbers)
    }
}
