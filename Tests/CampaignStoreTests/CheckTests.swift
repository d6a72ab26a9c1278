import Campaigns
import Foundation
import GRDB
import Testing

@testable import CampaignStore

@Suite("The check of a database") struct CheckTests {
    @Test("what the program itself wrote is sound, and the journal alone gives the same outcomes")
    func sound() throws {
        let called = try CalledStore()
        try called.call(.answered, at: called.now, wrapUp: true)
        try called.call(.noAnswer, at: called.now)
        try called.call(.phoneRefused, at: called.now)
        _ = try called.intend(at: called.now)
        #expect(try called.store.problems() == [])
        let replay = try called.store.replayJournal()
        #expect(replay.attempts == 4)
        #expect(replay.differences == [])
    }

    @Test(
        "each contradiction is found, and named with its row",
        arguments: [
            ("UPDATE contacts SET state = 'in_attempt' WHERE id = 8", "contact 8"),
            ("UPDATE contacts SET state = 'done' WHERE state = 'in_attempt'", "attempt 3"),
            ("UPDATE attempts SET settled_at = NULL WHERE id = 1", "attempt 1"),
            ("UPDATE attempts SET connected_at = NULL WHERE id = 1", "attempt 1"),
            ("UPDATE attempts SET outcome = 'phone_refused' WHERE id = 1", "attempt 1"),
            ("UPDATE attempts SET follow_up = NULL WHERE id = 2", "attempt 2"),
            ("UPDATE contacts SET next_number_id = NULL WHERE id = 4", "contact 4"),
            ("UPDATE numbers SET state = 'dead' WHERE contact_id = 4", "contact 4"),
            ("UPDATE imports SET imported = imported - 1 WHERE id = 1", "import 1"),
        ])
    func contradictions(change: String, row: String) throws {
        let called = try CalledStore()
        try called.call(.answered, at: called.now, wrapUp: true)
        try called.call(.noAnswer, at: called.now)
        _ = try called.intend(at: called.now)
        try called.store.pool.writeWithoutTransaction { try $0.execute(sql: change) }
        let problems = try called.store.problems()
        #expect(problems.contains { $0.contains(row) }, "\(problems)")
    }

    @Test("the journal can be neither changed nor shortened through the program's schema")
    func appendOnly() throws {
        let called = try CalledStore()
        let insert = "INTO journal (seq, at, event) VALUES"
        for sql in [
            "UPDATE journal SET event = 'x'", "DELETE FROM journal WHERE seq = 2",
            "INSERT OR REPLACE \(insert) (3, 1, 'x')", "REPLACE \(insert) ((SELECT max(seq) FROM journal), 1, 'x')",
            "INSERT \(insert) (0, 1, 'x')", "INSERT OR IGNORE \(insert) (-7, 1, 'x')",
            "INSERT \(insert) (2, 1, 'x') ON CONFLICT DO UPDATE SET event = 'x'",
        ] {
            #expect(throws: DatabaseError.self) {
                try called.store.pool.writeWithoutTransaction { try $0.execute(sql: sql) }
            }
        }
        #expect(throws: (any Error).self) {
            // A transaction that is undone takes its numbers back: it leaves no gap.
            try called.store.write { database in
                try database.journal("x", at: called.now, JournalSubject())
                throw StoreError.refused("undone")
            }
        }
        try called.store.recordEvent("y", detail: "", at: called.now)
        #expect(try called.store.problems() == [])
    }

    @Test(
        "a journal whose guards were taken away is named, since a change in it may leave no other trace",
        arguments: ["journal_is_not_changed", "journal_is_not_deleted", "journal_is_not_replaced"])
    func guards(trigger: String) throws {
        let called = try CalledStore()
        try called.store.pool.writeWithoutTransaction {
            try $0.execute(sql: "DROP TRIGGER \(trigger)")
            if trigger == "journal_is_not_replaced" {
                try $0.execute(sql: "INSERT OR REPLACE INTO journal (seq, at, event) VALUES (3, 1, 'x')")
            }
        }
        let problems = try called.store.problems()
        #expect(problems.count == 1 && problems[0].contains(trigger), "\(problems)")
    }

    @Test(
        "an event that somebody took out, in the middle or at the end, is missed",
        arguments: ["2", "(SELECT max(seq) FROM journal)"])
    func gap(seq: String) throws {
        let called = try CalledStore()
        try called.store.pool.writeWithoutTransaction {
            try $0.execute(sql: "DROP TRIGGER journal_is_not_deleted")
            try $0.execute(sql: "DELETE FROM journal WHERE seq = \(seq)")
        }
        #expect(try called.store.problems().contains { $0.hasPrefix("The journal has") })
    }

    @Test(
        "an outcome that was changed behind the journal's back is found by the replay",
        arguments: [
            ("UPDATE attempts SET outcome = 'busy_or_rejected' WHERE id = 2", "outcome"),
            ("UPDATE attempts SET disposition = 'SALE' WHERE id = 1", "disposition"),
            ("UPDATE attempts SET number = 12125550199 WHERE id = 2", "number"),
            ("DELETE FROM attempts WHERE id = 2", "not stored"),
            (
                """
                INSERT INTO journal (at, event, attempt_id) VALUES (1, 'attempt_calling', 2)
                """, "no step"
            ),
        ])
    func replay(change: String, word: String) throws {
        let called = try CalledStore()
        try called.call(.answered, at: called.now, wrapUp: true)
        try called.call(.noAnswer, at: called.now)
        try called.store.pool.writeWithoutTransaction { try $0.execute(sql: change) }
        let differences = try called.store.replayJournal().differences
        #expect(differences.contains { $0.contains(word) }, "\(differences)")
    }
}
