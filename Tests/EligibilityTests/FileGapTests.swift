import CallingRules
import Campaigns
import Eligibility
import Foundation
import PhoneNumbers
import Testing

@Suite("What a campaign's file has to say before anybody is called") struct FileGapTests {
    /// Tuesday, 1 December 2026: 10:00 in Austin, 16:00 in Dublin, 17:00 in Berlin.
    private let now = Instant(milliseconds: 1_796_140_800_000)
    private let texas = Area(zones: ["America/Chicago"], region: "US", jurisdiction: "US-TX")
    private static let day: Duration = .seconds(86_400)

    private func pack(_ row: String = "") throws -> RulePack {
        try RulePackFile.read(
            """
            pack: us
            version: "2026-12-01"
            region: [US, DE]
            rules:
              - { places: [US, DE], hours: { all: "08:00-21:00" }, source: "the wider hours" }
              - { places: [US], purpose: sales, registry: "National Registry", source: "16 CFR 310.4"\(row) }
              - { places: [US-TX], purpose: sales, registry: "Texas No-Call List", source: "Texas" }
            """, file: "us.yaml")
    }

    private func rules(
        _ more: String = "", region: String = "US", row: String = "", grace: Instant? = nil
    ) throws -> EligibilityRules {
        let campaign = try CampaignFile.read("campaign: c\nregion: \(region)\n\(more)", file: "c.yaml")
        let book = RuleBook(campaign.callingRules.packs == ["none"] ? [.none] : [try pack(row)])
        return EligibilityRules(campaign: campaign, book: book, graceUntil: grace, clocks: ZoneClocks())
    }

    private func facts(in area: Area? = nil, registries: [String: Instant] = [:]) throws -> EligibilityFacts {
        var facts = EligibilityFacts(
            number: try #require(PhoneNumber(e164: "+15125550123")), area: area ?? texas, contactState: .ready,
            campaignStarted: true, listPaused: false, notBefore: nil, numberDead: false, suppressions: [],
            openAttempt: nil, pastCalls: [], totalAttempts: 0)
        facts.registries = registries
        return facts
    }

    private func verdict(
        _ rules: EligibilityRules, _ facts: EligibilityFacts? = nil, at instant: Instant? = nil
    ) throws -> EligibilityVerdict {
        Eligibility.evaluate(
            try facts ?? self.facts(), under: rules, at: instant ?? now, margin: .seconds(25), claimed: false)
    }

    private func check(_ rules: EligibilityRules) -> [String] {
        CampaignCheck(rules, areas: [(texas, 10)], sampleZones: [], at: now).findings
    }

    @Test("a country with a registry is closed until the file names a registry or says why none applies")
    func named() throws {
        let silent = try rules()
        let denied = try verdict(silent)
        #expect(denied.reasons.map(\.code) == ["registry_not_named"])
        #expect(denied.reasons.first?.text.contains("National Registry") == true)
        #expect(Eligibility.earliest(try facts(), under: silent, from: now, margin: .seconds(25)) == nil)
        #expect(Remedy.sentence("registry_not_named") != nil)
        #expect(try verdict(rules("suppression: { none_because: customers }\n")).verdict.isAllowed)
        let named = try rules("suppression: { registries: [any-name] }\n")
        #expect(try verdict(named).reasons.map(\.code) == ["registry_missing"])
        #expect(try verdict(named, facts(registries: ["any-name": now - Self.day])).verdict.isAllowed)
    }

    @Test("the lines that the reason and the check give are lines of a file that opens the country")
    func lines() throws {
        let text = try #require(try verdict(rules()).reasons.first?.text)
        for key in ["registries: [", "none_because: \""] {
            let start = try #require(text.range(of: "suppression: { \(key)")).lowerBound
            let end = try #require(text[start...].firstIndex(of: "}"))
            let line = String(text[start...end])
            let answered = try rules(line + "\n")
            #expect(answered.gap(in: texas, at: now) == nil, "\(line)")
        }
        #expect(check(try rules()).contains { $0.contains(text) })
        #expect(!check(try rules("suppression: { none_because: customers }\n")).contains { $0.contains("registr") })
    }

    @Test("a purpose that the registry is not about, another country, and days outside the rule's are open")
    func scope() throws {
        #expect(try verdict(rules("calling_rules: { pack: us, purpose: survey }\n")).verdict.isAllowed)
        let germany = Area(zones: ["Europe/Berlin"], region: "DE", jurisdiction: "DE")
        #expect(try verdict(rules(), facts(in: germany)).verdict.isAllowed)
        #expect(try verdict(rules(row: ", until: 2026-11-30")).verdict.isAllowed)
        #expect(try verdict(rules(row: ", from: 2026-12-02")).verdict.isAllowed)
        let ending = try rules(row: ", until: 2026-12-01")
        #expect(try verdict(ending).reasons.map(\.code) == ["registry_not_named"])
        // Midnight in Austin is closed by the hours; the next morning is not.
        let earliest = Eligibility.earliest(try facts(), under: ending, from: now, margin: .seconds(25))
        #expect(earliest == Instant(milliseconds: 1_796_220_000_000))
    }

