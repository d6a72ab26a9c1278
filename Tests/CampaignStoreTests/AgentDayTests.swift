import CallingRules
import Campaigns
import Eligibility
import PhoneNumbers
import Testing

@testable import CampaignStore

@Suite("What an agent's page reads") struct AgentDayTests {
    let bench: RuleBench

    init() throws {
        bench = try RuleBench()
    }

    @Test("a day counts the agent's own calls in its hours, by what came of them")
    func day() throws {
        let campaign = try bench.campaign("a")
        try bench.load([[1], [2], [3], [4]], into: campaign.id)
        let start = bench.now
        try bench.call(campaign, .answered, .success, agent: "ada")
        try bench.call(campaign, .noAnswer, agent: "ada")
        try bench.call(campaign, .answered, .success, agent: "bob")
        bench.now = bench.now + .seconds(60)
        try bench.call(campaign, .shortAnswer, .success, agent: "ada")
        let all = try bench.store.day(of: "ada", from: start, to: bench.now + .milliseconds(1))
        #expect(all.calls == 3 && all.answered == 2)
        #expect(all.results.map(\.code) == ["X", "no_answer"])
        #expect(all.results.map(\.calls) == [2, 1])
        #expect(all.results.map(\.isDisposition) == [true, false])
        #expect(try bench.store.day(of: "ada", from: start, to: bench.now).calls == 2)
        #expect(try bench.store.day(of: "eve", from: start, to: bench.now).calls == 0)
    }

    @Test("calls that dialled nothing are no work of the day, and not the last call")
    func nothingDialled() throws {
        let campaign = try bench.campaign("a")
        try bench.load([[1], [2]], into: campaign.id)
        let start = bench.now
        try bench.call(campaign, .answered, .success, agent: "ada")
        bench.now = bench.now + .seconds(60)
        try bench.call(campaign, .phoneRefused, agent: "ada")
        #expect(try bench.store.day(of: "ada", from: start, to: bench.now + .seconds(1)).calls == 1)
        let last = try #require(try bench.store.lastCall(of: "ada", at: "s", since: start))
        #expect(last.outcome == "answered")
        #expect(try bench.store.lastCall(of: "ada", at: "elsewhere", since: start) == nil)
        #expect(try bench.store.lastCall(of: "bob", at: "s", since: start) == nil)
        #expect(try bench.store.lastCall(of: "ada", at: "s", since: bench.now) == nil)
    }

    @Test("callbacks are those that the agent promised, the earliest first")
    func callbacks() throws {
        let campaign = try bench.campaign("a")
        try bench.load([[1], [2], [3], [4]], into: campaign.id)
        let due = bench.now + .seconds(3600)
        try bench.call(campaign, .answered, .callbackAgent, callback: .at(due + .seconds(60)), agent: "ada")
        try bench.call(campaign, .answered, .callbackAgent, callback: .at(due), agent: "ada")
        try bench.call(campaign, .answered, .callbackAny, callback: .at(due), agent: "ada")
        try bench.call(campaign, .answered, .callbackAgent, callback: .at(due), agent: "bob")
        let agreed = try bench.store.callbacks(for: "ada", limit: 10)
        #expect(agreed.map(\.dueAt) == [due, due + .seconds(60)])
        #expect(agreed.first?.card.number == (try bench.number(2)))
        #expect(try bench.store.callbacks(for: "ada", limit: 1).count == 1)
    }

    @Test("the facts of a contact are those of the number that is asked for, else of the next one")
    func facts() throws {
        let campaign = try bench.campaign("a")
        try bench.load([[1, 2]], into: campaign.id)
        let contact = try #require(try bench.store.cards(holding: bench.number(1)).first?.contact)
        #expect(try bench.store.facts(of: contact, at: bench.now)?.number == (try bench.number(1)))
        let second = try bench.store.facts(of: contact, number: bench.number(2), at: bench.now)
        #expect(second?.number == (try bench.number(2)))
        let foreign = try bench.store.facts(of: contact, number: bench.number(9), at: bench.now)
        #expect(foreign?.number == (try bench.number(1)))
        #expect(try bench.store.facts(of: ContactID(999), at: bench.now) == nil)
        #expect(try bench.store.numbers(of: contact) == [bench.number(1), bench.number(2)])
        #expect(throws: StoreError.self) { try bench.store.card(of: ContactID(999)) }
    }

    @Test("a change of a campaign's file or state shows in the version")
    func version() throws {
        _ = try bench.campaign("a")
        let first = try bench.store.campaignsVersion()
        bench.now = bench.now + .seconds(1)
        try bench.store.setState(.paused, of: "a", at: bench.now)
        let second = try bench.store.campaignsVersion()
        #expect(first != second)
        bench.now = bench.now + .seconds(1)
        _ = try bench.campaign("b")
        #expect(try bench.store.campaignsVersion() != second)
    }
}
