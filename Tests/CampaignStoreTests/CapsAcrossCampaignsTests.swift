import CallingRules
import Campaigns
import Eligibility
import Testing

@testable import CampaignStore

@Suite("Caps look across campaigns, contacts and numbers") struct CapsAcrossCampaignsTests {
    let bench: RuleBench

    init() throws {
        bench = try RuleBench()
    }

    private static let once = "caps: [{ attempts: 1, within: 24h }]\n"

    @Test("a call in one campaign counts in every other, to the millisecond at which its window ends")
    func campaigns() throws {
        let first = try bench.campaign("first")
        let second = try bench.campaign("second", Self.once)
        try bench.load([[1]], into: first.id)
        try bench.load([[1]], into: second.id)
        #expect(try bench.verdict(1, second).verdict == .allowed)
        try bench.call(first, .noAnswer)
        let calledAt = bench.now
        guard case .denied(let until, let reasons) = try bench.verdict(1, second).verdict else {
            Issue.record("the second campaign must wait")
            return
        }
        #expect(until == calledAt + .seconds(86_400))
        #expect(reasons.map(\.code) == ["attempt_cap"])
        bench.now = calledAt + .seconds(86_400) - .milliseconds(1)
        #expect(try !bench.verdict(1, second).verdict.isAllowed)
        bench.now = calledAt + .seconds(86_400)
        #expect(try bench.verdict(1, second).verdict == .allowed)
    }

    @Test(
        "the intent itself asks: a reservation made before the other campaign's call is denied and put back with its date"
    )
    func intent() throws {
        let first = try bench.campaign("first")
        let second = try bench.campaign("second", Self.once)
        try bench.load([[1]], into: first.id)
        try bench.load([[1]], into: second.id)
        let early = try #require(try bench.reserve(second.id))
        try bench.call(first, .noAnswer)
        guard case .denied(let verdict) = try bench.intend(early, second.rules) else {
            Issue.record("the intent must be denied")
            return
        }
        #expect(verdict.reasons.map(\.code) == ["attempt_cap"])
        #expect(try bench.reserve(second.id) == nil)
        bench.now = bench.now + .seconds(86_400)
        #expect(try bench.reserve(second.id)?.contact == early.contact)
    }

    @Test("an alternate number does not slip past a cap to the contact, and does past one to the number")
    func alternates() throws {
        let perContact = try bench.campaign("contact", Self.once)
        try bench.load([[1, 2]], into: perContact.id)
        try bench.call(perContact, .answered, .wrongNumber)
        #expect(try bench.verdict(2, perContact).reasons.contains { $0.code == "attempt_cap" })
        let perNumber = try bench.campaign("number", "caps: [{ attempts: 1, within: 24h, per: number }]\n")
        try bench.load([[3, 4]], into: perNumber.id)
        try bench.call(perNumber, .answered, .wrongNumber)
        #expect(try !bench.verdict(4, perNumber).reasons.contains { $0.code == "attempt_cap" })
    }

    @Test("a person who stands in two campaigns by different numbers is one person where one number is shared")
    func sharedNumber() throws {
        let first = try bench.campaign("first")
        let second = try bench.campaign("second", Self.once)
        // The first campaign calls number 2; the second knows the same person by 1 and 3.
        try bench.load([[2, 1]], into: first.id)
        try bench.load([[3, 1]], into: second.id)
        try bench.call(first, .noAnswer)
        #expect(try bench.verdict(3, second).reasons.map(\.code) == ["attempt_cap"])
    }

    @Test("a call dialled by hand counts, an incoming one does not, nor one that proved that nothing was dialled")
    func byHand() throws {
        let campaign = try bench.campaign("a", Self.once)
        try bench.load([[1], [2], [3]], into: campaign.id)
        _ = try bench.store.noteObservedCall(
            station: "s", line: 1, incoming: false, number: bench.number(1), at: bench.now)
        _ = try bench.store.noteObservedCall(
            station: "s", line: 1, incoming: true, number: bench.number(2), at: bench.now)
        #expect(try !bench.verdict(1, campaign).verdict.isAllowed)
        #expect(try bench.verdict(2, campaign).verdict == .allowed)
        _ = try bench.reserve(campaign.id)
        let third = try bench.campaign("b", Self.once)
        try bench.load([[4]], into: third.id)
        try bench.call(third, .phoneRefused)
        #expect(try !bench.verdict(4, third).reasons.contains { $0.code == "attempt_cap" })
    }

    @Test(
        "a call by hand whose number showed only later counts from when it began, and no longer by a wrong first number"
    )
    func numberLater() throws {
        let campaign = try bench.campaign("a", Self.once)
        try bench.load([[1], [2]], into: campaign.id)
        let row = try bench.store.noteObservedCall(station: "s", line: 1, incoming: false, number: nil, at: bench.now)
        #expect(try bench.verdict(1, campaign).verdict == .allowed)
        try bench.store.noteObservedNumber(row, bench.number(2))
        #expect(try bench.verdict(2, campaign).reasons.map(\.code) == ["attempt_cap"])
        try bench.store.noteObservedNumber(row, bench.number(1))
        guard case .denied(let until, _) = try bench.verdict(1, campaign).verdict else {
            Issue.record("the call by hand must count")
            return
        }
        #expect(until == bench.now + .seconds(86_400))
        #expect(try bench.verdict(2, campaign).verdict == .allowed)
    }

