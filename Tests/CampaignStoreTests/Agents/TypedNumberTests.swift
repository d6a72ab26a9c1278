import Eligibility
import Campaigns
import GRDB
import PhoneNumbers
import Testing

@testable import CampaignStore

@Suite("Numbers that agents type") struct TypedNumberTests {
    private let bench: RuleBench

    init() throws {
        bench = try RuleBench()
    }

    private func place(
        _ index: Int, _ campaign: (id: CampaignID, rules: EligibilityRules)
    ) throws -> TypedIntent {
        let number = NewContact.Number(
            number: try bench.number(index), fileExtension: nil, kind: .mobile, validity: .valid, area: bench.area)
        return try bench.store.recordIntent(
            typed: number, campaign: campaign.id, station: "s", agent: "ada", rules: campaign.rules, at: bench.now
        ) { reservation in
            IntentRequest(
                reservation: reservation, station: "s", agent: "ada", kind: .manual, dialled: "1", dialWith: .sendKey,
                account: 0, linesBefore: [])
        }
    }

    @Test("a typed number becomes a contact with its call, in one transaction; a contact that holds it is called")
    func called() throws {
        let campaign = try bench.campaign("a")
        guard case .recorded(let attempt, let reservation) = try place(1, campaign) else {
            Issue.record("it may be called")
            return
        }
        #expect(try bench.store.openAttempts().map(\.id) == [attempt])
        #expect(try bench.store.contact(reservation.contact).list == CampaignStore.typedList)
        guard case .notCallable(reservation.contact) = try place(1, campaign) else {
            Issue.record("the contact is being called")
            return
        }
        try bench.load([[2]], into: campaign.id)
        let ending = CallEnding(outcome: .answered, endedAt: bench.now, ring: nil, talk: nil, evidence: Evidence())
        try bench.store.settleAttempt(attempt, ending, disposition: nil, rules: campaign.rules, at: bench.now)
        guard case .recorded(_, let known) = try place(2, campaign) else {
            Issue.record("the list's contact is called")
            return
        }
        #expect(try bench.store.contact(known.contact).list == "l")
    }

    @Test("a refused number leaves no contact, number, list or event behind, whichever rule refuses it")
    func refused() throws {
        let closed = try bench.campaign("a", "calling_rules: { pack: none, windows: { all: \"20:00-21:00\" } }\n")
        let open = try bench.campaign("b")
        _ = try bench.store.suppress([bench.number(2)], campaign: nil, source: "t", at: bench.now)
        let count = { (table: String) in
            try bench.store.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM \(table)") ?? 0 }
        }
        let before = try ["contacts", "numbers", "lists", "journal", "attempts"].map(count)
        guard case .denied(let hours) = try place(1, closed), case .denied(let listed) = try place(2, open) else {
            Issue.record("both must be denied")
            return
        }
        #expect(hours.reasons.map(\.code) == ["calling_hours"])
        #expect(Set(listed.reasons.map(\.code)) == ["suppressed"])
        #expect(try ["contacts", "numbers", "lists", "journal", "attempts"].map(count) == before)
        #expect(try bench.reserve(closed.id) == nil && bench.reserve(open.id) == nil)
    }
}
