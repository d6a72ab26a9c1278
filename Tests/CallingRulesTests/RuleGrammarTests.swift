import CallingRules
import Campaigns
import Testing

@Suite("The keys of a pack's rule") struct RuleGrammarTests {
    private func pack(_ rules: String) throws -> RulePack {
        try RulePackFile.read(
            "pack: own\nversion: \"2026-12-01\"\nregion: US\nrules:\n\(rules)\n", file: "own.yaml")
    }

    @Test("every key is taken as written")
    func keys() throws {
        let rule = try #require(
            try pack(
                """
                  - places: [US-FL]
                    from: 2026-07-01
                    until: 2027-12-31
                    hours: { mon-sat: "08:00-20:00" }
                    caps:
                      - { attempts: 3, within: 30d, days: calendar }
                      - { silence_after: refusal }
                    registry: "National Do Not Call Registry"
                    registry_age: 31d
                    emergency: closed
                    purpose: [sales, charity]
                    automated: true
                    numbers: mobile
                    unless: [consent, relationship, survey]
                    relationship: { purchase: 548d, inquiry: 90d }
                    section: "501.616(6)"
                    link: "https://www.flsenate.gov/Laws/Statutes/2025/501.616"
                    quote: "between the hours of 8 a.m. and 8 p.m."
                    source: "Florida: 8 to 20, three calls in 24 hours"
                    sure: high
                    date: 2026-11-30
                """
            ).rules.first)
        #expect(rule.from?.text == "2026-07-01" && rule.until?.text == "2027-12-31")
        #expect(rule.caps.map(\.sentence) == ["3 attempts to a contact within 30 calendar days"])
        #expect(rule.silences.map(\.sentence) == ["silence for ever after a refusal"])
        #expect(rule.registry == "National Do Not Call Registry")
        #expect(rule.closesInEmergency && rule.isAboutAutomation && !rule.isClosed)
        #expect(rule.purposes == [.sales, .charity])
        #expect(rule.lines == [.mobile])
        #expect(rule.exemptions == [.consent, .relationship, .survey])
        #expect(rule.relationship == RulePack.RelationshipPeriods(purchase: 548, inquiry: 90))
        #expect(rule.section == "501.616(6)" && rule.quote?.hasPrefix("between") == true)
        #expect(rule.link?.hasPrefix("https://www.flsenate.gov") == true)
        #expect(rule.date.text == "2026-11-30")
    }

    @Test("“nothing stricter” is a rule that asks for nothing")
    func nothingStricter() throws {
        let rule = try pack(
            "  - { places: [US-CO], nothing_stricter: true, source: \"Colorado: looked, nothing\", date: 2026-12-01 }"
        ).rules[0]
        #expect(rule.isNothingStricter)
        #expect(rule.windows == nil && !rule.requiresConsent && !rule.isClosed)
    }

    /// A key that is wrong, on the second line of a rule, and a word of what the message says.
    static let mistakes: [(String, String)] = [
        ("from: January", "must be a day such as"), ("until: 2026-02-30", "must be a day such as"),
        ("unless: [consnt]", "did you mean “consent”?"), ("unless: [relationship]", "needs the law's periods"),
        ("relationship: { purchase: 548d }", "says nothing without"),
        ("unless: [sales]", "must be one of"), ("purpose: debt_colection", "did you mean “debt_collection”?"),
        ("purpose: [sales, lottery]", "not a purpose"), ("numbers: [pager]", "mobile, fixed"),
        ("automated: false", "can only be true"), ("emergency: open", "can only be closed"),
        ("nothing_stricter: true", "alone"), ("nothing_strict: true", "did you mean “nothing_stricter”?"),
        ("registry: [a, b]", "single value"), ("link: ecfr.gov", "web address"),
        ("link: \"ftp://ecfr.gov/x\"", "web address"), ("closed: perhaps", "true or false"),
        ("closed: true", "has no hours"), ("sure: very", "high, medium, low"), ("colour: blue", "is no key"),
        ("caps: [{ attempts: 3, within: 36h, days: calendar }]", "whole days"),
        ("caps: [{ attempts: 3, within: 3d, days: working }]", "must be one of calendar"),
        ("consent_age: 365d", "says nothing without"), ("consent_age: a year", "duration"),
        ("date: soon", "must be a day such as"),
    ]

    @Test("each mistake is reported at its line, with what to do", arguments: mistakes)
    func mistake(line: String, piece: String) throws {
        do {
            _ = try pack(
                """
                  - places: [US-FL]
                    \(line)
                    hours: { all: "08:00-20:00" }
                    source: "Florida: 8 to 20"
                """)
            Issue.record("“\(line)” must be refused")
        } catch let problems as FileProblems {
            #expect(problems.problems.contains { $0.line == 6 && $0.message.contains(piece) }, "\(problems)")
        }
    }

    @Test("several mistakes of one rule are all reported")
    func together() throws {
        do {
            _ = try pack(
                """
                  - places: [US-FL]
                    from: 2027-01-01
                    until: 2026-01-01
                    unless: [consent]
                    consent: required
                    quote: ""
                    source: "Florida"
                """)
            Issue.record("must be refused")
        } catch let problems as FileProblems {
            #expect(problems.problems.compactMap(\.line) == [7, 8, 10])
        }
    }

    @Test("a rule that asks for nothing is refused: its place would look as if somebody had looked")
    func empty() {
        #expect {
            try pack("  - { places: [US-FL], source: \"Florida\" }")
        } throws: {
            "\($0)".contains("nothing_stricter: true")
        }
    }

    @Test("“nothing stricter” needs the day on which somebody looked")
    func undated() {
        #expect {
            try pack("  - { places: [US-FL], nothing_stricter: true, source: \"Florida\" }")
        } throws: {
            "\($0)".contains("needs the day")
        }
    }
}