    @Test(
        "conversations are answered calls that no agent called a machine",
        arguments: [
            (Outcome.answered, DispositionClass?.some(.success), true), (.shortAnswer, .noneGiven, true),
            (.answered, .machine, false), (.noAnswer, nil, false), (.busyOrRejected, nil, false),
        ])
    func conversations(outcome: Outcome, said: DispositionClass?, counts: Bool) throws {
        let first = try bench.campaign("first")
        let second = try bench.campaign("second", "caps: [{ conversations: 1, within: 7d }]\n")
        try bench.load([[1]], into: first.id)
        try bench.load([[1]], into: second.id)
        try bench.call(first, outcome, said)
        #expect(try bench.verdict(1, second).verdict.isAllowed == !counts)
    }

    @Test("a refusal in one campaign keeps every other silent for its time")
    func refusal() throws {
        let first = try bench.campaign("first")
        let second = try bench.campaign("second", "caps: [{ silence_after: refusal, lasting: 60d }]\n")
        try bench.load([[1]], into: first.id)
        try bench.load([[1]], into: second.id)
        try bench.call(first, .answered, .notInterested)
        guard case .denied(let until, let reasons) = try bench.verdict(1, second).verdict else {
            Issue.record("the second campaign must be silent")
            return
        }
        #expect(reasons.map(\.code) == ["silence_after_refusal"])
        #expect(until == bench.now + .seconds(60 * 86_400))
    }

    @Test("an open call to one of a person's numbers holds back a call to another, in any campaign")
    func openCall() throws {
        let first = try bench.campaign("first")
        let second = try bench.campaign("second")
        try bench.load([[2, 1]], into: first.id)
        try bench.load([[3, 1]], into: second.id)
        guard case .recorded = try bench.intend(try #require(try bench.reserve(first.id)), first.rules) else {
            Issue.record("must be recorded")
            return
        }
        #expect(try bench.verdict(3, second).reasons.map(\.code) == ["open_attempt"])
    }

    @Test("where consent is required, the list's fields decide, and the attempt keeps what they said")
    func consent() throws {
        let campaign = try bench.campaign("a", "consent: required\n")
        try bench.load([[1]], into: campaign.id)
        #expect(try bench.verdict(1, campaign).reasons.map(\.code) == ["consent"])
        // Parked: no date frees it.
        let reserved = try #require(try bench.reserve(campaign.id))
        guard case .denied = try bench.intend(reserved, campaign.rules) else {
            Issue.record("must be denied")
            return
        }
        bench.now = bench.now + .seconds(30 * 86_400)
        #expect(try bench.reserve(campaign.id) == nil)
        try bench.load(
            [[2]], into: campaign.id,
            fields: [["consent", "yes"], ["consent_date", "2026-01-31"], ["consent_proof", "form 7"]])
        try bench.call(campaign, .noAnswer)
        var kept: [[String]] = []
        try bench.store.attempts { kept = $0.allowedBy }
        #expect(kept.contains { $0[0] == "consent" && $0[1].contains("form 7") && $0[1].contains("2026-01-31") })
    }

    @Test("an attempt keeps the names and versions of every pack that it was under, and each rule's facts")
    func packs() throws {
        let pack = try RulePackFile.read(
            """
            pack: own
            version: "2026-03-01"
            region: US
            rules:
              - { places: [US], source: "a test", hours: { all: "08:00-21:00" } }
            """, file: "own.yaml")
        let campaign = try bench.campaign("a", "calling_rules: { pack: own }\n", pack: pack)
        try bench.load([[1]], into: campaign.id)
        try bench.call(campaign, .noAnswer)
        var rows: [AttemptRow] = []
        try bench.store.attempts { rows.append($0) }
        #expect(rows.map(\.rulePack) == ["own"])
        #expect(rows.map(\.rulePackVersion) == ["2026-03-01"])
        #expect(
            rows.first?.allowedBy.map { $0[0] } == [
                "campaign", "list", "state", "number", "suppression", "registries", "open_attempt", "not_before",
                "total_attempts",
                "rule_pack", "consent", "caps", "silence", "calling_hours", "emergency",
            ])
    }

    @Test("a pack that is too old stops the campaign's calls, with what to do")
    func oldPack() throws {
        let pack = try RulePackFile.read(
            "pack: own\nversion: \"2025-01-01\"\nregion: US\nrules: [{ places: [US], source: a test, hours: { all: \"00:00-24:00\" } }]\n",
            file: "own.yaml")
        let campaign = try bench.campaign("a", "calling_rules: { pack: own }\n", pack: pack)
        try bench.load([[1]], into: campaign.id)
        #expect(try bench.verdict(1, campaign).reasons.map(\.code) == ["pack_too_old"])
        #expect(try bench.verdict(1, campaign).reasons.first?.text.contains("newer") == true)
    }
}
