import CallingRules
import Campaigns
import Eligibility
import PhoneNumbers
import Testing

@Suite("Whether a callback is allowed") struct CallbackVerdictTests {
    private let now = Instant(milliseconds: 1_773_151_200_000)

    private func rules() throws -> EligibilityRules {
        let yaml = """
            campaign: c
            region: US
            calling_rules: { pack: none, windows: { mon-fri: "09:00-20:00" } }
            """
        return EligibilityRules(campaign: try CampaignFile.read(yaml, file: "c.yaml"), pack: .none)
    }

    /// Of a contact in New York whose call is open this moment.
    private func facts() throws -> EligibilityFacts {
        EligibilityFacts(
            number: try #require(PhoneNumber(e164: "+12125550123")),
            area: Area(zones: ["America/New_York"], region: "US", jurisdiction: "US-NY"), contactState: .inAttempt,
            campaignStarted: true, listPaused: false, notBefore: nil, numberDead: false, suppressions: [],
            openAttempt: 7, pastCalls: [], totalAttempts: 1)
    }

    private func verdict(
        _ facts: EligibilityFacts, _ rules: EligibilityRules, at text: String
    ) throws -> CallbackVerdict {
        let agreed = try #require(Instant(iso8601: text))
        return Eligibility.callback(facts, under: rules, at: agreed, margin: .seconds(25))
    }

    @Test("the call that is open, a paused list and a campaign that stands still are no objection to another day")
    func otherDay() throws {
        var facts = try facts()
        facts.listPaused = true
        facts.campaignStarted = false
        facts.notBefore = now + .seconds(86_400 * 30)
        let verdict = try verdict(facts, rules(), at: "2026-03-11T15:00:00Z")
        #expect(verdict.isAllowed && verdict.earliest == Instant(iso8601: "2026-03-11T15:00:00Z"))
    }

    @Test("outside the calling hours the next opening on the contact's clock is named")
    func hours() throws {
        let verdict = try verdict(facts(), rules(), at: "2026-03-14T16:00:00Z")
        #expect(verdict.reasons.count == 1)
        #expect(verdict.earliest == Instant(iso8601: "2026-03-16T13:00:00Z"))
    }

    @Test("so close to the end of the hours that the phone would ring beyond it is too late")
    func margin() throws {
        #expect(try verdict(facts(), rules(), at: "2026-03-11T23:59:30Z").isAllowed)
        #expect(try !verdict(facts(), rules(), at: "2026-03-11T23:59:45Z").isAllowed)
    }

    @Test("what no time mends has no nearest time: a do-not-call entry, a dead number, attempts that are used up")
    func never() throws {
        var suppressed = try facts()
        suppressed.suppressions = [.init(campaign: nil, source: "agent", addedAt: now)]
        var dead = try facts()
        dead.numberDead = true
        var usedUp = try facts()
        usedUp.totalAttempts = 6
        for facts in [suppressed, dead, usedUp] {
            let verdict = try verdict(facts, rules(), at: "2026-03-11T15:00:00Z")
            #expect(!verdict.isAllowed && verdict.earliest == nil)
        }
    }
}
