import CallingRules
import Campaigns
import Eligibility
import PhoneNumbers
import Testing

@Suite("What the law exempts from a rule") struct ExemptionTests {
    /// A Sunday, 14:00 in Salt Lake City.
    private static let sunday: Instant = .init(milliseconds: 1_796_590_800_000)
    private static let day: Duration = .seconds(86_400)

    private func rules(_ rule: String, _ campaign: String = "") throws -> EligibilityRules {
        let pack = try RulePackFile.read(
            """
            pack: own
            version: "2026-12-01"
            region: [US, FR]
            rules:
              - { places: [US, FR], hours: { all: "08:00-21:00" }, source: "the wider hours" }
              - { places: [US-UT, FR], source: "Utah Code 13-25a-103(3)", \(rule) }
            """, file: "own.yaml")
        let yaml = "campaign: c\nregion: US\n\(campaign)"
        return EligibilityRules(campaign: try CampaignFile.read(yaml, file: "c.yaml"), pack: pack)
    }

    private func facts(_ fields: [[String]] = [], _ number: String = "+18015550123") throws -> EligibilityFacts {
        EligibilityFacts(
            number: try #require(PhoneNumber(e164: number)),
            area: number.hasPrefix("+33")
                ? Area(zones: ["Europe/Paris"], region: "FR", jurisdiction: "FR")
                : Area(zones: ["America/Denver"], region: "US", jurisdiction: "US-UT"),
            contactState: .ready, campaignStarted: true, listPaused: false, notBefore: nil, numberDead: false,
            suppressions: [], openAttempt: nil, pastCalls: [], totalAttempts: 0, fields: fields)
    }

    private func verdict(
        _ facts: EligibilityFacts, _ rules: EligibilityRules, at now: Instant = Self.sunday
    ) -> EligibilityVerdict {
        Eligibility.evaluate(facts, under: rules, at: now, margin: .seconds(25), claimed: false)
    }

    private static func agreed(on date: String) -> [[String]] {
        [["consent", "yes"], ["consent_date", date], ["consent_proof", "form 7"]]
    }

    private static let closed = "hours: { mon-sat: \"08:00-21:00\" }, unless: [consent]"

    @Test("without consent on record the rule holds; with it only the wider rule does, and the record says so")
    func consent() throws {
        let rules = try rules(Self.closed)
        #expect(verdict(try facts(), rules).reasons.map(\.code) == ["calling_hours"])
        let given = verdict(try facts(Self.agreed(on: "2026-03-01")), rules)
        #expect(given.verdict.isAllowed)
        let pack = try #require(given.findings.first { $0.rule == "rule_pack" })
        #expect(pack.facts.contains("Exempt from pack own, US-UT: consent on record."))
    }

    @Test(
        "a consent without its date or its proof, refused, run out or dated to come is none",
        arguments: [
            [["consent", "yes"], ["consent_proof", "form 7"]],
            [["consent", "yes"], ["consent_date", "2026-03-01"]],
            [["consent", "no"], ["consent_date", "2026-03-01"], ["consent_proof", "form 7"]],
            agreed(on: "2024-03-01"), agreed(on: "2027-03-01"), agreed(on: "in spring"),
        ])
    func noConsent(fields: [[String]]) throws {
        let rules = try rules(Self.closed, "consent: { required: false, lasts: 365d }\n")
        #expect(!verdict(try facts(fields), rules).verdict.isAllowed)
    }

    @Test(
        "a consent counts no longer than the law of the rule says, where it is asked for and where it exempts",
        arguments: [("2025-12-07", true), ("2025-12-06", false)])
    func consentAge(date: String, isGood: Bool) throws {
        for rule in ["closed: true, unless: [consent], consent_age: 365d", "consent: required, consent_age: 365d"] {
            #expect(verdict(try facts(Self.agreed(on: date)), try rules(rule)).verdict.isAllowed == isGood, "\(rule)")
        }
    }

