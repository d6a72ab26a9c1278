import Campaigns
import Eligibility
import Foundation
import GRDB
import PhoneNumbers
import Testing

@testable import CampaignStore

@Suite("The rules' texts of calls") struct RuleTextTests {
    private static let silence = """
        caps: [{ attempts: 3, within: 24h }, { silence_after: refusal, lasting: 60d }]
        consent: required
        calling_rules: { pack: none, windows: { all: "00:00-24:00" } }
        suppression: { none_because: "customers | of ours, {1} and \\"more\\"" }

        """

    private let bench: RuleBench
    private let campaign: (id: CampaignID, rules: EligibilityRules)

    init() throws {
        bench = try RuleBench()
        campaign = try bench.campaign("a", Self.silence)
    }

    private func fields(_ index: Int) -> [[String]] {
        [["consent", "yes"], ["consent_date", "2026-01-02"], ["consent_proof", "form | \(index) of Ada"]]
    }

    /// What the rules say of each call, as they said it.
    private func calls(_ count: Int) throws -> [[[String]]] {
        for index in 1...count { try bench.load([[index]], into: campaign.id, fields: fields(index)) }
        return try (1...count).map { _ in
            let reservation = try #require(try bench.reserve(campaign.id))
            let verdict = try #require(
                try bench.store.eligibility(of: reservation, rules: campaign.rules, at: bench.now))
            guard case .recorded(let attempt) = try bench.intend(reservation, campaign.rules) else {
                throw StoreError.refused("denied")
            }
            let ending = CallEnding(outcome: .noAnswer, endedAt: bench.now, ring: nil, talk: nil, evidence: Evidence())
            try bench.store.settleAttempt(attempt, ending, disposition: nil, rules: campaign.rules, at: bench.now)
            bench.now = bench.now + .seconds(61)
            return verdict.findings.map { [$0.rule, $0.facts] }
        }
    }

    @Test("equal texts are stored once, and every call shows the text that it had, consent included")
    func once() throws {
        let said = try calls(20)
        var shown: [[[String]]] = []
        try bench.store.attempts { shown.append($0.allowedBy) }
        #expect(shown == said)
        #expect(Set(said).count == 20)
        let texts = try bench.store.read { try String.fetchAll($0, sql: "SELECT text FROM rule_texts") }
        #expect(texts.count == 1)
        #expect(!texts[0].contains("of Ada") && !texts[0].contains("2125550"))
        let own = try bench.store.read { try Int.fetchOne($0, sql: "SELECT max(length(allowed_by)) FROM attempts") }
        #expect(try #require(own) < 30)
    }

    @Test("calls of an earlier version are moved in slices, and show what they showed before")
    func moved() throws {
        let said = try calls(20)
        try bench.store.write { database in
            for (index, text) in said.enumerated() {
                try database.execute(
                    sql: "UPDATE attempts SET rule_text_id = NULL, consent = NULL, allowed_by = ? WHERE id = ?",
                    arguments: [RuleText.json(text), index + 1])
            }
            try database.execute(sql: "DELETE FROM rule_texts")
            try database.execute(sql: "INSERT INTO settings (key, value) VALUES ('rule_texts_to_move', '20')")
        }
        var shown: [[[String]]] = []
        try bench.store.attempts { shown.append($0.allowedBy) }
        #expect(shown == said)
        while try bench.store.moveRuleTexts() {}
        shown = []
        try bench.store.attempts { shown.append($0.allowedBy) }
        #expect(shown == said)
        let (texts, whole) = try bench.store.read {
            (
                try Int.fetchOne($0, sql: "SELECT count(*) FROM rule_texts"),
                try Int.fetchOne($0, sql: "SELECT count(*) FROM attempts WHERE rule_text_id IS NULL")
            )
        }
        #expect(texts == 1)
        #expect(whole == 0)
        #expect(try bench.store.setting("rule_texts_to_move") == nil)
        #expect(try bench.store.problems() == [])
    }

    @Test(
        "any text comes back as it was, whatever stands in it",
        arguments: [
            [["caps", "At most 3. Calls so far: 12 to the contact, 3 of them to this number."]],
            [["silence", "There is a silence. Last refusal 2026-03-10T14:00:00.000Z."]],
            [["calling_hours", "Tue 10:00 in America/New_York, Tue 09:00 in America/Chicago; place: US"]],
            [["consent", "Consent is asked for by US: a (b). Consent “yes”, dated 2026-01-02, proof a | b."]],
            [["number", "The number +12125550101 is live."], ["suppression", "No entry covers +12125550101."]],
            [["total_attempts", "It was called 2 of at most 6 times."], ["x", "|||"]], [["odd"], []], [],
        ])
    func back(findings: [[String]]) {
        let parts = RuleText(findings, number: "+12125550101")
        #expect(parts.findings(number: "+12125550101") == findings)
        let stored = RuleText(shared: parts.shared, own: parts.own, consent: parts.consent)
        #expect(stored.findings(number: "+12125550101") == findings)
        #expect(!parts.shared.contains("proof"))
    }
}
