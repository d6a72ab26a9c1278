import Foundation
import Testing

@Suite("Rules, why, inventory and check, as a user runs them") struct RulesAndWhyTests {
    let program: Program
    private static let noRegistry = "suppression: { none_because: a test }\n"

    init() throws {
        program = try Program()
    }

    @Test("the packs are listed, shown with sources, and asked for a number")
    func rules() async throws {
        let list = try await program.run("rules", "list")
        for pack in ["us", "ca", "uk", "fr", "de", "au", "es", "none"] { #expect(list.output.contains(pack)) }
        let show = try await program.run("rules", "show", "fr")
        #expect(show.output.contains("D. 223-9"))
        #expect(show.output.contains("4 attempts to a contact within 30 calendar days"))
        let number = try await program.run("rules", "for", "+13055550123", "--at", "2026-03-10T12:30:00Z")
        #expect(number.output.contains("Florida"))
        #expect(number.output.contains("may be called at"))
        let unknown = try await program.run("rules", "show", "frr")
        #expect(unknown.status != 0)
        #expect(unknown.errors.contains("did you mean “fr”"))
    }

    /// A campaign with a company's own pack and two zones, loaded and started.
    private func campaign(_ more: String = "") async throws {
        let folder = program.folder.appendingPathComponent("campaigns")
        try FileManager.default.createDirectory(
            at: folder.appendingPathComponent("rules"), withIntermediateDirectories: true)
        try FileManager.default.createDirectory(
            at: folder.appendingPathComponent("spring"), withIntermediateDirectories: true)
        try program.write(
            """
            pack: acme
            version: "2026-11-01"
            region: US
            rules:
              - places: [US]
                hours: { mon-fri: "09:00-17:00" }
                source: "Acme's handbook, chapter 4"
            """, to: "campaigns/rules/acme.yaml")
        try program.write(
            "campaign: spring\nregion: US\ncalling_rules: { pack: [us, acme] }\n\(Self.noRegistry)\(more)",
            to: "campaigns/spring/campaign.yaml")
        try program.write(
            "name,phone\nAda,212-555-0123\nBob,213-555-0124\nCid,213-555-0125\nDot,800-555-0126\n", to: "list.csv")
        let applied = try await program.run("campaign", "apply", "campaigns/spring")
        #expect(applied.status == 0, "\(applied.errors)")
        let imported = try await program.run("import", "list.csv", "--campaign", "spring")
        #expect(imported.status == 0, "\(imported.errors)")
        try await program.run("campaign", "start", "spring")
    }

    @Test("why a number: every rule in order with its facts, what would have to change, and the earliest instant")
    func whyNumber() async throws {
        try await campaign()
        let closed = try await program.run("why", "+12135550124", "--at", "2026-11-24T14:30:00Z")
        for rule in ["1. campaign: yes", "10. rule_pack: yes", "12. caps: yes", "14. calling_hours: NO"] {
            #expect(closed.output.contains(rule), "\(closed.output)")
        }
        #expect(closed.output.contains("pack acme, US"))
        #expect(closed.output.contains("The earliest possible call: 2026-11-24T17:00:00.000Z"))
        let open = try await program.run("why", "+12135550124", "--at", "2026-11-24T18:00:00Z")
        #expect(open.output.contains("Every rule allows a call now"))
        let tollFree = try await program.run("why", "+18005550126", "--at", "2026-11-24T18:00:00Z")
        #expect(tollFree.output.contains("No date frees it"))
        #expect(tollFree.output.contains("whose state and zone are known"))
    }

    @Test("why at an instant of the past leaves out what came later, and says what is as of today")
    func whyThen() async throws {
        try await campaign()
        #expect(try await program.run("dnc", "add", "+12135550124").status == 0)
        let now = try await program.run("why", "+12135550124")
        #expect(now.output.contains("5. suppression: NO"), "\(now.output)")
        #expect(!now.output.contains("as of today"))
        // A Tuesday, 10:00 in Los Angeles, before the list was there.
        let then = try await program.run("why", "+12135550124", "--at", "2026-03-10T17:00:00Z")
        #expect(then.output.contains("5. suppression: yes"), "\(then.output)")
        #expect(then.output.contains("3. state: yes"))
        #expect(then.output.contains("as of today: the campaign's state and rules"))
        let campaign = try await program.run("why", "--campaign", "spring", "--at", "2026-03-10T17:00:00Z")
        #expect(campaign.output.contains("as of today; only the clock"))
    }

    @Test("why a campaign stands still: counted by reason, the largest first")
    func whyCampaign() async throws {
        try await campaign()
        let early = try await program.run("why", "--campaign", "spring", "--at", "2026-11-24T14:30:00Z")
        let lines = early.output.split(separator: "\n").map(String.init)
        #expect(lines.first == "Campaign “spring”: 1 contact may be called now.")
        #expect(lines.contains("no engine is running; start one with: offhook run"))
        #expect(lines.contains { $0.hasPrefix("no station serves it") })
        let west = try #require(lines.firstIndex(of: "2 wait until 09:00 in America/Los_Angeles"))
        let tollFree = try #require(lines.firstIndex { $0.hasPrefix("1 are held") })
        #expect(west < tollFree)
        try await program.run("campaign", "pause", "spring")
        let paused = try await program.run("why", "--campaign", "spring", "--at", "2026-11-24T18:00:00Z")
        #expect(paused.output.contains("the campaign is paused"))
        #expect(try await program.run("why").status != 0)
    }

    @Test("the inventory counts each contact once, by when and why")
    func inventory() async throws {
        try await campaign()
        let report = try await program.run(
            "report", "inventory", "--campaign", "spring", "--at", "2026-11-24T14:30:00Z", "--format", "json")
        let rows = try #require(try JSONSerialization.jsonObject(with: Data(report.output.utf8)) as? [[String: Any]])
        let counts = Dictionary(
            uniqueKeysWithValues: rows.map { ($0["when"] as? String ?? "", $0["contacts"] as? Int ?? 0) })
        #expect(counts == ["dialable now": 1, "later today": 2, "blocked": 1])
        let sunday = try await program.run(
            "report", "inventory", "--campaign", "spring", "--at", "2026-11-22T18:00:00Z")
        #expect(sunday.output.contains("another day"))
        #expect(sunday.output.contains("wait until Mon 09:00 in America/Los_Angeles"))
    }

    @Test("campaign check says what cannot work, with the contacts that are loaded")
    func check() async throws {
        try await campaign("retry: { busy_or_rejected: { other_weekday: true } }\n")
        let check = try await program.run("campaign", "check", "campaigns/spring")
        #expect(check.status == 0)
        #expect(check.output.contains("1 contact in US"), "\(check.output)")
        #expect(!check.output.contains("busy_or_rejected"))
        try program.write(
            "campaign: spring\nregion: US\ncalling_rules: { pack: us, windows: { mon: \"09:00-11:00\" } }\n\(Self.noRegistry)",
            to: "campaigns/spring/campaign.yaml")
        let never = try await program.run("campaign", "check", "campaigns/spring")
        #expect(never.output.contains("retry.no_answer waits for another part of the day"), "\(never.output)")
    }

    @Test(
        "two campaigns' packs of one name and different rules do not mix: the second is refused, by check and by apply")
    func packsOfOneName() async throws {
        for (name, hours) in [("a", "10:00-11:00"), ("b", "00:00-24:00")] {
            try FileManager.default.createDirectory(
                at: program.folder.appendingPathComponent("\(name)/rules"), withIntermediateDirectories: true)
            try program.write(
                "pack: acme\nversion: \"2026-11-01\"\nregion: US\nrules: [{ places: [US], source: mine, hours: { all: \"\(hours)\" } }]\n",
                to: "\(name)/rules/acme.yaml")
            try program.write(
                "campaign: \(name)\nregion: US\ncalling_rules: { pack: acme }\n", to: "\(name)/campaign.yaml")
        }
        #expect(try await program.run("campaign", "apply", "a").status == 0)
        for verb in ["check", "apply"] {
            let second = try await program.run("campaign", verb, "b")
            #expect(second.status != 0)
            #expect(second.errors.contains("a/rules/acme.yaml") && second.errors.contains("b/rules/acme.yaml"))
        }
        #expect(try await program.run("rules", "show", "acme").output.contains("10:00-11:00"))
        #expect(!(try await program.run("campaign", "list").output.contains("b/campaign.yaml")))
        // Run from another folder, a's own file is still a's own.
        #expect(try await program.run("campaign", "apply", "b/../a/campaign.yaml").status == 0)
    }

    @Test("words that would switch rules off, or name nothing, are refused or warned of")
    func typos() async throws {
        try program.write(
            "campaign: x\nregion: US\ncalling_rules: { purpose: debt_colection }\n", to: "x.yaml")
        let purpose = try await program.run("campaign", "apply", "x.yaml")
        #expect(purpose.status != 0)
        #expect(purpose.errors.contains("did you mean “debt_collection”"), "\(purpose.errors)")
        try program.write(
            "campaign: x\nregion: US\ncalling_rules: { time_zone: America/New_Yrok }\n", to: "x.yaml")
        let zone = try await program.run("campaign", "apply", "x.yaml")
        #expect(zone.status != 0)
        #expect(zone.errors.contains("America/New_Yrok"), "\(zone.errors)")
        try program.write(
            """
            phones:
              - { name: desk-1, family: gxp, address: "http://192.0.2.10", passcode: { env: NONE }, trunk: front }
            """, to: "phones.yaml")
        try await program.run("phones", "apply", "--allow-local-phones", "phones.yaml")
        try program.write(
            "campaign: x\nregion: US\nstations: [\"desk-*\", \"nosuch-*\"]\ntrunks: { fromt: 3 }\n", to: "x.yaml")
        let applied = try await program.run("campaign", "apply", "x.yaml")
        #expect(applied.status == 0)
        #expect(applied.errors.contains("“stations” names nosuch-*, which fits none of the 1 stations"))
        #expect(applied.errors.contains("“trunks” names fromt, and no phone has that trunk; did you mean “front”?"))
        #expect(!applied.errors.contains("desk-*"))
    }

    @Test("the documentation's example for a first campaign is checked without a warning")
    func documentedExample() async throws {
        let docs = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("docs/calling-rules.md")
        let lines = try String(contentsOf: docs, encoding: .utf8).split(
            separator: "\n", omittingEmptySubsequences: false)
        let start = try #require(lines.firstIndex { $0 == "    campaign: spring" })
        let block = lines[start...].prefix { $0.hasPrefix("    ") }.map { $0.dropFirst(4) }.joined(separator: "\n")
        try program.write(block, to: "spring.yaml")
        let check = try await program.run("campaign", "check", "spring.yaml")
        #expect(check.status == 0, "\(check.errors)")
        // The shipped packs grow older while the example stays.
        let warnings = check.output.split(separator: "\n").filter {
            $0.hasPrefix("warning") && !$0.contains("look for a newer one")
        }
        #expect(warnings.isEmpty, "\(warnings)")
    }

    @Test("campaign check counts the contacts whose list says nothing of the consent that a pack asks for")
    func consentCount() async throws {
        try program.write(
            "campaign: x\nregion: US\ncalling_rules: { pack: us }\nconsent: required\n", to: "x.yaml")
        try program.write(
            "phone,consent,consent_date,consent_proof\n212-555-0123,yes,2026-01-01,form\n212-555-0124,,,\n212-555-0125,no,2026-01-01,form\n",
            to: "list.csv")
        try await program.run("campaign", "apply", "x.yaml")
        try await program.run("import", "list.csv", "--campaign", "x")
        let check = try await program.run("campaign", "check", "x.yaml")
        #expect(check.output.contains("2 contacts lack it"), "\(check.output)")
    }

    @Test(
        "a pack of the company's may not take a shipped one's name, and a pack that is not there is named with the nearest"
    )
    func packNames() async throws {
        try await campaign()
        try program.write(
            "campaign: spring\nregion: US\ncalling_rules: { pack: acne }\n", to: "campaigns/spring/campaign.yaml")
        let missing = try await program.run("campaign", "check", "campaigns/spring")
        #expect(missing.status != 0)
        #expect(missing.errors.contains("did you mean “acme”"))
        try program.write(
            "pack: us\nversion: \"2026-11-01\"\nregion: US\nrules: [{ places: [US], source: mine, consent: required }]\n",
            to: "campaigns/rules/us.yaml")
        #expect(try await program.run("campaign", "check", "campaigns/spring").errors.contains("another name"))
    }
}
