import CallingRules
import Campaigns
import Eligibility
import Testing

@Suite("campaign check") struct CampaignCheckTests {
    /// 10 March 2026, 14:00 UTC.
    private let now = Instant(milliseconds: 1_773_151_200_000)
    private let newYork = Area(zones: ["America/New_York"], region: "US", jurisdiction: "US-NY")

    private func findings(
        _ more: String, areas: [(area: Area, contacts: Int)]? = nil, pack: RulePack = .none
    ) throws -> [String] {
        let campaign = try CampaignFile.read("campaign: a\nregion: US\n\(more)", file: "c.yaml")
        return CampaignCheck(
            EligibilityRules(campaign: campaign, pack: pack), areas: areas ?? [(newYork, 10)],
            sampleZones: ["America/New_York"], at: now
        ).findings.filter { $0 != CallingRulesSettings.withoutRulesText }
    }

    /// A file, and a piece of the finding; nil where nothing may be found.
    static let cases: [(String, String?)] = [
        (
            "calling_rules: { pack: none, windows: { mon-fri: \"09:00-20:00\" } }\nsuppression: { registries: [federal] }\n",
            nil
        ),
        (
            "calling_rules: { pack: none, windows: { mon-fri: \"09:00-20:00\" } }\nsuppression: { none_because: \"customers\" }\n",
            nil
        ),
        ("calling_rules: { pack: none, windows: { mon-fri: \"09:00-20:00\" } }\n", "“suppression” is missing"),
        ("calling_rules: { pack: none }\n", "any hour"),
        ("calling_rules: { pack: none, windows: { mon: closed } }\n", "closed all week"),
        // Open in the morning only: “another part of the day” is never met.
        (
            "calling_rules: { pack: none, windows: { mon-fri: \"09:00-11:00\" } }\n",
            "retry.no_answer waits for another part"
        ),
        (
            "calling_rules: { pack: none, windows: { mon: \"09:00-20:00\" } }\nretry: { busy_or_rejected: { other_weekday: true } }\n",
            "retry.busy_or_rejected waits for another weekday"
        ),
        (
            "calling_rules: { pack: none, windows: { all: \"09:00-20:00\" } }\ncaps: [{ attempts: 2, within: 24h }]\n",
            "no_answer (3 attempts), busy_or_rejected (3 attempts) and agent_cancelled (3 attempts) ask for more, but the campaign's caps allows 2"
        ),
        (
            "calling_rules: { pack: none, windows: { all: \"09:00-20:00\" } }\ncaps: [{ attempts: 2, within: ever }]\n",
            "ask for more, but the campaign's caps allows 2 for ever: the others never come"
        ),
        (
            "calling_rules: { pack: none, time_zone: Asia/Tokyo, windows: { all: \"09:00-20:00\" } }\n",
            "no contact is in the zone Asia/Tokyo"
        ),
        (
            "calling_rules: { pack: none, windows: { all: \"09:00-20:00\" } }\nconsent: required\n",
            "consent is required by the campaign"
        ),
    ]

    @Test("what cannot work is found, and what can is left alone", arguments: cases)
    func table(more: String, piece: String?) throws {
        let found = try findings(more)
        if let piece {
            #expect(found.contains { $0.contains(piece) }, "\(found)")
        } else {
            #expect(found.isEmpty, "\(found)")
        }
    }

    private static let open =
        "calling_rules: { pack: none, windows: { all: \"09:00-20:00\" } }\nsuppression: { none_because: test }\n"
    private static let noCallbacks = "dispositions: [{ code: A, class: success }]\n"

