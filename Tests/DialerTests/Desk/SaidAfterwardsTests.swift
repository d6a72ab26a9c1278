import CallingRules
import Campaigns
import Eligibility
import Foundation
import GRDB
import PhoneNumbers
import Testing

@testable import CampaignStore
@testable import Dialer

/// What an agent said of a call in another program, and the engine took up when the call was settled.
@Suite("What is said of a call that was settled meanwhile") struct SaidAfterwardsTests {
    private let scratch: ScratchStore
    private let engine: DialerEngine
    private let campaign: CampaignID
    private let attempt: AttemptID
    private let now = Instant(Date())
    private var store: CampaignStore { scratch.store }

    /// Bob is at the station now; the call was Ada's.
    init() async throws {
        scratch = try ScratchStore()
        let yaml = """
            phones:
              - { name: desk-1, family: gxp, address: "\(ScratchStore.silentAddress())", passcode: p }
            """
        _ = try scratch.store.applyDevices(PhonesFile.read(yaml, file: "phones.yaml", mayBeLocal: true), at: now)
        campaign = try scratch.campaign(
            "t",
            """
            pacing: { mode: manual, wrap_up: 0s }
            dispositions:
              - { code: CB, label: Call back, class: callback_agent }
              - { code: NI, label: Not interested, class: not_interested }
              - { code: DNC, label: Do not call, class: do_not_call }

            """, at: now)
        try scratch.load([.test(1, ending: 7)], into: campaign, at: now)
        try scratch.store.setAgent("bob", station: "desk-1", at: now)
        engine = try DialerEngine.rig(scratch.store, DialerClock(startingAt: now, scale: 0.01))
        try await engine.prepare()
        let store = scratch.store
        let rules = EligibilityRules(campaign: try store.campaign(named: "t").campaign, pack: .none)
        let reservation = try #require(
            try store.reserve(ContactID(1), of: campaign, station: "desk-1", at: now))
        let request = IntentRequest(
            reservation: reservation, station: "desk-1", agent: "ada", dialled: "1", dialWith: .sendKey, account: 0,
            linesBefore: [])
        guard case .recorded(let attempt) = try store.recordIntent(request, rules: rules, at: now) else {
            throw StoreError.refused("the intent was denied")
        }
        self.attempt = attempt
        let ending = CallEnding(outcome: .noAnswer, endedAt: now, ring: nil, talk: nil, evidence: Evidence())
        try store.settleAttempt(attempt, ending, disposition: nil, rules: rules, at: now)
    }

    private func say(_ code: String, callback: CallbackTime? = nil) async throws -> AgentAnswer {
        let id = try store.ask(
            .say(attempt: attempt.value, code: code, callback: callback, note: nil), station: "desk-1", at: now)
        try await engine.takeRequests()
        return try store.answer(to: id)
    }

    @Test("a callback that could not be scheduled is told as such: the contact is another station's by now")
    func onlySaved() async throws {
        _ = try #require(try store.reserve(ContactID(1), of: campaign, station: "desk-2", at: now))
        guard case .refused(let why) = try await say("CB", callback: .at(now + .seconds(86_400))) else {
            Issue.record("the agent must be told that nothing was scheduled")
            return
        }
        #expect(why.contains("“Call back” was saved, but no callback was scheduled"), "\(why)")
        #expect(try store.attempt(attempt).disposition == "CB")
        guard case .refused(let stays) = try await say("NI") else {
            Issue.record("the agent must be told that the contact goes on being called")
            return
        }
        #expect(stays.contains("what follows the call stays as it was"), "\(stays)")
        // A wish not to be called needs no more than being said.
        #expect(try await say("DNC") == .done)
        #expect(try store.isSuppressed(.test(1, ending: 7), campaign: nil, at: now))
    }

    @Test("what is carried out is answered as done, and the journal names the agent of the call")
    func done() async throws {
        #expect(try await say("CB", callback: .at(now + .seconds(86_400))) == .done)
        let agents = try store.read {
            try String.fetchAll($0, sql: "SELECT agent FROM journal WHERE event = 'disposition_changed'")
        }
        #expect(agents == ["ada"])
        let owed = try store.read {
            try Int.fetchOne($0, sql: "SELECT count(*) FROM agreed_callbacks WHERE ending IS NULL")
        }
        #expect(owed == 1)
    }
}
