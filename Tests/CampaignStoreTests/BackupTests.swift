import Campaigns
import Foundation
import GRDB
import Testing

@testable import CampaignStore

@Suite("Back-ups") struct BackupTests {
    @Test("a back-up opens by itself, is sound, holds every call, and dials nothing until a person starts it")
    func restores() throws {
        let called = try CalledStore()
        for outcome in [Outcome.answered, .noAnswer, .busyOrRejected] { try called.call(outcome, at: called.now) }
        let path = called.folder.appendingPathComponent("copy.db").path
        let summary = try called.store.backUp(to: path, at: called.now)
        #expect(summary.pausedCampaigns == ["a", "b"])
        #expect(summary.bytes > 0)
        let names = try FileManager.default.contentsOfDirectory(atPath: called.folder.path)
        #expect(names.filter { $0.hasPrefix("copy") } == ["copy.db"])
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)

        let copy = try CampaignStore(path: path)
        #expect(try copy.problems() == [])
        #expect(try copy.replayJournal().differences == [])
        #expect(try copy.campaigns().allSatisfy { $0.state == .paused })
        #expect(try called.store.campaigns().allSatisfy { $0.state == .started })
        var attempts = 0
        try copy.attempts { _ in attempts += 1 }
        #expect(attempts == 3)
        #expect(try copy.writerSynchronous() == 2)
    }

    @Test("a back-up taken between two steps of a call is one instant: an open attempt is open in it, with its contact")
    func midCall() throws {
        let called = try CalledStore()
        _ = try called.intend(at: called.now)
        let path = called.folder.appendingPathComponent("copy.db").path
        _ = try called.store.backUp(to: path, at: called.now)
        let copy = try CampaignStore(path: path)
        #expect(try copy.openAttempts().count == 1)
        #expect(try copy.problems() == [])
    }

    @Test("nothing is overwritten, and a folder that is not there leaves nothing behind")
    func refusals() throws {
        let called = try CalledStore()
        let path = called.folder.appendingPathComponent("copy.db").path
        try Data("mine".utf8).write(to: URL(fileURLWithPath: path))
        #expect(throws: StoreError.self) { try called.store.backUp(to: path, at: called.now) }
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == Data("mine".utf8))
        #expect(throws: StoreError.self) { try called.store.backUp(to: "/nowhere/copy.db", at: called.now) }
    }

    @Test("an upgrade that fails half-way leaves the former schema and every row")
    func migrationIsOneTransaction() throws {
        let called = try CalledStore()
        var migrator = Migrations.migrator
        migrator.registerMigration("half-way") { database in
            try database.execute(sql: "ALTER TABLE contacts ADD COLUMN half TEXT")
            try database.execute(sql: "DELETE FROM numbers")
            try database.execute(sql: "THIS IS NO SQL")
        }
        #expect(throws: DatabaseError.self) { try migrator.migrate(called.store.pool) }
        let (columns, numbers) = try called.store.read { database in
            (
                try database.columns(in: "contacts").map(\.name),
                try Int.fetchOne(database, sql: "SELECT count(*) FROM numbers")
            )
        }
        #expect(!columns.contains("half"))
        #expect(numbers == 8)
    }
}