    /// Caps, silences and retries, and a piece of the finding; nil where nothing may be found.
    static let limits: [(String, String?)] = [
        (
            "caps: [{ attempts: 2, within: 7d }]\nretry: { dispositions: { machine: { attempts: 5, after: 1h } } }\n",
            "dispositions.machine (5 attempts) ask for more, but the campaign's caps allows 2 within 7 d"
        ),
        // Three calls in 24 h come too near, though all ten together take longer than that.
        (
            "caps: [{ attempts: 2, within: 24h }]\nretry: { busy_or_rejected: { attempts: 10, after: 4h }, total_attempts: 10 }\n",
            "busy_or_rejected (10 attempts)"
        ),
        // Growing delays leave room for the cap; the total's other attempts as well.
        (
            "caps: [{ attempts: 3, within: 24h }]\nretry: { busy_or_rejected: { attempts: 4, after: 6h, growth: 2 } }\n",
            nil
        ),
        (
            "caps: [{ attempts: 4, within: 30d }]\n",
            "total_attempts is 6, but the campaign's caps allows 4 calls within 30 d"
        ),
        ("caps: [{ attempts: 3, within: 24h }]\n", nil),
        ("caps: [{ attempts: 4, within: 30d }]\nretry: { total_attempts: 4 }\n", nil),
        (
            "caps: [{ conversations: 1, within: 7d }]\n\(noCallbacks)",
            "short_answer asks for 2 attempts, but the campaign's caps allows 1 conversation within 7 d"
        ),
        ("caps: [{ conversations: 1, within: 7d }]\nretry: { short_answer: stop }\n\(noCallbacks)", nil),
        ("caps: [{ conversations: 1, within: 7d }]\nretry: { short_answer: stop }\n", "a callback comes later"),
        ("caps: [{ conversations: 1, within: ever }]\nretry: { short_answer: stop }\n", "a callback never comes"),
        ("caps: [{ conversations: 2, within: 7d }]\n", nil),
        (
            "caps: [{ silence_after: refusal, lasting: 60d }]\nretry: { dispositions: { not_interested: { attempts: 2, after: 30d } } }\n",
            "dispositions.not_interested calls again after 30 d, but the campaign's caps asks for silence for 60 d after a refusal"
        ),
        (
            "caps: [{ silence_after: refusal, lasting: 60d }]\nretry: { dispositions: { not_interested: { attempts: 2, after: 90d } } }\n",
            nil
        ),
        ("caps: [{ silence_after: refusal, lasting: 60d }]\n", nil),
        ("caps: [{ silence_after: conversation, lasting: 7d }]\n\(noCallbacks)", "short_answer calls again after 24 h"),
    ]

