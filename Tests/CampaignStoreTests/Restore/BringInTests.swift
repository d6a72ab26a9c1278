import CallingRules
import Campaigns
import Eligibility
import Foundation
import GRDB
import PhoneNumbers
import Testing

@testable import CampaignStore

/// What a lost database knows of the time since its back-up comes into the restored one.
@Suite("Calls since a back-up") struct BringInTests {
    @Test("calls come in as they were, with what they mean for contacts, caps, reports and the journal; twice is once")
    func calls() throws {
        let restored = try RestoredStore { try $0.call(.answered, at: $0.now - .seconds(60)) }
        let called = restored.called
        try called.call(.noAnswer, at: restored.later)
        try called.call(.answered, at: restored.later + .seconds(30), wrapUp: true)
        try called.call(.busyOrRejected, at: restored.later + .seconds(60))
        let (calls, contacts) = (try RestoredStore.calls(called.store), try RestoredStore.contacts(called.store))
        let rules = try Self.rules(called.store)
        try restored.lose()
        let store = try restored.putInPlace()
        let brought = try restored.bring(into: store)
        #expect(brought.attempts == 3 && brought.known == 0 && brought.isComplete)
        #expect(brought.lastEventAt == restored.later + .seconds(60))
        #expect(try RestoredStore.calls(store) == calls)
        #expect(try Self.rules(store) == rules)
        #expect(try RestoredStore.contacts(store) == contacts)
        #expect(try store.problems() == [])
        #expect(try store.replayJournal().differences == [])
        #expect(try store.journal().contains { $0.event == "calls_brought_in" })
        let again = try restored.bring(into: store)
        #expect(again.attempts == 0 && again.known == 3)
        #expect(try RestoredStore.calls(store) == calls)
        #expect(try RestoredStore.contacts(store) == contacts)
        // The lost file is only read.
        #expect(try LostDatabase(restored.lost, beside: store.path).path == restored.lost)
    }

    /// What the rules said of each call.
    private static func rules(_ store: CampaignStore) throws -> [[[String]]] {
        var rules: [[[String]]] = []
        try store.attempts { rules.append($0.allowedBy) }
        #expect(rules.allSatisfy { !$0.isEmpty })
        return rules
    }

    @Test("a call that rang when the back-up was made has its end; one that rang when all was lost is unknown")
    func open() throws {
        let restored = try RestoredStore { _ = try $0.intend(at: $0.now) }
        let called = restored.called
        let id = try #require(called.rules.keys.min())
        try called.store.settleAttempt(
            AttemptID(1),
            CallEnding(
                outcome: .noAnswer, endedAt: restored.later, ring: nil, talk: nil, evidence: Evidence()),
            disposition: nil, rules: called.rules[id], at: restored.later)
        _ = try called.intend(at: restored.later)
        try restored.lose()
        let store = try restored.putInPlace()
        let brought = try restored.bring(into: store)
        #expect(brought.attempts == 1 && brought.settled == 1)
        var outcomes: [String] = []
        try store.attempts { outcomes.append($0.outcome ?? "none") }
        #expect(outcomes.sorted() == ["no_answer", "unknown"])
        #expect(try store.openAttempts().isEmpty)
        #expect(try store.problems() == [])
        #expect(try store.replayJournal().differences == [])
    }

