import Campaigns
import Foundation
import GRDB
import PhoneNumbers
import Testing

@testable import CampaignStore

@Suite("A person's rights") struct ErasureTests {
    /// All that is held of a number, by section, with one column picked.
    private struct Held {
        let sections: [String: [[String: HeldValue]]]

        init(_ store: CampaignStore, _ number: PhoneNumber) throws {
            sections = Dictionary(uniqueKeysWithValues: try store.heldData(of: number).map { ($0.name, $0.rows) })
        }

        func count(_ section: String) -> Int { sections[section]?.count ?? -1 }

        func column(_ column: String, of section: String) -> [HeldValue] {
            (sections[section] ?? []).map { $0[column] ?? .none }
        }
    }

    private func quarantine(_ called: CalledStore) throws {
        let id = try #require(called.rules.keys.min())
        _ = try called.store.importList(campaign: id, list: "q", file: "q.csv", sha256: "", options: "", at: called.now)
        {
            for raw in ["Ada Lovelace;(212) 555-0101 or so", "Somebody else;12"] {
                try $0.quarantine(NewQuarantinedRow(row: 1, line: 2, raw: raw, reason: "no number"))
            }
        }
    }

    @Test("an export holds the person in every campaign: names, fields, calls, do-not-call entries, events, odd rows")
    func export() throws {
        let called = try CalledStore()
        try quarantine(called)
        try called.call(.answered, at: called.now, wrapUp: true)
        let number = try called.number(1)
        _ = try called.store.suppress([number], campaign: nil, source: "by hand", at: called.now)
        let held = try Held(called.store, number)
        #expect(held.column("name", of: "contacts") == [.text("Ada Lovelace 1"), .text("Ada Lovelace 1")])
        #expect("\(held.column("fields", of: "contacts"))".contains("Marylebone"))
        #expect(held.count("numbers") == 2)
        #expect(held.column("disposition", of: "attempts") == [.text("NI, LATER")])
        #expect(held.count("suppressions") == 1)
        #expect(held.count("quarantined_rows") == 1)
        #expect(held.count("journal") >= 5)
        let stranger = try Held(called.store, try #require(PhoneNumber(e164: "+442079460000")))
        let rows = stranger.sections.values.reduce(0) { $0 + $1.count }
        #expect(rows == 0)
    }

    @Test(
        "after an erasure no file of the database holds the person's words, and the calls and do-not-call entries stay")
    func erase() throws {
        let called = try CalledStore()
        try quarantine(called)
        try called.call(.answered, at: called.now, wrapUp: true)
        let number = try called.number(1)
        _ = try called.store.suppress([number], campaign: nil, source: "by hand", at: called.now)
        let summary = try called.store.eraseContact(number, at: called.now + .seconds(60))
        #expect(summary.contacts == 2)
        #expect(summary.quarantinedRows == 1)
        #expect(summary.keptAttempts == 1)
        #expect(summary.keptUntil == called.now + .seconds(365 * 86_400))
        let held = try Held(called.store, number)
        #expect(held.column("outcome", of: "attempts") == [.text("answered")])
        #expect(held.count("suppressions") == 1)
        #expect(held.count("quarantined_rows") == 0)
        let events = held.column("event", of: "journal")
        #expect(events.contains(.text("contact_erased")))
        #expect(!"\(held)".contains("Lovelace 1") && !"\(held)".contains("crm-1"))
        #expect(try called.store.problems() == [])
        #expect(try called.store.replayJournal().differences == [])

        // Not in a page that SQLite merely marked as free, either.
        try called.store.close()
        for file in try FileManager.default.contentsOfDirectory(at: called.folder, includingPropertiesForKeys: nil) {
            let bytes = try Data(contentsOf: file)
            #expect(bytes.range(of: Data("Ada Lovelace 1".utf8)) == nil, "\(file.lastPathComponent)")
            #expect(bytes.range(of: Data("555-0101 or so".utf8)) == nil, "\(file.lastPathComponent)")
        }
    }

    @Test("nobody calls an erased contact again, and the others stay as they were")
    func notCalled() throws {
        let called = try CalledStore()
        _ = try called.store.eraseContact(try called.number(1), at: called.now)
        let id = try #require(called.rules.keys.min())
        var numbers: [Int64] = []
        while let next = try called.store.reserveNextContact(
            campaign: id, station: "s", openAreas: called.store.areas().map(\.id), at: called.now + .seconds(90))
        {
            numbers.append(next.number.digits)
        }
        #expect(numbers == [12_125_550_102, 12_125_550_103, 12_125_550_104])
    }

    @Test("call records past their campaign's retention go with the person, and the replay knows that they went")
    func retention() throws {
        let called = try CalledStore()
        try called.call(.answered, at: called.now, wrapUp: true)
        let summary = try called.store.eraseContact(
            try called.number(1), at: called.now + .seconds(366 * 86_400))
        #expect(summary.erasedAttempts == 1)
        #expect(summary.keptAttempts == 0)
        #expect(summary.keptUntil == nil)
        #expect(try called.store.replayJournal().differences == [])
        #expect(try called.store.problems() == [])
    }

    @Test("a call record that had to stay goes when its time is over, once, and no other goes with it")
    func sweep() throws {
        let called = try CalledStore()
        try called.call(.answered, at: called.now, wrapUp: true)
        try called.call(.answered, at: called.now, wrapUp: true)
        let until = try #require(
            try called.store.eraseContact(try called.number(1), at: called.now + .seconds(60)).keptUntil)
        #expect(try called.store.sweepErased(at: until - .milliseconds(1)) == 0)
        #expect(try called.store.sweepErased(at: until) == 1)
        #expect(try called.store.sweepErased(at: until) == 0)
        #expect(try Held(called.store, called.number(1)).count("attempts") == 0)
        #expect(try Held(called.store, called.number(2)).count("attempts") == 1)
        #expect(try called.store.replayJournal().differences == [])
        #expect(try called.store.problems() == [])
    }

