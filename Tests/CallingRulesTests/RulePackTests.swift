import CallingRules
import Campaigns
import Foundation
import PhoneNumbers
import Testing

@Suite("Rule packs") struct RulePackTests {
    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("share/rules")

    static func shipped(_ name: String) throws -> RulePack {
        let file = folder.appendingPathComponent("\(name).yaml")
        return try RulePackFile.read(
            try String(contentsOf: file, encoding: .utf8), file: "\(name).yaml", atlas: atlas.get())
    }

    private static let atlas = Result {
        try NumberAtlas(directory: folder.deletingLastPathComponent().appendingPathComponent("number-data"))
    }

    static let names = ["us", "ca", "uk", "fr", "de", "au", "es"]

    @Test("each shipped pack reads, is named as its file, and every rule has its source and date", arguments: names)
    func shipped(name: String) throws {
        let pack = try Self.shipped(name)
        #expect(pack.name == name)
        #expect(CivilDate(pack.version) != nil)
        #expect(!pack.rules.isEmpty)
        for rule in pack.rules {
            #expect(rule.source.count > 20, "\(rule.places) needs a source that can be looked up")
            #expect(rule.date.text <= pack.version)
        }
    }

    @Test("the shipped packs are those that campaigns get by default")
    func defaults() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path).filter {
            $0.hasSuffix(".yaml")
        }
        #expect(Set(files) == Set(Self.names.map { "\($0).yaml" }))
        #expect(Set(CallingRulesSettings.packsByRegion.values) == Set(Self.names))
        for (region, name) in CallingRulesSettings.packsByRegion {
            #expect(try Self.shipped(name).regions.contains(region))
        }
    }

    private func holding(
        _ packs: [String], _ region: String?, _ jurisdiction: String?, purposes: Set<CallPurpose> = [.sales]
    ) throws -> RuleBook.Holding {
        try RuleBook(packs.map(Self.shipped)).holding(
            in: Area(zones: ["America/New_York"], region: region, jurisdiction: jurisdiction), purposes: purposes)
    }

    @Test("a state is under the federal rules and its own together")
    func together() throws {
        let florida = try holding(["us"], "US", "US-FL")
        let places = florida.entries.map { $0.place(in: Area(zones: [], region: "US", jurisdiction: "US-FL")) }
        #expect(Set(places) == ["pack us, US", "pack us, US-FL"])
        #expect(florida.entries.flatMap(\.rule.caps).map(\.limit) == [3])
        #expect(try holding(["us"], "US", "US-NY").entries.contains { $0.rule.places.contains("US") })
    }

    @Test("rules for a purpose hold only where the campaign names it")
    func purpose() throws {
        #expect(try holding(["us"], "US", "US-NY").entries.flatMap(\.rule.caps).isEmpty)
        let debt = try holding(["us"], "US", "US-NY", purposes: [.debtCollection])
        #expect(debt.entries.flatMap(\.rule.caps).map(\.limit) == [7])
        #expect(debt.entries.flatMap(\.rule.silences).map(\.after) == [.conversation])
    }

    @Test("Washington keeps twelve months after a refusal, France for good; France and Germany ask for consent")
    func silencesAndConsent() throws {
        #expect(
            try holding(["us"], "US", "US-WA").entries.flatMap(\.rule.silences).map(\.lasting) == [
                .seconds(366 * 86_400)
            ])
        let france = try holding(["fr"], "FR", "FR")
        #expect(france.entries.flatMap(\.rule.silences).map(\.lasting) == [.seconds(60 * 86_400), nil])
        #expect(
            france.entries.flatMap(\.rule.caps).map(\.sentence) == ["4 attempts to a contact within 30 calendar days"])
        #expect(france.entries.contains { $0.rule.requiresConsent })
        #expect(try holding(["de"], "DE", "DE").entries.contains { $0.rule.requiresConsent })
    }

    @Test("a book of two packs answers each region by its own; a region of neither denies, a missing state too")
    func twoCountries() throws {
        #expect(try holding(["us", "ca"], "CA", "CA-ON").entries.allSatisfy { $0.pack == "ca" })
        #expect(try holding(["us", "ca"], "US", "US-NY").entries.allSatisfy { $0.pack == "us" })
        #expect(try holding(["us", "ca"], "GB", "GB").problem?.code == "no_rule")
        #expect(try holding(["us", "ca"], nil, nil).problem?.code == "no_rule")
        #expect(try holding(["us", "ca"], "US", nil).problem?.code == "jurisdiction_unknown")
        #expect(try holding(["us", "ca"], "CA", nil).problem?.code == "jurisdiction_unknown")
        // The German pack has no rules for states, so a number without one is under the whole country's.
        #expect(try holding(["us", "de"], "DE", nil).problem == nil)
    }

    @Test("where only the region is known because several parts are possible, the rules of all parts hold")
    func severalParts() throws {
        let pack = try RulePackFile.read(
            """
            pack: own
            version: "2026-11-01"
            region: CA
            rules:
              - { places: [CA], source: "company, all", hours: { all: "08:00-20:00" } }
              - { places: [CA-NS], source: "company, NS", hours: { all: "09:00-20:00" } }
              - { places: [CA-QC], source: "company, QC", hours: { all: "08:00-18:00" } }
            """, file: "own.yaml")
        let book = RuleBook([pack])
        let count = { (jurisdiction: String) in
            book.holding(in: Area(zones: [], region: "CA", jurisdiction: jurisdiction)).entries.count
        }
        #expect(count("CA") == 3)
        #expect(count("CA-NS") == 2)
        #expect(count("CA-NS+CA-QC") == 3)
    }

    /// A place of a pack with a row for the country and for two of its parts, and whether it is closed.
    static let rows: [(String, String, Bool)] = [
        ("US", "US-OR", false), ("US", "US-CO", false), ("US", "US-NY", true), ("US", "US-OR+US-NY", true),
        // The number may be in several states: the rows of all of them hold.
        ("US", "US", false),
        // Territories are regions of their own; the pack is for both and has a row for one.
        ("PR", "PR", false), ("PR", "US-PR", false), ("GU", "GU", true), ("GU", "US-GU", true),
    ]

    @Test("a place without a row is closed where other parts of its region have one, with what to do", arguments: rows)
    func missingRow(region: String, jurisdiction: String, isClosed: Bool) throws {
        let pack = try RulePackFile.read(
            """
            pack: own
            version: "2026-12-01"
            region: [US, PR, GU]
            rules:
              - { places: [US, PR], source: "federal hours", hours: { all: "08:00-21:00" } }
              - { places: [US-OR], source: "Oregon, HB 3865", hours: { all: "08:00-20:00" } }
              - { places: [US-CO], source: "Colorado, looked", nothing_stricter: true, date: 2026-12-01 }
            """, file: "own.yaml")
        let holding = RuleBook([pack]).holding(in: Area(zones: [], region: region, jurisdiction: jurisdiction))
        #expect((holding.problem != nil) == isClosed)
        #expect(holding.entries.isEmpty == isClosed)
        if isClosed {
            #expect(holding.problem?.code == "no_rule")
            #expect(holding.problem?.text.contains("nothing_stricter: true") == true)
        }
    }

    @Test("a row in a pack of one's own opens a place that the other pack leaves out")
    func rowOfOnesOwn() throws {
        let read = { (name: String, place: String) in
            try RulePackFile.read(
                "pack: \(name)\nversion: \"2026-12-01\"\nregion: US\nrules:\n"
                    + "  - { places: [US], source: \"federal hours\", hours: { all: \"08:00-21:00\" } }\n"
                    + "  - { places: [\(place)], source: \"looked\", nothing_stricter: true, date: 2026-12-01 }\n",
                file: "own.yaml")
        }
        let newYork = Area(zones: [], region: "US", jurisdiction: "US-NY")
        let first = try read("first", "US-OR")
        #expect(RuleBook([first]).holding(in: newYork).problem != nil)
        #expect(try RuleBook([first, read("second", "US-NY")]).holding(in: newYork).problem == nil)
    }

    @Test("a company's pack beside a shipped one adds to it: the stricter wins")
    func companyPack() throws {
        let own = try RulePackFile.read(
            """
            pack: acme
            version: "2026-11-01"
            region: [US, CA]
            rules:
              - places: [US, CA]
                hours: { mon-fri: "10:00-17:00" }
                caps: [{ attempts: 1, within: 24h }]
                source: "Acme's handbook, chapter 4"
            """, file: "acme.yaml")
        let book = RuleBook([try Self.shipped("us"), own])
        let hours = CallingHours(
            area: Area(zones: ["America/New_York"], region: "US", jurisdiction: "US-NY"),
            rules: CallingRulesSettings(pack: "us"), holidays: .none, book: book, clocks: ZoneClocks())
        let nine = try #require(Instant(iso8601: "2026-03-10T13:30:00Z"))
        #expect(!hours.verdict(at: nine, margin: .seconds(25)).isAllowed)
        #expect(hours.nextOpening(from: nine, margin: .seconds(25)) == Instant(iso8601: "2026-03-10T14:00:00Z"))
    }

    /// A region, a place in it, and what the message says; nil where the place is one.
    static let places: [(String, String, String?)] = [
        ("US", "US-FL", nil), ("US", "US", nil), ("CA", "CA-ON", nil), ("AU", "AU-NSW", nil), ("FR", "FR-75", nil),
        ("US", "US-Florida", "did you mean “US-FL”?"), ("US", "US-XX", "no part of US"),
        ("US", "USA", "none of the pack's regions"),
        ("US", "us", "none of the pack's regions"), ("US", "US-", "no part of US"),
        ("CA", "US-FL", "none of the pack's regions"),
        ("FR", "FR-Paris", "no ISO 3166-2 code"), ("UK", "UK", "GB"), ("us", "us", "the code that is meant is US"),
    ]

    @Test("a place that could never hold is refused with what was meant", arguments: places)
    func place(region: String, place: String, piece: String?) throws {
        let text = """
            pack: own
            version: "2026-11-01"
            region: \(region)
            rules:
              - { places: [\(place)], consent: required, source: "a test" }
            """
        let atlas = try Self.atlas.get()
        do {
            let pack = try RulePackFile.read(text, file: "p.yaml", atlas: atlas)
            #expect(piece == nil, "\(place) must be refused")
            #expect(pack.places == [place])
        } catch {
            let wanted = try #require(piece, "\(error)")
            #expect(error.description.contains(wanted), "\(error)")
        }
    }

    @Test("a purpose that Offhook does not know is refused with the nearest; a known one is not")
    func purposes() throws {
        try RuleBook.check(purposes: [])
        try RuleBook.check(purposes: ["debt_collection", "charity"])
        #expect {
            try RuleBook.check(purposes: ["debt_colection"])
        } throws: {
            "\($0)".contains("did you mean “debt_collection”?")
        }
    }

    @Test(
        "a pack that is not there is named with the one that is meant: that of a region before a word that looks alike")
    func missingPack() throws {
        let known = ["us": RulePack.none, "uk": .none, "au": .none, "acme": .none]
        for (name, meant) in [("gb", "uk"), ("GB", "uk"), ("uss", "us"), ("acne", "acme")] {
            #expect {
                try RuleBook(names: [name], among: known)
            } throws: {
                "\($0)".contains("did you mean “\(meant)”?")
            }
        }
    }

    @Test("mistakes of a pack are all named, with their lines")
    func mistakes() {
        let text = """
            pack: none
            version: last week
            region: XX
            rules:
              - places: [US]
                hours: { someday: "08:00-20:00" }
                caps: [{ within: 24h }, { attempts: 3 }, { attempts: 0, within: 1d }]
                holidays: [13-01]
                consent: perhaps
                colour: blue
            """
        do {
            _ = try RulePackFile.read(text, file: "p.yaml")
            Issue.record("must be refused")
        } catch {
            let lines = error.problems.compactMap(\.line)
            #expect(Set(lines).isSuperset(of: [1, 2, 3, 5, 6, 7, 8, 9, 10]), "\(error)")
        }
    }

    @Test("a pack's age counts from the day of its version")
    func age() throws {
        let pack = try Self.shipped("us")
        let day = try #require(CivilDate(pack.version))
        let now = Instant(milliseconds: (day.daysSince1970 + 200) * 86_400_000)
        #expect(pack.age(at: now) == .seconds(200 * 86_400))
        #expect(RulePack.none.age(at: now) == nil)
    }
}
