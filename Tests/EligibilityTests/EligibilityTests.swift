import CallingRules
import Campaigns
import Eligibility
import PhoneNumbers
import Testing

@Suite("Eligibility") struct EligibilityTests {
    private let now = Instant(milliseconds: 1_773_151_200_000)
    private let rules = EligibilityRules(campaign: Campaign(name: "c", region: "US"), pack: .none)

    private func facts() throws -> EligibilityFacts {
        EligibilityFacts(
            number: try #require(PhoneNumber(e164: "+12125550123")),
            area: Area(zones: ["America/New_York"], region: "US", jurisdiction: "US-NY"), contactState: .ready,
            campaignStarted: true, listPaused: false, notBefore: nil, numberDead: false, suppressions: [],
            openAttempt: nil, pastCalls: [], totalAttempts: 0)
    }

    private func evaluate(_ facts: EligibilityFacts, claimed: Bool = false) -> EligibilityVerdict {
        Eligibility.evaluate(facts, under: rules, at: now, margin: .seconds(25), claimed: claimed)
    }

    @Test("with nothing against it a call is allowed, and every rule says what it looked at")
    func allowed() throws {
        let verdict = evaluate(try facts())
        #expect(verdict.verdict == .allowed)
        #expect(verdict.findings.count == 15)
        #expect(verdict.findings.allSatisfy { !$0.facts.isEmpty })
    }

    /// One change to the facts that must deny, and the reason's code.
    static let objections: [(String, @Sendable (inout EligibilityFacts) -> Void)] = [
        ("campaign_not_started", { $0.campaignStarted = false }),
        ("list_paused", { $0.listPaused = true }),
        ("reserved", { $0.contactState = .reserved }),
        ("in_attempt", { $0.contactState = .inAttempt }),
        ("done", { $0.contactState = .done }),
        ("exhausted", { $0.contactState = .exhausted }),
        ("suppressed", { $0.contactState = .suppressed }),
        ("number_dead", { $0.numberDead = true }),
        (
            "suppressed",
            { facts in
                facts.suppressions = [.init(campaign: nil, source: "registry", addedAt: Instant(milliseconds: 0))]
            }
        ),
        ("open_attempt", { $0.openAttempt = 7 }),
        ("not_before", { $0.notBefore = Instant(milliseconds: 1_773_151_200_001) }),
        ("parked", { $0.parkedBecause = "Consent is missing." }),
        ("total_attempts_used_up", { $0.totalAttempts = 6 }),
    ]

    @Test("each objection alone denies, with its reason", arguments: objections.indices)
    func objection(index: Int) throws {
        let (code, change) = Self.objections[index]
        var changed = try facts()
        change(&changed)
        #expect(evaluate(changed).reasons.map(\.code) == [code])
    }

    @Test("a reservation is no objection to the one who made it")
    func claimed() throws {
        var reserved = try facts()
        reserved.contactState = .reserved
        #expect(evaluate(reserved, claimed: true).verdict == .allowed)
    }

    @Test("several denials keep all their reasons; one without a date makes the whole have none")
    func together() throws {
        var both = try facts()
        both.notBefore = now + .seconds(60)
        #expect(evaluate(both).verdict == .denied(until: now + .seconds(60), evaluate(both).reasons))
        both.numberDead = true
        guard case .denied(nil, let reasons) = evaluate(both).verdict else {
            Issue.record("a dead number has no date")
            return
        }
        #expect(reasons.count == 2)
    }

    @Test(
        "a registry may be as old as the strictest pack says; the campaign's own age beats it, its region decides without either"
    )
    func registryAge() throws {
        let pack = { (name: String, age: String) in
            try RulePackFile.read(
                "pack: \(name)\nversion: \"2026-03-01\"\nregion: US\nrules: [{ places: [US], source: a test\(age) }]\n",
                file: "p.yaml")
        }
        let campaign = { (more: String) in
            try CampaignFile.read(
                "campaign: c\nregion: US\nsuppression: { registries: [federal]\(more) }\n", file: "c.yaml")
        }
        let day: Int64 = 86_400
        let book = RuleBook([try pack("a", ", registry_age: 9d"), try pack("b", ", registry_age: 5d")])
        for (settings, packs, days) in [
            ("", book, Int64(5)), (", max_age: 20d", book, 20), ("", RuleBook([.none]), 31),
        ] {
            let rules = EligibilityRules(campaign: try campaign(settings), book: packs)
            #expect(rules.oldestRegistry(at: now) == .seconds(days * day))
            let problem = { (age: Int64) in
                Eligibility.registryProblem(of: rules, loaded: ["federal": now - .seconds(age)], at: now)
            }
            #expect(problem(days * day) == nil)
            #expect(problem(days * day + 1)?.code == "registry_too_old")
        }
        // What is over, is to come, or is about other campaigns sets no age.
        let others = RuleBook([
            try pack("a", ", registry_age: 9d"), try pack("over", ", registry_age: 2d, until: 2025-12-31"),
            try pack("ahead", ", registry_age: 3d, from: 2027-01-01"),
            try pack("debts", ", registry_age: 4d, purpose: debt_collection"),
        ])
        let rules = EligibilityRules(campaign: try campaign(""), book: others)
        #expect(rules.oldestRegistry(at: now) == .seconds(9 * day))
    }
}
