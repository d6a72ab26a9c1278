import Foundation
import Testing

/// Where people are, as a user meets it: imports, rules, why and check.
@Suite("Places through the program") struct PlaceCommandTests {
    private static let cases = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "FieldCases")

    private func path(_ name: String) -> String { Self.cases.appending(path: name).path(percentEncoded: false) }

    /// A program with a campaign that is started.
    private func program(_ campaign: String) async throws -> Program {
        let program = try Program()
        try program.write(campaign, to: "c.yaml")
        let applied = try await program.run("campaign", "apply", "c.yaml")
        #expect(applied.status == 0, "\(applied.errors)")
        return program
    }

    private static let american =
        "campaign: us\nregion: US\nsuppression: { none_because: \"trial\" }\ncalling_rules: { pack: us, windows: { mon-sun: \"09:00-20:00\" } }\n"

    @Test(
        "a number of Guadeloupe typed as in Paris is called by its own clock, under the French rules, and a do-not-call entry covers it"
    )
    func guadeloupe() async throws {
        let program = try await program(
            try String(contentsOf: Self.cases.appending(path: "fr-overseas-national/campaign.yaml"), encoding: .utf8))
        // A consent holds for a year: in the test it is today's.
        let list = try String(contentsOf: Self.cases.appending(path: "fr-overseas-national/fr_om.csv"), encoding: .utf8)
        let today = Date().formatted(.iso8601.year().month().day())
        try program.write(list.replacing("2026-10-01", with: today), to: "fr_om.csv")
        let imported = try await program.run("import", "fr_om.csv", "--campaign", "fr")
        #expect(imported.status == 0 && imported.output.contains("9"), "\(imported.errors)")
        #expect(!imported.output.contains("can never be called"), "\(imported.output)")
        try await program.run("campaign", "start", "fr")
        // 10:30 in Paris, 05:30 in Guadeloupe.
        let early = try await program.run("why", "05 90 30 12 34", "--region", "FR", "--at", ComingDay.at("09:30"))
        #expect(
            early.output.contains("05:30 in America/Guadeloupe") && early.output.contains("calling_hours: NO"),
            "\(early.output)")
        let open = try await program.run("why", "0590301234", "--region", "FR", "--at", ComingDay.at("15:30"))
        #expect(open.output.contains("calling_hours: yes") && open.output.contains("consent: yes"), "\(open.output)")
        // 10:30 in Reunion.
        let reunion = try await program.run("why", "0692112233", "--region", "FR", "--at", ComingDay.at("06:30"))
        #expect(reunion.output.contains("10:30 in Indian/Reunion"), "\(reunion.output)")
        #expect(try await program.run("dnc", "add", "+590 590 30 12 34").output.contains("1 contact"))
        let barred = try await program.run("why", "0590301234", "--region", "FR", "--at", ComingDay.at("15:30"))
        #expect(barred.output.contains("suppression: NO"), "\(barred.output)")
        let rules = try await program.run("rules", "for", "0692112233", "--region", "FR")
        #expect(rules.output.contains("D. 223-9"))
    }

    @Test(
        "the federal rules hold in the territories; what no rule covers is never open, and the import says how many rows that are"
    )
    func territories() async throws {
        let rules = try await Program().run("rules", "for", "7875550162", "--at", ComingDay.at("05:30"))
        #expect(rules.output.contains("47 CFR 64.1200") && rules.output.contains("Not at"), "\(rules.output)")
        let jersey = try await Program().run("rules", "for", "+447797712345", "--at", ComingDay.at("12:00"))
        #expect(
            !jersey.output.contains("may be called") && jersey.output.contains("No rule pack covers JE"),
            "\(jersey.output)")
        let program = try await program(Self.american)
        for more in [["--dry-run"], []] {
            let result = try await program.run(
                words: ["import", path("us-territories/terr.csv"), "--campaign", "us"] + more)
            #expect(result.status == 0, "\(result.errors)")
            #expect(
                result.output.contains("1 row can never be called") && result.output.contains("+18765550143"),
                "\(result.output)")
            #expect(result.output.contains("different places"), "\(result.output)")
            #expect(!result.output.contains("+17875550143 of"), "\(result.output)")
        }
        try await program.run("campaign", "start", "us")
        let puertoRico = try await program.run("why", "7875550143", "--at", ComingDay.at("14:00"))
        #expect(puertoRico.output.contains("calling_hours: yes"), "\(puertoRico.output)")
        let check = try await program.run("campaign", "check", "c.yaml")
        #expect(
            check.output.contains("one contact has a list that names another place"), "\(check.output)\(check.errors)")
        #expect(check.output.contains("+12125550149: US-CA and US-NY"), "\(check.output)")
        #expect(check.output.contains("no rules for JM"), "\(check.output)")
    }

    @Test("a row's time zone narrows the hours of its number, and the real import says what could not be read")
    func timeZones() async throws {
        let program = try await program(Self.american)
        let list = try await program.run("import", path("timezone-text-crm/tz_pac.csv"), "--campaign", "us")
        #expect(list.output.contains("7 rows") && list.output.contains("different places"), "\(list.output)")
        try program.write("phone,time zone\n2125550160,who knows\n", to: "odd.csv")
        let odd = try await program.run("import", "odd.csv", "--campaign", "us")
        #expect(odd.output.contains("cannot be read") && odd.output.contains("who knows"), "\(odd.output)")
        try await program.run("campaign", "start", "us")
        for number in 143...149 {
            let early = try await program.run("why", "2125550\(number)", "--at", ComingDay.at("14:30"))
            #expect(early.output.contains("calling_hours: NO"), "\(number): \(early.output)")
        }
        // 22:30 in New York, 19:30 in Los Angeles.
        let late = try await program.run("why", "2125550143", "--at", ComingDay.at("03:30", on: .wednesday))
        #expect(late.output.contains("calling_hours: NO"), "\(late.output)")
        let open = try await program.run("why", "2125550143", "--at", ComingDay.at("18:30"))
        #expect(open.output.contains("calling_hours: yes"), "\(open.output)")
    }

    @Test("the rules of the row's state and of the area code's both hold")
    func bothStates() async throws {
        let program = try await program(
            "campaign: us\nregion: US\nsuppression: { none_because: \"trial\" }\ncalling_rules: { pack: us }\n")
        // Kentucky opens at 10, Florida closes at 20 and allows 3 calls in 24 hours.
        try program.write("phone,state\n3055550101,KY\n5025550101,FL\n", to: "l.csv")
        #expect(try await program.run("import", "l.csv", "--campaign", "us").status == 0)
        try await program.run("campaign", "start", "us")
        for number in ["3055550101", "5025550101"] {
            for (at, answer) in [
                (ComingDay.at("14:30"), "NO"), (ComingDay.at("17:30"), "yes"),
                (ComingDay.at("01:30", on: .wednesday), "NO"),
            ] {
                let why = try await program.run("why", number, "--at", at)
                #expect(why.output.contains("calling_hours: \(answer)"), "\(number) at \(at): \(why.output)")
                #expect(why.output.contains("3 attempts"), "\(why.output)")
            }
        }
    }

    @Test("a region without a pack is closed until somebody says what holds there")
    func noPack() async throws {
        let program = try await program("campaign: ie\nregion: IE\nsuppression: { none_because: \"trial\" }\n")
        try program.write("phone\n01 677 1234\n", to: "l.csv")
        let imported = try await program.run("import", "l.csv", "--campaign", "ie")
        #expect(imported.output.contains("1 row can never be called"), "\(imported.output)")
        try await program.run("campaign", "start", "ie")
        let why = try await program.run("why", "+35316771234", "--at", ComingDay.at("12:00"))
        #expect(
            why.output.contains("calling_hours: NO") && why.output.contains("No rule pack comes with Offhook for IE"),
            "\(why.output)")
        try program.write(
            "campaign: ie\nregion: IE\nsuppression: { none_because: \"trial\" }\ncalling_rules: { windows: { mon-fri: \"09:00-20:00\" } }\n",
            to: "c.yaml")
        try await program.run("campaign", "apply", "c.yaml")
        let hours = try await program.run("why", "+35316771234", "--at", ComingDay.at("12:00"))
        #expect(hours.output.contains("calling_hours: NO"), "hours alone say nothing of the law: \(hours.output)")
        try program.write(
            "campaign: ie\nregion: IE\nsuppression: { none_because: \"trial\" }\ncalling_rules: { pack: none, windows: { mon-fri: \"09:00-20:00\" } }\n",
            to: "c.yaml")
        let applied = try await program.run("campaign", "apply", "c.yaml")
        #expect(applied.errors.contains("pack: none"), "\(applied.errors)")
        let open = try await program.run("why", "+35316771234", "--at", ComingDay.at("12:00"))
        #expect(open.output.contains("calling_hours: yes"), "\(open.output)")
    }
}
