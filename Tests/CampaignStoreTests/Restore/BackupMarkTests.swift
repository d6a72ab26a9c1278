import Campaigns
import Foundation
import GRDB
import Testing

@testable import CampaignStore

@Suite("Marks of back-ups") struct BackupMarkTests {
    @Test("a back-up says of itself when it was made, and starts no campaign, wherever it is put")
    func closed() throws {
        let restored = try RestoredStore()
        #expect(try restored.called.store.restoredBackup() == nil)
        let store = try restored.putInPlace()
        let mark = try #require(try store.restoredBackup())
        #expect(mark.backedUpAt == restored.backedUpAt)
        #expect(try store.problems() == [])
        let error = #expect(throws: StoreError.self) { try store.setState(.started, of: "a", at: restored.later) }
        #expect(error?.description.contains("restored from a back-up of 2026-03-10T14:00:00.000Z") == true)
        #expect(error?.description.contains("--accept-repeats \"people may be called twice\"") == true)
        #expect(throws: StoreError.self) { try store.requireKnownCalls() }
        // What was paused may be archived, and reports read on.
        try store.setState(.archived, of: "b", at: restored.later)
        try restored.called.store.setState(.paused, of: "a", at: restored.later)
        try restored.called.store.setState(.started, of: "a", at: restored.later)
    }

    @Test("a back-up of a restored database is of the same gap: the oldest mark counts until it is cleared")
    func twice() throws {
        let restored = try RestoredStore()
        let store = try restored.putInPlace()
        let again = restored.called.folder.appendingPathComponent("again.db").path
        _ = try store.backUp(to: again, at: restored.later)
        let copy = try CampaignStore(path: again, mayCreate: false)
        #expect(try copy.restoredBackup()?.backedUpAt == restored.backedUpAt)
        try copy.clearRestore(.repeatsAccepted, by: "ada", at: restored.later)
        #expect(try copy.restoredBackup() == nil)
    }

    @Test("whoever accepts repeats stands in journal and audit log, and the campaigns can be started")
    func accepted() throws {
        let restored = try RestoredStore()
        let store = try restored.putInPlace()
        try store.clearRestore(.repeatsAccepted, by: "ada", at: restored.later)
        try store.setState(.started, of: "a", at: restored.later)
        try store.requireKnownCalls()
        #expect(try store.auditLog().first?.act == "repeats_accepted")
        #expect(try store.auditLog().first?.user == "ada")
        let entry = try #require(try store.journal().first { $0.event == "repeats_accepted" })
        #expect(entry.detail == "people may be called twice")
        #expect(try store.lastRestoredBackup()?.isCleared == true)
    }

    @Test("a back-up of a version without marks is known by its last events")
    func older() throws {
        let restored = try RestoredStore()
        let queue = try DatabaseQueue(path: restored.backup)
        try queue.write { database in
            try database.execute(
                sql: """
                    DROP TABLE restores; DELETE FROM settings WHERE key = 'database_id';
                    DELETE FROM grdb_migrations WHERE identifier = 'marks of back-ups';
                    """)
        }
        try queue.close()
        let mark = try #require(try CampaignStore(path: restored.backup, mayCreate: false).restoredBackup())
        #expect(mark.backedUpAt == restored.backedUpAt)
        let last = try restored.called.store.lastJournalNumber()
        #expect(mark.lastEvent == last)
    }

    @Test("attempts that were open in a back-up are told apart from those of the database itself")
    func openAttempts() throws {
        let restored = try RestoredStore { _ = try $0.intend(at: $0.now) }
        #expect(try restored.called.store.openAttempts().map(\.isFromBackup) == [false])
        #expect(try restored.putInPlace().openAttempts().map(\.isFromBackup) == [true])
    }
}
