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
        ).findings
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
            "no_answer asks for 3 attempts, but the campaign's caps allows 2"
        ),
        (
            "calling_rules: { pack: none, windows: { all: \"09:00-20:00\" } }\ncaps: [{ attempts: 2, within: ever }]\n",
            "total_attempts is 6"
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
}
