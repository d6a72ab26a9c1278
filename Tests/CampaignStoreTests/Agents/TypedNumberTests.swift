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

    private func typed(_ index: Int, _ area: Area) throws -> NewContact.Number {
        NewContact.Number(
            number: try bench.number(index), fileExtension: nil, kind: .mobile, validity: .valid, area: area)
    }

    private func place(
        _ index: Int, _ campaign: (id: CampaignID, rules: EligibilityRules)
    ) throws -> TypedIntent {
        let number = try typed(index, bench.area)
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

    /// What a contact is, and its events, to see that nothing was changed.
    private func traces() throws -> [String] {
        try bench.store.read { database in
            try String.fetchAll(
                database,
                sql: """
                    SELECT id || ' ' || state || ' ' || due_at || ' ' || next_number_id || ' ' || coalesce(reason, '') FROM contacts
                    UNION ALL SELECT 'event ' || seq FROM journal UNION ALL SELECT 'attempt ' || id FROM attempts
                    """)
        }
    }

    /// What keeps a contact's second number from being called, while its first one may be.
    enum Obstacle: String, CaseIterable {
        case suppressed
        case dead = "number_dead"
        case hours = "calling_hours"
    }

    @Test(
        "another number of a contact than its next one is judged by itself, and refused without a trace",
        arguments: Obstacle.allCases)
    func otherNumberRefused(obstacle: Obstacle) throws {
        let campaign = try bench.campaign("a", "calling_rules: { pack: none, windows: { all: \"09:30-20:00\" } }\n")
        let west = Area(zones: ["America/Los_Angeles"], region: "US", jurisdiction: "US-CA")
        let numbers = [try typed(1, bench.area), try typed(6, obstacle == .hours ? west : bench.area)]
        _ = try bench.store.importList(
            campaign: campaign.id, list: "l", file: "l", sha256: "", options: "", at: bench.now
        ) { try $0.add(NewContact(name: nil, externalID: nil, priority: 0, numbers: numbers, fields: ContactFields())) }
        switch obstacle {
        case .suppressed: _ = try bench.store.suppress([bench.number(6)], campaign: nil, source: "t", at: bench.now)
        case .dead:
            try bench.store.write {
                try $0.execute(sql: "UPDATE numbers SET state = 'dead' WHERE number = 12125550106")
            }
        case .hours: break
        }
        let before = try traces()
        guard case .denied(let verdict) = try place(6, campaign) else {
            Issue.record("the typed number must be refused")
            return
        }
        #expect(verdict.reasons.map(\.code) == [obstacle.rawValue])
        #expect(try traces() == before)
        // Its first number is none the worse for it.
        #expect(try bench.reserve(campaign.id)?.number == bench.number(1))
    }

    @Test(
        "the attempt is to the typed number in row, journal and what follows, though the contact's next one is another"
    )
    func otherNumberCalled() throws {
        let campaign = try bench.campaign("a")
        try bench.load([[1, 6]], into: campaign.id)
        guard case .recorded(let attempt, let reservation) = try place(6, campaign) else {
            Issue.record("it may be called")
            return
        }
        #expect(try reservation.number == bench.number(6))
        #expect(try bench.store.attempt(attempt).number == bench.number(6))
        let row = try bench.store.read {
            try Int64.fetchOne($0, sql: "SELECT number_id % 16 FROM attempts WHERE id = \(attempt.value)")
        }
        #expect(row == 1)
        let numbers = try bench.store.read {
            try Int64.fetchSet(
                $0, sql: "SELECT number FROM journal WHERE event IN ('contact_reserved', 'attempt_intended')")
        }
        #expect(numbers == [12_125_550_106])
        // A wrong number is the one that was dialed.
        let ending = CallEnding(outcome: .answered, endedAt: bench.now, ring: nil, talk: nil, evidence: Evidence())
        try bench.store.settleAttempt(
            attempt, ending, disposition: Disposition(code: "WN", label: "x", dispositionClass: .wrongNumber),
            rules: campaign.rules, at: bench.now)
        let dead = try bench.store.read {
            try Int64.fetchAll($0, sql: "SELECT number FROM numbers WHERE state = 'dead'")
        }
        #expect(dead == [12_125_550_106])
    }
}