    @Test("a consent that is dated to come ends the denial on its day")
    func consentToCome() throws {
        let rules = try rules(Self.closed)
        // Monday opens at 15:00 UTC; the consent begins on the Sunday, at 00:00 UTC.
        let saturday = Self.sunday - .seconds(10 * 3600)
        let late = try facts(Self.agreed(on: "2026-12-06"))
        #expect(
            Eligibility.earliest(late, under: rules, from: saturday, margin: .seconds(25))
                == Instant(iso8601: "2026-12-06T15:00:00Z"))
    }

    /// A purchase or inquiry, and whether it exempts on Sunday 6 December 2026 where a purchase does for 548 days, an inquiry for 90.
    static let relationships: [(String, String, Bool)] = [
        ("purchase_date", "2026-12-01", true), ("purchase_date", "2026-12-06", true),
        // The hour of the purchase is not known, so that the 548th day is not counted.
        ("purchase_date", "2025-06-07", true), ("purchase_date", "2025-06-06", false),
        ("inquiry_date", "2026-09-08", true), ("inquiry_date", "2026-09-07", false),
        ("purchase_date", "2026-12-07", false), ("purchase_date", "", false), ("purchase_date", "last May", false),
        ("purchase_date", "05/01/2026", false), ("Purchase Date", "2026-12-01", true), ("bought", "2026-12-01", false),
    ]

    @Test(
        "a relationship exempts for the law's own time, and only with a date that can be read", arguments: relationships
    )
    func relationship(field: String, date: String, isExempt: Bool) throws {
        let rules = try rules(
            "closed: true, unless: [relationship], relationship: { purchase: 548d, inquiry: 90d }")
        let verdict = verdict(try facts([[field, date]]), rules)
        #expect(verdict.verdict.isAllowed == isExempt)
        if !isExempt { #expect(verdict.reasons.map(\.code) == ["closed"]) }
    }

    @Test("a campaign names the fields of a relationship as it names those of a consent")
    func fields() throws {
        let rules = try rules(
            "closed: true, unless: [relationship], relationship: { purchase: 548d }",
            "relationship: { purchase_field: last_order, inquiry_field: asked }\n")
        #expect(verdict(try facts([["last_order", "2026-12-01"]]), rules).verdict.isAllowed)
        // The law knows no inquiry here.
        #expect(!verdict(try facts([["asked", "2026-12-01"]]), rules).verdict.isAllowed)
        #expect(!verdict(try facts([["purchase_date", "2026-12-01"]]), rules).verdict.isAllowed)
    }

    @Test("a relationship that runs out is no reason to call later")
    func runsOut() throws {
        let rules = try rules("closed: true, unless: [relationship], relationship: { inquiry: 90d }")
        let facts = try facts([["inquiry_date", "2026-09-08"]])
        #expect(verdict(facts, rules).verdict.isAllowed)
        #expect(Eligibility.earliest(facts, under: rules, from: Self.sunday + Self.day, margin: .seconds(25)) == nil)
    }

    /// The purposes of a campaign, those that a rule exempts or is about, and whether the rule holds.
    static let claims: [(String, String, Bool)] = [
        ("", "unless: [charity]", true), ("purpose: charity", "unless: [charity]", false),
        ("purpose: survey", "unless: [charity, survey]", false),
        // One purpose of two is not exempted.
        ("purpose: [charity, sales]", "unless: [charity]", true),
        ("purpose: political", "purpose: [sales, charity]", false), ("", "purpose: sales", true),
        ("purpose: [business, sales]", "purpose: sales", true), ("purpose: business", "unless: business", false),
    ]

    @Test("a rule holds by the purposes that the campaign claims; one that names none sells", arguments: claims)
    func purposes(campaign: String, rule: String, holds: Bool) throws {
        let rules = try rules(
            "closed: true, \(rule)", campaign.isEmpty ? "" : "calling_rules: { pack: own, \(campaign) }\n")
        #expect(verdict(try facts(), rules).verdict.isAllowed == !holds)
    }

    @Test("a rule about automation holds until the campaign says why it is not automated; the reason is on record")
    func automation() throws {
        let rule = "consent: required, automated: true"
        #expect(verdict(try facts(), try rules(rule)).reasons.map(\.code) == ["consent"])
        let claimed = try rules(
            rule, "calling_rules: { pack: own, automated: false, not_automated_because: \"agents press Dial\" }\n")
        let answer = verdict(try facts(), claimed)
        #expect(answer.verdict.isAllowed)
        #expect(answer.findings.contains { $0.facts.contains("not automated: agents press Dial") })
    }

    @Test(
        "a rule for mobiles holds for mobiles and for numbers of unknown kind",
        arguments: [("+33612345678", true), ("+33123456789", false), ("+18015550123", true)])
    func kinds(number: String, holds: Bool) throws {
        let verdict = verdict(
            try facts([], number), try rules("closed: true, numbers: [mobile]"), at: Self.sunday - .seconds(6 * 3600))
        #expect(verdict.verdict.isAllowed == !holds)
    }

    @Test("the hours of an area are those that hold for everybody there: a contact may be under stricter ones")
    func widest() throws {
        let rules = try rules(Self.closed)
        let area = try facts().area
        #expect(rules.hours(of: area).verdict(at: Self.sunday, margin: .seconds(25)).isAllowed)
        #expect(
            !rules.hours(of: area, for: .unknown, at: Self.sunday).verdict(at: Self.sunday, margin: .seconds(25))
                .isAllowed)
    }

    @Test("caps, silences and consent of a rule with dates begin and end with it")
    func dates() throws {
        let rules = try rules(
            "from: 2026-12-01, until: 2026-12-31, consent: required, caps: [{ attempts: 1, within: 30d }]")
        var called = try facts()
        called.pastCalls = [PastCall(at: Self.sunday - Self.day)]
        #expect(Set(verdict(called, rules).reasons.map(\.code)) == ["consent", "attempt_cap"])
        guard case .denied(let until, _) = verdict(called, rules).verdict else {
            Issue.record("it must be denied")
            return
        }
        // Midnight after the last day, in Denver.
        #expect(until == Instant(iso8601: "2027-01-01T07:00:00Z"))
        let before = try #require(Instant(iso8601: "2026-11-30T20:00:00Z"))
        called.pastCalls = [PastCall(at: before - .seconds(3600))]
        #expect(verdict(called, rules, at: before).verdict.isAllowed)
        #expect(verdict(called, rules, at: before + Self.day).reasons.count == 2)
    }
}