    @Test("a state's own list is named and closes nothing; a source with the state's letters counts for it")
    func stateList() throws {
        let federal = try rules("suppression: { registries: [us-dnc] }\n")
        #expect(check(federal).contains { $0.contains("US-TX (Texas No-Call List)") && $0.contains("us-tx") })
        #expect(try verdict(federal, facts(registries: ["us-dnc": now])).verdict.isAllowed)
        for source in ["us-tx", "tx_no_call", "texas no-call list"] {
            let both = try rules("suppression: { registries: [us-dnc, \"\(source)\"] }\n")
            #expect(!check(both).contains { $0.contains("Texas") }, "\(source)")
        }
        let others = try rules("suppression: { registries: [us-dnc, textiles] }\n")
        #expect(check(others).contains { $0.contains("Texas") })
    }

    @Test("a region without a pack is closed, with hours of its own too; pack: none opens it and is said")
    func withoutPack() throws {
        let ireland = try facts(in: Area(zones: ["Europe/Dublin"], region: "IE", jurisdiction: "IE"))
        for hours in ["", "calling_rules: { windows: { all: \"09:00-20:00\" } }\n"] {
            let silent = try rules(hours, region: "IE")
            let denied = try verdict(silent, ireland)
            #expect(denied.reasons.map(\.code) == ["no_rule"])
            #expect(denied.reasons.first?.text.contains("calling_rules: { pack: none }") == true)
            #expect(check(silent).contains { $0.contains("calling_rules: { pack: none }") })
        }
        let chosen = try rules("calling_rules: { pack: none, windows: { all: \"09:00-20:00\" } }\n", region: "IE")
        let allowed = try verdict(chosen, ireland)
        #expect(allowed.verdict.isAllowed)
        #expect(allowed.findings.first { $0.rule == "rule_pack" }?.facts.contains("pack: none") == true)
        #expect(check(chosen).contains(CallingRulesSettings.withoutRulesText))
        #expect(!check(try rules()).contains(CallingRulesSettings.withoutRulesText))
    }

    @Test("until its grace ends a campaign goes on with a warning that names the day; then it is closed")
    func grace() throws {
        let end = now + .seconds(3 * 86_400)
        for (more, region, code) in [
            ("", "US", "registry_not_named"),
            ("calling_rules: { windows: { all: \"00:00-24:00\" } }\n", "IE", "no_rule"),
        ] {
            let rules = try rules(more, region: region, grace: end)
            let facts = try facts(
                in: region == "US" ? nil : Area(zones: ["Europe/Dublin"], region: "IE", jurisdiction: "IE"))
            let before = try verdict(rules, facts)
            #expect(before.verdict.isAllowed)
            #expect(before.findings.contains { $0.facts.contains("until 2026-12-04") }, "\(before.findings)")
            #expect(check(rules).contains { $0.contains("until 2026-12-04") })
            #expect(rules.closedByFile(at: end - .milliseconds(1)) == nil)
            #expect(try verdict(rules, facts, at: end).reasons.map(\.code) == [code])
            // The pack has another country, which may still be called.
            #expect(rules.closedByFile(at: end)?.code == (region == "US" ? nil : code))
        }
        // Hours that nobody knows are not kept for anybody's grace.
        let bare = try rules(region: "IE", grace: end)
        let ireland = try facts(in: Area(zones: ["Europe/Dublin"], region: "IE", jurisdiction: "IE"))
        #expect(!(try verdict(bare, ireland).verdict.isAllowed))
    }

    @Test("a campaign is closed as a whole only where every region of its packs is")
    func everywhere() throws {
        #expect(try rules().closedByFile(at: now) == nil, "DE has no registry")
        let only = try RulePackFile.read(
            "pack: us\nversion: \"2026-12-01\"\nregion: US\nrules: [{ places: [US], registry: R, source: a test }]\n",
            file: "us.yaml")
        let campaign = try CampaignFile.read("campaign: c\nregion: US\n", file: "c.yaml")
        #expect(EligibilityRules(campaign: campaign, pack: only).closedByFile(at: now)?.code == "registry_not_named")
    }

    @Test("the age of a pack is judged by the engine's clock alone, whatever instant is asked about")
    func packAge() throws {
        var rules = try rules("suppression: { none_because: customers }\n")
        let far = now + .seconds(500 * 86_400)
        #expect(try verdict(rules, at: far).verdict.isAllowed, "nobody dials by it")
        rules.packsJudgedAt = now + .seconds(365 * 86_400)
        #expect(try verdict(rules).reasons.map(\.code) == ["pack_too_old"])
        #expect(rules.closedByPackAge?.text.contains("offhook rules update") == true)
        rules.packsJudgedAt = now + .seconds(100 * 86_400)
        let old = try verdict(rules, at: far)
        #expect(old.verdict.isAllowed)
        #expect(old.findings.first { $0.rule == "rule_pack" }?.facts.contains("look for a newer one") == true)
        rules.packsJudgedAt = now + .seconds(80 * 86_400)
        #expect(try verdict(rules).findings.allSatisfy { !$0.facts.contains("look for a newer one") })
        #expect(rules.closedByPackAge == nil)
    }
}
