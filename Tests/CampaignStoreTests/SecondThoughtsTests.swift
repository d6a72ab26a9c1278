import CallingRules
import Campaigns
import Eligibility
import GRDB
import PhoneNumbers
import RetryPolicy
import Testing

@testable import CampaignStore

@Suite("Second thoughts: dispositions changed later, contacts brought back") struct SecondThoughtsTests {
    let bench: RuleBench
    let campaign: (id: CampaignID, rules: EligibilityRules)
    static func word(_ name: DispositionClass) -> Disposition {
        Disposition(code: name.rawValue, label: "x", dispositionClass: name)
    }

    init() throws {
        bench = try RuleBench()
        campaign = try bench.campaign(
            "a", "retry: { total_attempts: 3, dispositions: { machine: { attempts: 2, after: 1d } } }\n")
    }

    private func state(_ index: Int) throws -> ContactState? {
        try bench.store.contacts(holding: bench.number(index), at: bench.now).first?.state
    }

    private func change(
        _ attempt: Int64, _ to: DispositionClass, callback: CallbackTime? = nil
    ) throws -> ChangedDisposition {
        try bench.store.changeDisposition(
            of: AttemptID(attempt), to: Self.word(to), callback: callback, note: "n", by: "eve", rules: campaign.rules,
            at: bench.now)
    }

    private func isWell() throws -> Bool {
        // The bench's calls have no line; that is all that may be found.
        try bench.store.problems().allSatisfy { $0.contains("no line was seen connected") }
            && bench.store.replayJournal().differences.isEmpty
    }