    @Test("a person who is being called is not erased under the agent's hands")
    func inCall() throws {
        let called = try CalledStore()
        _ = try called.intend(at: called.now)
        #expect(throws: StoreError.self) { try called.store.eraseContact(try called.number(1), at: called.now) }
    }

    @Test("every column of a contact is known to be personal or not: a new one has to be thought about")
    func columns() throws {
        let impersonal: Set<String> = [
            "id", "campaign_id", "list_id", "import_id", "state", "former_state", "class", "priority",
            "next_number_id", "next_area_id", "due_at", "avoid_station", "created_at", "state_at", "attempts_made",
            "attempts_removed", "do_not_call_import",
        ]
        let columns = try CalledStore().store.read { try $0.columns(in: "contacts").map(\.name) }
        #expect(Set(columns) == impersonal.union(CampaignStore.personalColumns.map(\.name)))
    }

    @Test(
        "a contact that is erased while it is set aside is not called, however the reservation ends, and is not picked again",
        arguments: ["taken", "withdrawn", "put back", "restart"])
    func reserved(end: String) throws {
        let called = try CalledStore()
        let store = called.store
        let id = try #require(called.rules.keys.min())
        let rules = try #require(called.rules[id])
        let areas = try store.areas().map(\.id)
        let reservation = try #require(
            try store.reserveNextContact(campaign: id, station: "s", openAreas: areas, at: called.now))
        _ = try store.eraseContact(reservation.number, at: called.now)
        #expect(try store.problems() == [])
        let later = called.now + .seconds(60)
        switch end {
        case "taken":
            let request = IntentRequest(
                reservation: reservation, station: "s", kind: .preview, dialled: "1", dialWith: .sendKey, account: 0,
                linesBefore: [])
            guard case .denied = try store.recordIntent(request, rules: rules, at: later) else {
                Issue.record("an erased person was called")
                return
            }
        case "withdrawn":
            try store.release(
                reservation, notBefore: later, reason: Reason(code: "agent", text: "Nobody took it."), at: later)
        case "put back":
            let verdict = try #require(try store.eligibility(of: reservation, rules: rules, at: later))
            try store.putBack(reservation, denied: verdict, at: later)
        default: #expect(try store.releaseAllReservations(at: later) == 1)
        }
        // Neither by what wakes a campaign's contacts, nor by time.
        try store.write { try ContactReview.add(.parked, campaign: id.value, $0) }
        try store.reviewContacts(at: later)
        var picked: [Int64] = []
        for _ in 0..<10 {
            let next = try store.reserveNextContact(
                campaign: id, station: "s", openAreas: areas, at: later + .seconds(86_400))
            if let next { picked.append(next.contact.value) }
        }
        #expect(picked == [2, 3, 4])
        _ = try store.releaseAllReservations(at: later)
        #expect(try store.problems() == [])
    }

    @Test("a list that is loaded later, into another campaign or over the contact, brings no name and no field back")
    func loadedAgain() throws {
        let called = try CalledStore()
        let number = try called.number(1)
        // A wish that was noted before keeps the person away as well, and does not hide that the person was erased.
        _ = try called.store.suppress([number], campaign: nil, source: "by hand", at: called.now)
        _ = try called.store.eraseContact(number, at: called.now)
        let yaml = "campaign: c\nregion: US\ncalling_rules: { pack: none }\n"
        let other = try called.store.applyCampaign(
            CampaignFile.read(yaml, file: "c.yaml"), yaml: yaml, file: "c.yaml", script: nil, at: called.now
        ).id
        let first = try #require(called.rules.keys.min())
        for campaign in [other, first] {
            _ = try called.store.importList(
                ImportRequest(campaign: campaign, list: "again", file: "l.csv", onDuplicate: .update), at: called.now
            ) {
                for index in 1...2 { try $0.add(called.person(index)) }
            }
        }
        let held = try Held(called.store, number)
        #expect(held.count("contacts") == 3)
        #expect(held.column("name", of: "contacts").allSatisfy { $0 == .none })
        #expect(held.column("external_id", of: "contacts").allSatisfy { $0 == .none })
        #expect(held.column("fields", of: "contacts").allSatisfy { $0 == .text("[]") })
        // Their neighbour in the list is stored whole.
        let neighbour = try Held(called.store, called.number(2))
        #expect(neighbour.column("name", of: "contacts").allSatisfy { $0 == .text("Ada Lovelace 2") })
        #expect(try called.store.problems() == [])
    }

    @Test("what is said later of an erased person's call is noted, and brings nobody back")
    func secondThoughts() throws {
        let called = try CalledStore()
        let id = try #require(called.rules.keys.min())
        let attempt = try called.call(.answered, at: called.now, wrapUp: true)
        _ = try called.store.eraseContact(try called.number(1), at: called.now)
        let changed = try called.store.changeDisposition(
            of: attempt, to: Disposition(code: "CB", label: "x", dispositionClass: .callbackAny), by: nil,
            rules: try #require(called.rules[id]), at: called.now)
        guard case .onlyNoted = changed else {
            Issue.record("decided anew: \(changed)")
            return
        }
        #expect(try called.store.problems() == [])
    }
}
