import Campaigns
import Foundation
import GRDB
import Testing

@testable import CampaignStore

/// A lost database that can be read in part.
@Suite("A damaged database as a source of calls") struct DamagedDatabaseTests {
    /// A lost database with calls to four contacts since the back-up, each many times, so that its tables have many pages.
    private func restored() throws -> RestoredStore {
        let restored = try RestoredStore()
        for _ in 0..<4 { try restored.called.call(.answered, at: restored.later, wrapUp: true) }
        try restored.called.store.pool.writeWithoutTransaction { database in
            for number in 5...400 {
                try database.execute(
                    sql: """
                        INSERT INTO attempts (kind, number, dialled, station, pass, rule_pack, rule_pack_version, allowed_by,
                            account, dial_with, phase, lines_before, intended_at, settled_at, ended_at, outcome, ending, evidence)
                        VALUES ('manual', 12125550000 + ?1 % 100, '1', 's', 1, '', '', '[]', 0, 'send_key', 'settled', '[]',
                            ?2 + ?1, ?2 + ?1, ?2 + ?1, 'no_answer', 'no_answer', '{}')
                        """, arguments: [number, restored.later.milliseconds])
                try database.journal(
                    "attempt_intended", at: restored.later + .milliseconds(number),
                    JournalSubject(
                        attempt: database.lastInsertedRowID, number: 12_125_550_000 + Int64(number % 100),
                        station: "s"))
                try database.journal(
                    "attempt_settled", at: restored.later + .milliseconds(number),
                    JournalSubject(attempt: database.lastInsertedRowID), detail: "no_answer")
            }
        }
        return restored
    }

    /// Writes over pages in the middle of tables.
    ///
    /// - Parameter tables: how many pages on either side of the middle one, by table.
    private func damage(_ restored: RestoredStore, _ tables: [String: Int]) throws {
        var pages: [Int64] = []
        for (table, beside) in tables {
            let all = try restored.called.store.read {
                try Int64.fetchAll(
                    $0, sql: "SELECT pageno FROM dbstat WHERE name = ? AND pagetype = 'leaf' ORDER BY path",
                    arguments: [table])
            }
            pages += all[(all.count / 2 - beside)...(all.count / 2 + beside)]
        }
        try restored.lose()
        let file = try FileHandle(forUpdating: URL(fileURLWithPath: restored.lost))
        defer { try? file.close() }
        for page in pages {
            try file.seek(toOffset: UInt64(page - 1) * 4096)
            try file.write(contentsOf: Data(repeating: 0, count: 4096))
        }
    }

    @Test("attempts that cannot be read are taken from the journal, and every call is known")
    func fromJournal() throws {
        let restored = try restored()
        try damage(restored, ["attempts": 0])
        let store = try restored.putInPlace()
        let brought = try restored.bring(into: store)
        #expect(brought.attempts == 400 && brought.fromJournal > 0 && brought.unread == 0)
        #expect(brought.isComplete, "\(brought.gaps)")
        #expect(try store.problems() == [])
        #expect(try store.replayJournal().differences == [])
        #expect(try restored.bring(into: store).attempts == 0)
    }

    @Test("what neither attempts nor journal tell is counted and said, and the rest comes in")
    func unread() throws {
        let restored = try restored()
        try damage(restored, ["attempts": 0, "journal": 2])
        let store = try restored.putInPlace()
        let brought = try restored.bring(into: store)
        #expect(brought.attempts > 300 && brought.unread > 0)
        #expect(brought.attempts + brought.unread == 400)
        #expect(!brought.isComplete)
        #expect(brought.gaps.contains { $0.contains("\(brought.unread) attempts") })
        #expect(try store.problems() == [])
    }

    @Test("a file whose beginning is gone says so, and is left as it is")
    func beginning() throws {
        let restored = try restored()
        try restored.lose()
        var data = try Data(contentsOf: URL(fileURLWithPath: restored.lost))
        data.replaceSubrange(0..<4096, with: Data(repeating: 0, count: 4096))
        try data.write(to: URL(fileURLWithPath: restored.lost))
        let store = try restored.putInPlace()
        #expect(LostDatabase.isDatabase(restored.lost, beside: restored.lost + ".none"))
        let error = #expect(throws: StoreError.self) { try restored.bring(into: store) }
        #expect(error?.description.contains("CSV") == true)
        #expect(try Data(contentsOf: URL(fileURLWithPath: restored.lost)) == data)
        let names = try FileManager.default.contentsOfDirectory(atPath: restored.called.folder.path)
        #expect(!names.contains { $0.contains(".lost-") })
    }

    @Test("a log that is damaged before its end is noticed; one that only ends early is not")
    func log() throws {
        let restored = try restored()
        let log = restored.lost + "-wal"
        // A copy of the log, as a kill leaves it.
        let copy = restored.called.folder.appendingPathComponent("copied-wal").path
        try FileManager.default.copyItem(atPath: log, toPath: copy)
        #expect(try !LostLog.breaksOff(copy))
        var data = try Data(contentsOf: URL(fileURLWithPath: copy))
        #expect(data.count > 100_000)
        try data.prefix(data.count - 2000).write(to: URL(fileURLWithPath: copy))
        #expect(try !LostLog.breaksOff(copy))
        data.replaceSubrange(50_000..<50_100, with: Data(repeating: 0x5A, count: 100))
        try data.write(to: URL(fileURLWithPath: copy))
        #expect(try LostLog.breaksOff(copy))
        #expect(try !LostLog.breaksOff(copy + "-none"))
    }
}
