import Campaigns
import Eligibility
import Foundation
import GRDB
import PhoneNumbers
import Testing

@testable import CampaignStore

@Suite("What is left of an erased person's words") struct ErasedWordsTests {
    /// Stands wherever a person's words can come in.
    private static let word = "Zyxwordmark"

    private let bench: RuleBench
    private let campaign: (id: CampaignID, rules: EligibilityRules)

    init() throws {
        bench = try RuleBench()
        campaign = try bench.campaign("a", "consent: required\nretention: 365d\n")
    }

    private func person(_ name: String, _ index: Int, consent: String) throws -> NewContact {
        NewContact(
            name: name, externalID: "crm-\(name)", priority: 0,
            numbers: [
                NewContact.Number(
                    number: try bench.number(index), fileExtension: nil, kind: .mobile, validity: .valid,
                    area: bench.area)
            ],
            fields: ContactFields([["consent", "yes"], ["consent_date", "2026-01-02"], ["consent_proof", consent]]))
    }

    /// A person whose words stand in every place that there is, called once.
    @discardableResult
    private func fill(_ store: CampaignStore) throws -> AttemptID {
        let word = Self.word
        let list = ImportRequest(campaign: campaign.id, list: "l", file: "l.csv", onDuplicate: .update)
        _ = try store.importList(list, at: bench.now) {
            try $0.add(person("Ada \(word)", 1, consent: "form of \(word), \(word)@example.com"))
            try $0.add(person("Bob", 2, consent: "form 2"))
            try $0.quarantine(
                NewQuarantinedRow(
                    row: 3, line: 4, raw: "\(word);(212) 555-0101 or so", reason: "“\(word)” is no number"))
        }
        // A second list that brings her words up to date.
        _ = try store.importList(list, at: bench.now) {
            try $0.add(person("Ada \(word) King", 1, consent: "form of \(word), \(word)@example.com"))
        }
        let reservation = try #require(try bench.reserve(campaign.id))
        #expect(try reservation.number == bench.number(1))
        guard case .recorded(let attempt) = try bench.intend(reservation, campaign.rules) else {
            throw StoreError.refused("the call was denied")
        }
        try store.noteSeen(attempt, line: 1, at: bench.now)
        try store.noteConnected(attempt, line: 1, at: bench.now)
        let ending = CallEnding(outcome: .answered, endedAt: bench.now, ring: nil, talk: nil, evidence: Evidence())
        try store.settleAttempt(
            attempt, ending, disposition: Disposition(code: "CB", label: "x", dispositionClass: .callbackAny),
            callback: .at(bench.now + .seconds(86_400)), note: "says \(word)", rules: campaign.rules, at: bench.now
        )
        let contact = reservation.contact
        let (_, seq) = try (
            store.write { try $0.journal("contact_edited", at: bench.now, JournalSubject(contact: contact.value)) },
            store.lastJournalNumber()
        )
        // What no verb of today writes, and other versions may have.
        try store.write { database in
            try database.execute(
                sql: """
                    INSERT INTO import_updates (import_id, contact_id, name, fields) VALUES (1, ?1, ?2, '[]');
                    """, arguments: [contact.value, word])
            try database.execute(
                sql: "UPDATE contacts SET reason = ?, agent = 'eve' WHERE id = ?", arguments: [word, contact.value])
        }
        for request: AgentRequest in [
            .say(attempt: attempt.value, code: "CB", callback: nil, note: word), .skip(reason: word),
        ] {
            let text = String(decoding: try JSONEncoder().encode(request), as: UTF8.self)
            try store.write {
                try $0.execute(
                    sql: "INSERT INTO agent_requests (station, request, at) VALUES ('s', ?, 1)", arguments: [text])
            }
        }
        let hook = try store.addWebhook(
            campaign: campaign.id, url: "https://example.com/", secret: "s", events: [], at: bench.now)
        try store.write {
            try $0.execute(
                sql: "INSERT INTO webhook_deliveries (webhook_id, seq, next_at, error) VALUES (?, ?, 1, ?)",
                arguments: [hook.id, seq, "answered: \(word)"])
        }
        _ = try store.suppress(
            [bench.number(1)], campaign: campaign.id, source: "\(word) wrote", at: bench.now)
        return attempt
    }

