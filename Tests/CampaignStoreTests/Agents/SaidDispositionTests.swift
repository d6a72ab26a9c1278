import CallingRules
import Campaigns
import Eligibility
import PhoneNumbers
import RetryPolicy
import Testing

@testable import CampaignStore

@Suite("What is said of a call that is not settled") struct SaidDispositionTests {
    private let bench: RuleBench
    private let campaign: (id: CampaignID, rules: EligibilityRules)

    /// How far the call is when its agent gives its disposition.
    enum Phase: CaseIterable {
        case intended, calling, connected, wrapUp
    }

    init() throws {
        bench = try RuleBench()
        campaign = try bench.campaign("a")
        try bench.load([[1]], into: campaign.id)
    }

    private func ending(_ outcome: Outcome) -> CallEnding {
        CallEnding(outcome: outcome, endedAt: bench.now, ring: nil, talk: nil, evidence: Evidence())
    }

    private func said(_ name: DispositionClass, callback: CallbackTime? = nil) -> SaidDisposition {
        SaidDisposition(
            disposition: Disposition(code: name.rawValue, label: "x", dispositionClass: name), callback: callback,
            note: "asks for gold")
    }

    /// A call that is in a phase; what is open of its ending is returned.
    private func open(_ phase: Phase, _ outcome: Outcome) throws -> (AttemptID, CallEnding?) {
        let reservation = try #require(try bench.reserve(campaign.id))
        guard case .recorded(let attempt) = try bench.intend(reservation, campaign.rules) else {
            throw StoreError.refused("denied")
        }
        if phase != .intended { try bench.store.noteSeen(attempt, line: 1, at: bench.now) }
        if phase == .connected || phase == .wrapUp { try bench.store.noteConnected(attempt, line: 1, at: bench.now) }
        guard phase == .wrapUp else { return (attempt, ending(outcome)) }
        try bench.store.beginWrapUp(attempt, ending(outcome), until: bench.now, at: bench.now)
        return (attempt, nil)
    }

    @Test(
        "it is kept in every phase, whoever settles the call and whatever its outcome", arguments: Phase.allCases,
        [Outcome.answered, .noAnswer, .busyOrRejected, .failedFast, .agentCancelled, .unknown, .phoneRefused])
    func kept(phase: Phase, outcome: Outcome) throws {
        let (attempt, ending) = try open(phase, phase == .wrapUp ? .answered : outcome)
        try bench.store.keep(said(.machine), of: attempt, at: bench.now)
        #expect(try bench.store.replayJournal().differences.isEmpty)
        // Who says it again has thought again.
        try bench.store.keep(said(.success), of: attempt, at: bench.now)
        #expect(try bench.store.replayJournal().differences.isEmpty)
        let decided = try bench.store.settleAttempt(
            attempt, ending, disposition: phase == .wrapUp ? Disposition.none : nil, rules: campaign.rules,
            at: bench.now)
        #expect(decided?.reason.code == "success")
        let row = try bench.store.attempt(attempt)
        #expect(row.disposition == "success" && row.note == "asks for gold")
        #expect(row.dispositionClass == "success")
        #expect(try bench.store.contacts(holding: bench.number(1), at: bench.now).first?.state == .done)
        #expect(try bench.store.replayJournal().differences.isEmpty)
    }

    @Test("a wish not to be called and a wrong number count although the phone saw no conversation")
    func decides() throws {
        try bench.load([[2, 3]], into: campaign.id)
        let (first, noAnswer) = try open(.calling, .noAnswer)
        try bench.store.keep(said(.doNotCall), of: first, at: bench.now)
        try bench.store.settleAttempt(first, noAnswer, disposition: nil, rules: campaign.rules, at: bench.now)
        #expect(try bench.store.isSuppressed(bench.number(1), campaign: nil, at: bench.now))
        let (second, unknown) = try open(.calling, .unknown)
        try bench.store.keep(said(.wrongNumber), of: second, at: bench.now)
        try bench.store.settleAttempt(second, unknown, disposition: nil, rules: campaign.rules, at: bench.now)
        #expect(try bench.reserve(campaign.id)?.number == bench.number(3))
    }

    @Test("an agreed time is kept until the call is settled, and not longer; what the settling says itself goes first")
    func callback() throws {
        let due = bench.now + .seconds(86_400)
        let (attempt, ending) = try open(.calling, .noAnswer)
        let local = CallbackTime.local(try #require(LocalTime("2026-03-11 10:00")))
        try bench.store.keep(said(.callbackAny, callback: local), of: attempt, at: bench.now)
        #expect(try bench.store.openAttempts().first?.said?.callback == local)
        let decided = try bench.store.settleAttempt(
            attempt, ending, disposition: nil, rules: campaign.rules, at: bench.now)
        guard case .callback(due, false, _)? = decided else {
            Issue.record("the agreed time must hold: \(String(describing: decided))")
            return
        }
        #expect(try bench.store.openAttempts().isEmpty)
        bench.now = due
        let (again, answered) = try open(.connected, .answered)
        try bench.store.keep(said(.callbackAny, callback: .at(due + .seconds(99))), of: again, at: bench.now)
        let sale = Disposition(code: "S", label: "S", dispositionClass: .success)
        try bench.store.settleAttempt(again, answered, disposition: sale, rules: campaign.rules, at: bench.now)
        #expect(try bench.store.attempt(again).disposition == "S")
    }
}

extension Disposition {
    /// What an engine settles a wrap-up with in which nothing was said.
    fileprivate static let none = Disposition(code: "NONE_GIVEN", label: "", dispositionClass: .noneGiven)
}
