import CallingRules
import Campaigns
import PhoneNumbers
import Testing

@testable import CampaignStore
@testable import Eligibility

@Suite("A denied contact rests as long as its denials last") struct DenialRestTests {
    let bench: RuleBench

    init() throws {
        bench = try RuleBench()
    }

    private static let hourly = "caps: [{ attempts: 1, within: 1h }]\n"

    private func due(_ index: Int, _ campaign: String) throws -> Instant? {
        try bench.store.contacts(holding: bench.number(index), at: bench.now).first { $0.campaign == campaign }?
            .facts.notBefore
    }

    @Test(
        "while another campaign rings the number, a cap with an end does not park the contact: it is due when the cap ends"
    )
    func sharedNumber() throws {
        let first = try bench.campaign("first", Self.hourly)
        let second = try bench.campaign("second", Self.hourly)
        try bench.load([[1]], into: first.id)
        try bench.load([[1]], into: second.id)
        let ringing = try #require(try bench.reserve(first.id, station: "a"))
        guard case .recorded = try bench.intend(ringing, first.rules) else {
            Issue.record("the first call must be recorded")
            return
        }
        let started = bench.now
        bench.now = started + .seconds(5)
        let denied = try #require(try bench.reserve(second.id, station: "b"))
        guard case .denied(let verdict) = try bench.intend(denied, second.rules) else {
            Issue.record("the second must be denied")
            return
        }
        #expect(Set(verdict.reasons.map(\.code)) == ["open_attempt", "attempt_cap"])
        #expect(try due(1, "second") == started + .seconds(3600))
        bench.now = started + .seconds(3600)
        #expect(try bench.reserve(second.id, station: "b")?.contact == denied.contact)
    }

    @Test("a look without an intent puts back by the same rule")
    func look() throws {
        let first = try bench.campaign("first", Self.hourly)
        let second = try bench.campaign("second", Self.hourly)
        try bench.load([[1]], into: first.id)
        try bench.load([[1]], into: second.id)
        _ = try bench.intend(try #require(try bench.reserve(first.id, station: "a")), first.rules)
        let reservation = try #require(try bench.reserve(second.id, station: "b"))
        let verdict = try #require(try bench.store.eligibility(of: reservation, rules: second.rules, at: bench.now))
        try bench.store.putBack(reservation, denied: verdict, at: bench.now)
        #expect(try due(1, "second") == bench.now + .seconds(3600))
    }

    private func denial(_ code: String, _ until: Instant? = nil) -> Eligibility.Denial {
        Eligibility.Denial(rule: code, reason: Reason(code: code, text: code), until: until)
    }

    @Test("each denial counts by itself: the latest end holds, and only one that nothing but a person ends parks")
    func table() {
        let now = bench.now
        let hour = now + .seconds(3600)
        let cases: [([Eligibility.Denial], Instant?, String)] = [
            ([denial("open_attempt")], now + .seconds(30), "open_attempt"),
            ([denial("open_attempt"), denial("attempt_cap", hour)], hour, "attempt_cap"),
            ([denial("open_attempt"), denial("attempt_cap", now + .seconds(1))], now + .seconds(30), "open_attempt"),
            ([denial("list_paused")], now + .milliseconds(1), "list_paused"),
            ([denial("list_paused"), denial("not_before", hour)], hour, "not_before"),
            ([denial("open_attempt"), denial("consent"), denial("attempt_cap", hour)], nil, "consent"),
            ([denial("attempt_cap")], nil, "attempt_cap"),
        ]
        for (denials, until, reason) in cases {
            let rest = DenialRest.after(denials, at: now)
            #expect(rest.until == until, "\(denials.map(\.rule))")
            #expect(rest.reason.code == reason)
        }
    }

    @Test("a parked contact has no date: it says that it is parked, why, and what brings it back")
    func parked() throws {
        let campaign = try bench.campaign("a", "consent: required\n")
        try bench.load([[1]], into: campaign.id)
        _ = try bench.intend(try #require(try bench.reserve(campaign.id)), campaign.rules)
        let history = try #require(try bench.store.contacts(holding: bench.number(1), at: bench.now).first)
        #expect(history.facts.notBefore == nil)
        #expect(
            history.facts.parkedBecause?.contains("Consent is required") == true,
            "\(history.facts.parkedBecause ?? "nil")")
        let parked = try #require(try bench.verdict(1, campaign).denials.first { $0.reason.code == "parked" })
        #expect(parked.until == nil)
        #expect(parked.reason.text.contains("It is parked"))
        #expect(
            Eligibility.earliest(history.facts, under: campaign.rules, from: bench.now, margin: .seconds(25)) == nil)
        #expect(Remedy.sentence("parked")?.contains("campaign apply") == true)
    }
}