    @Test("a cap that is under every retry rule is one finding, and what it does to callbacks another")
    func oneFindingACap() throws {
        let found = try findings(Self.open + "caps: [{ attempts: 1, within: 30d }]\n")
        #expect(found.count == 2, "\(found)")
        #expect(
            found.first
                == "short_answer (2 attempts), no_answer (3 attempts), busy_or_rejected (3 attempts), failed_fast (2 attempts), "
                + "agent_cancelled (3 attempts), phone_lost (2 attempts) and unknown (2 attempts) ask for more, but the campaign's caps allows 1 within 30 d: the others come later than “after” says"
        )
        #expect(found.last?.contains("a callback comes later") == true, "\(found)")
    }

    @Test(
        "limits that hold the policy's calls back are found, and those that leave it room are left alone",
        arguments: limits)
    func holdBack(more: String, piece: String?) throws {
        let found = try findings(Self.open + more)
        if let piece {
            #expect(found.contains { $0.contains(piece) }, "\(found)")
        } else {
            #expect(found.isEmpty, "\(found)")
        }
    }

    @Test("everybody who asks for consent is named, and the contacts that lack it are counted")
    func consentAskers() throws {
        let pack = { (name: String, region: String) in
            try RulePackFile.read(
                "pack: \(name)\nversion: \"2026-03-01\"\nregion: \(region)\nrules: [{ places: [\(region)], source: the law of \(region), consent: required }]\n",
                file: "p.yaml")
        }
        let campaign = try CampaignFile.read("campaign: a\nregion: FR\n", file: "c.yaml")
        let rules = EligibilityRules(campaign: campaign, book: RuleBook([try pack("fr", "FR"), try pack("de", "DE")]))
        let before = CampaignCheck(rules, areas: [], sampleZones: ["Europe/Paris"], at: now).findings
        #expect(
            before.contains { $0.contains("pack fr, FR (the law of FR) and by pack de, DE (the law of DE)") },
            "\(before)")
        let germany = Area(zones: ["Europe/Berlin"], region: "DE", jurisdiction: "DE")
        let loaded = CampaignCheck(rules, areas: [(germany, 10)], sampleZones: [], withoutConsent: 7, at: now).findings
        #expect(
            loaded.contains {
                $0.contains("by pack de, DE") && !$0.contains("pack fr") && $0.contains("7 contacts lack it")
            },
            "\(loaded)")
    }

    @Test("contacts that no date can free are counted, with the reason")
    func unreachable() throws {
        let pack = try RulePackFile.read(
            "pack: us\nversion: \"2026-03-01\"\nregion: US\nrules: [{ places: [US], source: a test, hours: { all: \"08:00-21:00\" } }]\n",
            file: "us.yaml")
        let canada = Area(zones: ["America/Toronto"], region: "CA", jurisdiction: "CA-ON")
        let found = try findings("", areas: [(newYork, 10), (canada, 7)], pack: pack)
        #expect(found.contains { $0.hasPrefix("7 contacts in CA-ON") && $0.contains("no rules for CA") }, "\(found)")
    }

    @Test("a pack that is getting old, or is too old, is named")
    func age() throws {
        for (version, word) in [("2025-08-01", "look for a newer"), ("2024-01-01", "too old")] {
            let pack = try RulePackFile.read(
                "pack: us\nversion: \"\(version)\"\nregion: US\nrules: [{ places: [US], source: a test, hours: { all: \"08:00-21:00\" } }]\n",
                file: "us.yaml")
            #expect(try findings("", pack: pack).contains { $0.contains(word) })
        }
    }

    // MARK: Rules with dates

    private func ahead(_ rules: String, _ more: String = "", at text: String = "2026-12-01T20:00:00Z") throws
        -> [String]
    {
        let pack = try RulePackFile.read(
            "pack: own\nversion: \"2026-12-01\"\nregion: US\nrules:\n"
                + "  - { places: [US], hours: { all: \"08:00-22:00\" }, source: federal }\n\(rules)\n", file: "own.yaml"
        )
        let yaml = "campaign: a\nregion: US\nsuppression: { none_because: customers }\n\(more)"
        let campaign = try CampaignFile.read(yaml, file: "c.yaml")
        let portland = Area(zones: ["America/Los_Angeles"], region: "US", jurisdiction: "US-OR")
        let ontario = Area(zones: ["America/Boise", "America/Los_Angeles"], region: "US", jurisdiction: "US-OR")
        return CampaignCheck(
            EligibilityRules(campaign: campaign, pack: pack), areas: [(portland, 1200), (ontario, 40)], sampleZones: [],
            names: ["US-OR": "Oregon"], at: try #require(Instant(iso8601: text))
        ).findings.filter { $0.hasPrefix("from ") }
    }

    @Test("a rule that begins within 90 days is told ahead, with the hours that are lost and the contacts")
    func loses() throws {
        let rule = "  - { places: [US-OR], from: 2027-01-01, hours: { all: \"08:00-20:00\" }, source: HB 3865 }"
        let told = "from 1 January 2027 this list loses 2 hours a day by “HB 3865” in Oregon (1240 contacts)"
        #expect(try ahead(rule) == [told])
        #expect(try ahead(rule, at: "2026-10-03T20:00:00Z") == [told])
        // 91 days before, and on the day itself.
        #expect(try ahead(rule, at: "2026-10-02T20:00:00Z").isEmpty)
        #expect(try ahead(rule, at: "2027-01-01T20:00:00Z").isEmpty)
    }

    /// A rule of Oregon, and what is told of it.
    static let changeCases: [(String, [String])] = [
        (
            "from: 2027-01-01, hours: { mon-sat: \"08:00-22:00\" }",
            ["loses 14 hours a week by “law” in Oregon"]
        ),
        ("from: 2027-01-01, hours: { mon-sat: \"08:00-21:30\" }", ["loses 17 hours a week"]),
        (
            "until: 2027-01-31, hours: { all: \"08:00-21:00\" }",
            ["from 1 February 2027 this list wins 1 hour a day in Oregon"]
        ),
        ("from: 2027-01-01, closed: true", ["may not be called at all by “law” in Oregon"]),
        (
            "from: 2027-01-01, unless: [consent], hours: { all: \"08:00-20:00\" }",
            ["loses 2 hours a day by “law”, but for contacts that it exempts, in Oregon"]
        ),
        ("from: 2027-01-01, consent: required", ["needs each contact's consent on record by “law”"]),
        (
            "from: 2027-01-01, caps: [{ attempts: 3, within: 24h }]",
            ["may have at most 3 attempts to a contact within 24 h"]
        ),
        (
            "from: 2027-01-01, caps: [{ silence_after: refusal, lasting: 60d }]",
            ["has a silence for 60 d after a refusal"]
        ),
        // Nobody loses anything.
        ("from: 2027-01-01, hours: { all: \"07:00-23:00\" }", []),
        ("until: 2026-12-31, nothing_stricter: true, date: 2026-12-01", []),
        ("from: 2027-01-01, purpose: charity, closed: true", []),
    ]

    @Test("what a rule changes from a day on is told in hours, caps and consent", arguments: changeCases)
    func changes(rule: String, told: [String]) throws {
        let found = try ahead("  - { places: [US-OR], source: law, \(rule) }")
        #expect(found.count == told.count, "\(found)")
        for (sentence, piece) in zip(found, told) { #expect(sentence.contains(piece), "\(sentence)") }
    }

    @Test("hours that the campaign's own windows do not use are not lost")
    func ownWindows() throws {
        let rule = "  - { places: [US-OR], from: 2027-01-01, hours: { all: \"08:00-20:00\" }, source: HB 3865 }"
        #expect(
            try ahead(rule, "calling_rules: { pack: own, windows: { mon-fri: \"09:00-17:00\" } }\n").isEmpty)
    }
}