    @Test(
        "the retry policy is applied again, from whatever the first word had led to",
        arguments: [DispositionClass.success, .machine, .callbackAny, .wrongNumber])
    func again(first: DispositionClass) throws {
        try bench.load([[1]], into: campaign.id)
        try bench.call(campaign, .answered, first)
        bench.now = bench.now + .seconds(60)
        for (word, expected) in [
            (DispositionClass.machine, ContactState.waitingRetry), (.notInterested, .done), (.wrongNumber, .done),
            (.callbackAny, .callback), (.success, .done),
        ] {
            guard case .decidedAnew = try change(1, word) else {
                Issue.record("\(word) after \(first) must be decided anew")
                continue
            }
            #expect(try state(1) == expected, "\(word) after \(first)")
            #expect(try isWell())
        }
        #expect(
            try bench.store.contacts(holding: bench.number(1), at: bench.now).first?.attempts.first?.disposition
                == "success")
        // The number that was called wrong is alive again, so the contact can be brought back and called.
        _ = try bench.store.reopen(
            ContactID(1), .retry(notBefore: bench.now), by: "eve", rules: campaign.rules, at: bench.now)
        #expect(try bench.reserve(campaign.id) != nil)
    }

    @Test(
        "what was called again since, or rests for good, is only noted; a wish not to be called is heard all the same")
    func onlyNoted() throws {
        try bench.load([[1], [2, 3]], into: campaign.id)
        try bench.call(campaign, .answered, .machine)
        try bench.call(campaign, .answered, .doNotCall)
        bench.now = bench.now + .seconds(2 * 86_400)
        try bench.call(campaign, .answered, .notInterested)
        guard case .onlyNoted(let why) = try change(1, .success) else {
            Issue.record("attempt 1 is not the last")
            return
        }
        #expect(why.contains("called again since"))
        guard case .onlyNoted(let stays) = try change(2, .success) else {
            Issue.record("do not call stays")
            return
        }
        #expect(stays.contains("dnc remove"))
        #expect(try state(2) == .suppressed)
        _ = try change(1, .doNotCall)
        #expect(try bench.store.isSuppressed(bench.number(1), campaign: nil, at: bench.now))
        #expect(try state(1) == .suppressed)
        #expect(try isWell())
    }

    @Test("an attempt that is open, dialled nothing, or is not there is refused")
    func refused() throws {
        try bench.load([[1], [2]], into: campaign.id)
        let reservation = try #require(try bench.reserve(campaign.id))
        _ = try bench.intend(reservation, campaign.rules)
        #expect(throws: StoreError.self) { _ = try change(1, .success) }
        let ending = CallEnding(outcome: .phoneRefused, endedAt: bench.now, ring: nil, talk: nil, evidence: Evidence())
        try bench.store.settleAttempt(AttemptID(1), ending, disposition: nil, rules: campaign.rules, at: bench.now)
        #expect(throws: StoreError.self) { _ = try change(1, .success) }
        #expect(throws: StoreError.self) { _ = try change(99, .success) }
        #expect(try isWell())
    }

    @Test("only what is finished is brought back: as a retry now, or as an agent's callback on the contact's clock")
    func reopened() throws {
        try bench.load([[1], [2]], into: campaign.id)
        let reopen = { (contact: Int64, how: Reopening) in
            try bench.store.reopen(ContactID(contact), how, by: "eve", rules: campaign.rules, at: bench.now)
        }
        #expect(throws: StoreError.self) { _ = try reopen(1, .retry(notBefore: bench.now)) }
        try bench.call(campaign, .answered, .success)
        try bench.call(campaign, .answered, .wrongNumber)
        let local = try #require(LocalTime("2026-03-11 15:30"))
        #expect(try reopen(1, .callback(.local(local), agent: "ada")) == Instant(iso8601: "2026-03-11T19:30:00Z"))
        #expect(try state(1) == .callback)
        bench.now = try #require(Instant(iso8601: "2026-03-11T19:30:00Z"))
        #expect(try bench.reserve(campaign.id, agent: "bob", grace: .seconds(900)) == nil)
        #expect(try bench.reserve(campaign.id, agent: "ada", grace: .seconds(900))?.isCallback == true)
        // Its only number is dead; there is nothing to call.
        #expect(throws: StoreError.self) { _ = try reopen(2, .retry(notBefore: bench.now)) }
        #expect(throws: StoreError.self) { _ = try reopen(77, .retry(notBefore: bench.now)) }
        #expect(try isWell())
    }

    @Test(
        "an agent sits at one station; a second one is turned away; requests are answered once and forget their words")
    func agents() throws {
        _ = try bench.store.applyDevices(
            try PhonesFile.read(
                "phones:\n  - { name: a, family: gxp, address: 'http://10.0.0.1', passcode: 'x' }\n  - { name: b, family: gxp, address: 'http://10.0.0.2', passcode: 'x' }\n",
                file: "p.yaml"), at: bench.now)
        let at = { (station: String) in try bench.store.desk(of: station).agent }
        try bench.store.setAgent("ada", station: "a", at: bench.now)
        #expect(throws: StoreError.self) { try bench.store.setAgent("bob", station: "a", at: bench.now) }
        try bench.store.setAgent("ada", station: "b", at: bench.now)
        #expect(try (at("a"), at("b")) == (nil, "ada"))
        try bench.store.setAgent(nil, station: "b", at: bench.now)
        #expect(try at("b") == nil)
        #expect(throws: StoreError.self) { try bench.store.setAgent("ada", station: "c", at: bench.now) }

        let id = try bench.store.ask(
            .say(attempt: 1, code: "X", callback: nil, note: "private words"), station: "a", at: bench.now)
        #expect(try bench.store.answer(to: id) == .waiting)
        let waiting = try #require(try bench.store.waitingRequests().first)
        try bench.store.answer(waiting, refusal: "no", at: bench.now)
        #expect(try bench.store.answer(to: id) == .refused("no"))
        #expect(try bench.store.waitingRequests().isEmpty)
        #expect(try !bench.store.withdraw(request: id))
        let words = try bench.store.read { try String.fetchAll($0, sql: "SELECT request FROM agent_requests") }
        #expect(words == ["say"])
    }
}
