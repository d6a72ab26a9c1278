import CallingRules
import Campaigns
import Eligibility
import PhoneNumbers
import RetryPolicy
import Testing

@testable import CampaignStore

@Suite("Callbacks and the order of contacts") struct CallbackTests {
    let bench: RuleBench

    init() throws {
        bench = try RuleBench()
    }

    @Test("a callback is due at the contact's local time, clock changes included")
    func localTime() throws {
        let campaign = try bench.campaign("a")
        bench.area = Area(zones: ["America/Los_Angeles"], region: "US", jurisdiction: "US-CA")
        try bench.load([[1]], into: campaign.id)
        bench.now = try #require(Instant(iso8601: "2026-10-30T18:00:00Z"))
        // The clock goes back on 1 November: 15:30 on 2 November is 23:30 UTC, not 22:30.
        let agreed = try #require(LocalTime("2026-11-02 15:30"))
        let decision = try bench.call(campaign, .answered, .callbackAny, callback: .local(agreed))
        guard case .callback(let at, false, _)? = decision else {
            Issue.record("a callback must follow")
            return
        }
        #expect(at == Instant(iso8601: "2026-11-02T23:30:00Z"))
        bench.now = at - .milliseconds(1)
        #expect(try bench.reserve(campaign.id) == nil)
        bench.now = at
        #expect(try bench.reserve(campaign.id)?.isCallback == true)
    }

    @Test("an agent's callback is the agent's until the grace is over; then anyone may take it")
    func grace() throws {
        let campaign = try bench.campaign("a")
        try bench.load([[1]], into: campaign.id)
        let due = bench.now + .seconds(3600)
        try bench.call(campaign, .answered, .callbackAgent, callback: .at(due), agent: "ada")
        let grace: Duration = .seconds(900)
        bench.now = due
        #expect(try bench.reserve(campaign.id, agent: "bob", grace: grace) == nil)
        #expect(try bench.reserve(campaign.id, grace: grace) == nil)
        // Nobody is asked to look before there is something to see.
        #expect(
            try bench.store.earliestDue(campaign: campaign.id, station: "s", agents: ["bob"], grace: grace).map(\.due)
                == [due + grace])
        #expect(
            try bench.store.earliestDue(campaign: campaign.id, station: "s", agents: ["ada"], grace: grace).map(\.due)
                == [due])
        let own = try #require(try bench.reserve(campaign.id, agent: "ada", grace: grace))
        try bench.store.release(own, notBefore: due, reason: Reason(code: "t", text: "t"), at: bench.now)
        bench.now = due + grace - .milliseconds(1)
        #expect(try bench.reserve(campaign.id, agent: "bob", grace: grace) == nil)
        bench.now = due + grace
        #expect(try bench.reserve(campaign.id, agent: "bob", grace: grace)?.contact == own.contact)
    }

    @Test("a callback obeys every rule: the hours close it, a do-not-call entry ends it")
    func rulesHold() throws {
        let campaign = try bench.campaign(
            "a", "calling_rules: { pack: none, windows: { all: \"09:00-12:00\" } }\n")
        try bench.load([[1]], into: campaign.id)
        // Agreed for 15:00 in New York, outside the campaign's windows.
        let agreed = try #require(LocalTime("2026-03-10 15:00"))
        try bench.call(campaign, .answered, .callbackAny, callback: .local(agreed))
        bench.now = try #require(Instant(iso8601: "2026-03-10T19:00:00Z"))
        let reserved = try #require(try bench.reserve(campaign.id))
        guard case .denied(let verdict) = try bench.intend(reserved, campaign.rules) else {
            Issue.record("the hours must hold")
            return
        }
        #expect(verdict.reasons.map(\.code) == ["calling_hours"])
        bench.now = try #require(Instant(iso8601: "2026-03-11T13:00:00Z"))
        #expect(try bench.verdict(1, campaign).verdict == .allowed)
        _ = try bench.store.suppress([bench.number(1)], campaign: nil, source: "t", at: bench.now)
        #expect(try bench.reserve(campaign.id) == nil)
    }

    @Test("fresh contacts come before retries where the campaign says so; callbacks come before both")
    func order() throws {
        let campaign = try bench.campaign("a")
        try bench.load([[1], [2], [3]], into: campaign.id)
        try bench.call(campaign, .noAnswer)
        try bench.call(campaign, .answered, .callbackAny)
        bench.now = bench.now + .seconds(86_400)
        let order = try (0..<3).map { _ in
            try bench.store.reserveNextContact(
                campaign: campaign.id, station: "s", openAreas: bench.store.areas().map(\.id), order: .freshFirst,
                at: bench.now)?.number
        }
        #expect(order == [try bench.number(2), try bench.number(3), try bench.number(1)])
    }

    @Test("“next number” goes round the contact's live numbers, and leaves out those that may not be called")
    func nextNumber() throws {
        let campaign = try bench.campaign(
            "a",
            "retry: { no_answer: { attempts: 9, after: 0s, other_day_part: false, next_number: true }, total_attempts: 9 }\n"
        )
        try bench.load([[1, 2, 3]], into: campaign.id)
        _ = try bench.store.suppress([bench.number(2)], campaign: nil, source: "t", at: bench.now)
        var called: [Int64] = []
        for _ in 0..<4 {
            let reserved = try #require(try bench.reserve(campaign.id))
            called.append(reserved.number.digits - 12_125_550_100)
            try bench.store.release(reserved, notBefore: bench.now, reason: Reason(code: "t", text: "t"), at: bench.now)
            try bench.call(campaign, .noAnswer)
            bench.now = bench.now + .seconds(60)
        }
        #expect(called == [1, 3, 1, 3])
    }

    @Test("final states are explicit: done, exhausted, suppressed")
    func finalStates() throws {
        let campaign = try bench.campaign("a", "retry: { no_answer: stop }\n")
        try bench.load([[1], [2], [3]], into: campaign.id)
        try bench.call(campaign, .answered, .success)
        try bench.call(campaign, .noAnswer)
        try bench.call(campaign, .answered, .doNotCall)
        let states = try (1...3).map { try bench.store.contacts(holding: bench.number($0), at: bench.now).first?.state }
        #expect(states == [.done, .exhausted, .suppressed])
    }
}