    @Test("do-not-call requests and callbacks since come in, of calls and of people")
    func wishes() throws {
        let restored = try RestoredStore()
        let called = restored.called
        let id = try #require(called.rules.keys.min())
        let rules = try #require(called.rules[id])
        // Contact 1 asks in a call not to be called, contact 2 by letter, contact 3 agrees a time with a person.
        let attempt = try called.intend(at: restored.later)
        try called.store.noteSeen(attempt, line: 1, at: restored.later)
        try called.store.noteConnected(attempt, line: 1, at: restored.later)
        try called.store.settleAttempt(
            attempt,
            CallEnding(outcome: .answered, endedAt: restored.later, ring: nil, talk: nil, evidence: Evidence()),
            disposition: Disposition(code: "DNC", label: "x", dispositionClass: .doNotCall), rules: rules,
            at: restored.later)
        _ = try called.store.suppress(
            [try called.number(2)], campaign: nil, source: "letter", at: restored.later)
        let due = restored.later + .seconds(86_400)
        let third = try #require(
            try called.store.read {
                try Int64.fetchOne(
                    $0, sql: "SELECT contact_id FROM numbers WHERE number = 12125550103 AND campaign_id = \(id.value)")
            })
        _ = try called.store.scheduleCallback(
            ContactID(third), at: .at(due), agent: "ada", by: "ada", rules: rules, now: restored.later)
        let contacts = try RestoredStore.contacts(called.store)
        try restored.lose()
        let store = try restored.putInPlace()
        let brought = try restored.bring(into: store)
        #expect(brought.suppressions == 1 && brought.callbacks == 1)
        #expect(try RestoredStore.contacts(store) == contacts)
        for index in [1, 2] {
            #expect(try store.isSuppressed(try called.number(index), campaign: nil, at: due))
        }
        #expect(try store.problems() == [])
        let again = try restored.bring(into: store)
        #expect(again.suppressions == 0 && again.callbacks == 0)
        #expect(try RestoredStore.contacts(store) == contacts)
    }

    @Test("whoever was erased since stays erased, whatever stood or stands on the do-not-call list", arguments: 0...2)
    func erased(kind: Int) throws {
        let number = try #require(PhoneNumber(digits: 12_125_550_102))
        let restored = try RestoredStore { called in
            // A wish of before the back-up, which the erasure takes over.
            if kind == 1 { _ = try called.store.suppress([number], campaign: nil, source: "letter", at: called.now) }
        }
        let called = restored.called
        _ = try called.store.eraseContact(number, at: restored.later, patience: .zero)
        // Somebody took the entry off again, knowing what that means.
        if kind == 2 {
            _ = try called.store.unsuppress(.number(number), campaign: nil, evenIfErased: true, at: restored.later)
        }
        try restored.lose()
        let store = try restored.putInPlace()
        let brought = try restored.bring(into: store)
        #expect(brought.isComplete, "\(brought.gaps)")
        for _ in 0..<2 {
            let named = try store.read {
                try Int.fetchOne(
                    $0,
                    sql: """
                        SELECT count(*) FROM contacts c JOIN numbers n ON n.contact_id = c.id
                        WHERE n.number = 12125550102 AND (c.name IS NOT NULL OR c.fields <> '[]')
                        """)
            }
            #expect(named == 0)
            #expect(throws: StoreError.self) {
                try store.unsuppress(.number(number), campaign: nil, at: restored.later)
            }
            _ = try restored.bring(into: store)
        }
        #expect(try store.problems() == [])
    }

    @Test("a campaign, its list and its contacts that came in since are there once they were called")
    func newCampaign() throws {
        let restored = try RestoredStore()
        let called = restored.called
        let yaml = "campaign: c\nregion: US\ncalling_rules: { pack: none }\n"
        let campaign = try CampaignFile.read(yaml, file: "c.yaml")
        let id = try called.store.applyCampaign(
            campaign, yaml: yaml, file: "c.yaml", script: nil, at: restored.later
        ).id
        try called.store.setState(.started, of: "c", at: restored.later)
        let rules = EligibilityRules(campaign: campaign, pack: .none)
        _ = try called.store.importList(
            campaign: id, list: "new", file: "new.csv", sha256: "", options: "", at: restored.later
        ) {
            for index in 11...12 { try $0.add(called.person(index)) }
        }
        let reservation = try #require(
            try called.store.reserveNextContact(
                campaign: id, station: "s", openAreas: called.store.areas().map(\.id), at: restored.later))
        let request = IntentRequest(
            reservation: reservation, station: "s", dialled: "1", dialWith: .sendKey, account: 0, linesBefore: [])
        let intent = try called.store.recordIntent(request, rules: rules, at: restored.later)
        guard case .recorded = intent else {
            Issue.record("the intent was denied: \(intent)")
            return
        }
        try restored.lose()
        let store = try restored.putInPlace()
        let lost = try LostDatabase(restored.lost, beside: store.path)
        #expect(try store.bringCampaigns(from: lost, at: restored.later) == ["c"])
        let here = try store.campaign(named: "c")
        #expect(here.state == .paused)
        let brought = try store.bringIn(
            lost, rules: called.rules.merging([here.id: rules]) { $1 }, at: restored.later)
        #expect(brought.attempts == 1 && brought.contacts == 1)
        #expect(brought.missingFiles == ["list new (new.csv)"])
        // The list that is imported again finds the one who was called, and brings the other.
        let counts = try store.importList(
            campaign: here.id, list: "new", file: "new.csv", sha256: "", options: "", at: restored.later
        ) {
            for index in 11...12 { try $0.add(called.person(index)) }
        }
        #expect(counts.imported == 1 && counts.duplicates == 1)
        #expect(try store.problems() == [])
        #expect(try store.replayJournal().differences == [])
    }

    @Test("another database, a back-up, or an older copy is no source")
    func others() throws {
        let restored = try RestoredStore { try $0.call(.answered, at: $0.now) }
        let store = try restored.putInPlace()
        let other = try CalledStore()
        try other.call(.noAnswer, at: other.now)
        try other.store.close()
        try restored.called.call(.noAnswer, at: restored.later)
        let newer = restored.called.folder.appendingPathComponent("newer.db").path
        _ = try restored.called.store.backUp(to: newer, at: restored.later)
        for (path, word) in [
            (other.store.path, "not the database"), (newer, "so restore that"), (restored.backup, "back-up itself"),
        ] {
            let error = #expect(throws: StoreError.self) {
                let lost = try LostDatabase(path, beside: store.path)
                _ = try store.bringIn(lost, rules: restored.called.rules, at: restored.later)
            }
            #expect(error?.description.contains(word) == true, "\(path): \(String(describing: error))")
        }
        #expect(throws: StoreError.self) { try LostDatabase(store.path, beside: store.path) }
        #expect(try RestoredStore.calls(store).count == 1)
        // And where nothing was restored, nothing is missing.
        #expect(throws: StoreError.self) { try restored.called.store.bringIn([], rules: [:], at: restored.later) }
    }
}