    @Test("no file of the database holds a word of an erased person, wherever it came in, and the others' words stay")
    func gone() throws {
        let store = bench.store
        try fill(store)
        #expect(try !KeepingBench.files(of: store, holding: Self.word).isEmpty)
        let summary = try store.eraseContact(bench.number(1), at: bench.now + .seconds(60))
        #expect(summary.contacts == 1)
        #expect(summary.quarantinedRows == 1)
        #expect(summary.isComplete)
        #expect(try KeepingBench.files(of: store, holding: Self.word) == [])
        #expect(try KeepingBench.files(of: store, holding: "form 2") != [])
        #expect(try store.problems() == [])
        #expect(try store.replayJournal().differences == [])
        #expect(try store.erasureResidueSince() == nil)
    }

    @Test("the record of a call keeps which rules allowed it, and says that the words of the consent were erased")
    func consent() throws {
        let store = bench.store
        try fill(store)
        var before: [[String]] = []
        try store.attempts { before = $0.allowedBy }
        let said = try #require(before.first { $0[0] == "consent" })
        #expect(said[1].contains("form of \(Self.word)"))
        _ = try store.eraseContact(bench.number(1), at: bench.now)
        var after: [[String]] = []
        try store.attempts { after = $0.allowedBy }
        #expect(after.map { $0[0] } == before.map { $0[0] })
        for (rule, former) in zip(after, before) where rule[0] != "consent" { #expect(rule == former) }
        let left = try #require(after.first { $0[0] == "consent" })
        #expect(left[1] == "Consent is asked for by the campaign. The words of the consent were erased.")
    }

    @Test("a call of an earlier version, whose text was not moved yet, loses the words all the same")
    func earlierVersion() throws {
        let store = bench.store
        let attempt = try fill(store)
        try store.write {
            try $0.execute(
                sql: "UPDATE attempts SET rule_text_id = NULL, consent = NULL, allowed_by = ? WHERE id = ?",
                arguments: [
                    "[[\"list\",\"Active.\"],[\"consent\",\"Asked for. Consent “yes”, proof \(Self.word).\"]]",
                    attempt.value,
                ])
        }
        _ = try store.eraseContact(bench.number(1), at: bench.now)
        var after: [[String]] = []
        try store.attempts { after = $0.allowedBy }
        #expect(after == [["list", "Active."], ["consent", "Asked for. The words of the consent were erased."]])
        #expect(try KeepingBench.files(of: store, holding: Self.word) == [])
    }

    @Test("a callback that was agreed with an erased person is owed no more, and the contact waits for none")
    func callbacks() throws {
        let store = bench.store
        try fill(store)
        #expect(try store.eraseContact(bench.number(1), at: bench.now).callbacks == 1)
        let (open, state) = try store.read {
            (
                try Int.fetchOne($0, sql: "SELECT count(*) FROM agreed_callbacks WHERE ending IS NULL"),
                try Row.fetchOne($0, sql: "SELECT state, former_state, class FROM contacts WHERE id = 1")
            )
        }
        #expect(open == 0)
        #expect(state?["state"] == "suppressed")
        #expect(state?["former_state"] == "done")
        #expect(state?["class"] == "fresh")
        #expect(try store.contactCounts().byState[.callback] == nil)
    }

    @Test("what is said later of an erased person's call brings no note back")
    func note() throws {
        let store = bench.store
        let attempt = try fill(store)
        _ = try store.eraseContact(bench.number(1), at: bench.now)
        _ = try store.changeDisposition(
            of: attempt, to: Disposition(code: "NI", label: "x", dispositionClass: .notInterested), note: Self.word,
            by: nil, rules: campaign.rules, at: bench.now)
        var notes: [String?] = []
        try store.attempts { notes.append($0.note) }
        #expect(notes == [nil])
    }

    @Test(
        "the export of a person has what waits to be brought up to date, agreed callbacks, requests and deliveries too")
    func export() throws {
        let store = bench.store
        try fill(store)
        let held = Dictionary(
            uniqueKeysWithValues: try store.heldData(of: bench.number(1)).map { ($0.name, $0.rows) })
        for section in [
            "contacts", "numbers", "attempts", "agreed_callbacks", "import_updates", "agent_requests", "journal",
            "webhook_deliveries", "quarantined_rows", "suppressions",
        ] {
            #expect(held[section]?.isEmpty == false, "\(section)")
        }
        #expect("\(held["attempts"] ?? [])".contains("form of \(Self.word)"))
        _ = try store.eraseContact(bench.number(1), at: bench.now)
        #expect(try !"\(store.heldData(of: bench.number(1)))".contains(Self.word))
        // The stranger beside her has none of it.
        #expect(try !"\(store.heldData(of: bench.number(2)))".contains(Self.word))
    }

    @Test("a number of the person that an agent typed, and no engine took up yet, is theirs; another's is not")
    func typedNumbers() throws {
        let store = bench.store
        let campaign = try bench.campaign("typed")
        try bench.load([[21, 22]], into: campaign.id)
        let typed = [21, 22, 23]
        for index in typed {
            let request = AgentRequest.callNumber(
                campaign: campaign.id.value,
                number: NewContact.Number(
                    number: try bench.number(index), fileExtension: nil, kind: .mobile, validity: .valid,
                    area: bench.area))
            let text = String(decoding: try JSONEncoder().encode(request), as: UTF8.self)
            try store.write {
                try $0.execute(
                    sql: "INSERT INTO agent_requests (station, request, at) VALUES ('s', ?, 1)", arguments: [text])
            }
        }
        let held = { (index: Int) in
            try store.heldData(of: bench.number(index)).first { $0.name == "agent_requests" }?.rows.count
        }
        // Whoever holds one of a contact's numbers is that contact; the third is held by nobody yet, and asked for all the same.
        #expect(try typed.map(held) == [2, 2, 1])
        _ = try store.eraseContact(bench.number(22), at: bench.now)
        #expect(try typed.map(held) == [0, 0, 1])
        let waiting = try store.waitingRequests().map(\.request)
        #expect(waiting.count == 1)
        _ = try store.eraseContact(bench.number(23), at: bench.now)
        #expect(try store.waitingRequests().isEmpty)
    }

    @Test("a row that is no contact, or names another number beside, brings an erased person's words not back")
    func loadedAgain() throws {
        let store = bench.store
        try fill(store)
        _ = try store.eraseContact(bench.number(1), at: bench.now)
        let result = try store.importList(
            ImportRequest(campaign: campaign.id, list: "again", file: "l.csv"), at: bench.now
        ) {
            try $0.quarantine(
                NewQuarantinedRow(
                    row: 1, line: 2, raw: "\(Self.word);+1 212 555 0101;x", reason: "“\(Self.word)” is no zone"))
            try $0.quarantine(NewQuarantinedRow(row: 2, line: 3, raw: "Carl;+1 212 555 0177;x", reason: "no zone"))
        }
        let other = try bench.campaign("b")
        _ = try store.importList(ImportRequest(campaign: other.id, list: "l", file: "l.csv"), at: bench.now) {
            var contact = try person("Ada \(Self.word)", 5, consent: Self.word)
            contact.numbers.append(try person("x", 1, consent: "").numbers[0])
            try $0.add(contact)
        }
        #expect(result.counts.quarantined == 2)
        let rows = try store.read {
            try String.fetchAll(
                $0, sql: "SELECT raw FROM quarantined_rows WHERE import_id = \(result.id) ORDER BY id")
        }
        #expect(rows == ["", "Carl;+1 212 555 0177;x"])
        #expect(try store.problems() == [])
        _ = try store.write { try ErasureResidue.mark(at: bench.now, $0) }
        #expect(try store.clearErasureResidue(at: bench.now))
        #expect(try KeepingBench.files(of: store, holding: Self.word) == [])
        // Nor is she called at the other number.
        let again = try store.contacts(holding: bench.number(5), at: bench.now).map(\.facts.contactState)
        #expect(again == [.suppressed])
    }

    @Test("the entry of an erased person is removed only where that is said")
    func entry() throws {
        let store = bench.store
        try fill(store)
        let number = try bench.number(1)
        _ = try store.eraseContact(number, at: bench.now)
        #expect(throws: StoreError.erased(number: number.e164)) {
            _ = try store.unsuppress(number, campaign: nil, at: bench.now)
        }
        #expect(try store.isSuppressed(number, campaign: nil, at: bench.now))
        #expect(try store.unsuppress(.number(number), campaign: nil, evenIfErased: true, at: bench.now) == 1)
    }

    @Test("the journal lets go of a text of an erased person alone, and of nothing else")
    func guarded() throws {
        let store = bench.store
        try fill(store)
        let number = try bench.number(1)
        let change = { (sql: String) in try store.pool.writeWithoutTransaction { try $0.execute(sql: sql) } }
        #expect(throws: DatabaseError.self) {
            try change("UPDATE journal SET detail = NULL WHERE number = \(number.digits)")
        }
        _ = try store.eraseContact(number, at: bench.now)
        try change("UPDATE journal SET detail = NULL WHERE number = \(number.digits) AND event = 'suppression_added'")
        for sql in [
            "UPDATE journal SET detail = 'x' WHERE number = \(number.digits)",
            "UPDATE journal SET at = 1, detail = NULL WHERE number = \(number.digits)",
            "UPDATE journal SET detail = NULL WHERE number IS NULL AND contact_id IS NULL",
        ] {
            #expect(throws: DatabaseError.self) { try change(sql) }
        }
    }
}
