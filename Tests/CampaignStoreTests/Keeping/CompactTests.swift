import Campaigns
import Foundation
import GRDB
import Testing

@testable import CampaignStore

@Suite("The size of a database") struct CompactTests {
    private let bench: RuleBench

    init() throws {
        bench = try RuleBench()
    }

    /// Much that is gone again.
    private func fill(_ store: CampaignStore) throws {
        try store.write { database in
            for index in 0..<2000 {
                try database.execute(
                    sql: "INSERT INTO settings (key, value) VALUES (?, ?)",
                    arguments: ["x\(index)", String(repeating: "y", count: 3000)])
            }
        }
        try store.write { try $0.execute(sql: "DELETE FROM settings WHERE key LIKE 'x%'") }
    }

    @Test("a new database is compacted piece by piece while others write and read, and holds what it held")
    func beside() throws {
        let store = bench.store
        try fill(store)
        let other = try CampaignStore(path: store.path)
        other.waitForOthers(atMost: .zero)
        let full = try store.databaseSize(at: bench.now)
        #expect(full.freeBytes > 5_000_000)
        var told: [Int64] = []
        let summary = try store.compact(at: bench.now) { left in
            told.append(left)
            // Somebody without any patience gets the lock between two slices.
            #expect(throws: Never.self) { try other.recordEvent("x", detail: "", at: bench.now) }
        }
        #expect(told.count > 3)
        #expect(told.last == 0)
        #expect(told == told.sorted(by: >))
        #expect(!summary.wasRewritten)
        #expect(summary.before == full.bytes)
        #expect(summary.after < full.bytes - 5_000_000)
        #expect(try store.databaseSize(at: bench.now).freeBytes == 0)
        #expect(try store.problems() == [])
    }

    @Test(
        "a database of an earlier version is written anew once, not while an engine runs, and can be compacted from then on"
    )
    func earlier() throws {
        let store = bench.store
        try store.pool.barrierWriteWithoutTransaction {
            try $0.execute(sql: "PRAGMA auto_vacuum = NONE")
            try $0.execute(sql: "VACUUM")
        }
        try fill(store)
        let lock = try EngineLock(database: store.path)
        #expect(throws: StoreError.self) { _ = try store.compact(at: bench.now) }
        lock.release()
        let summary = try store.compact(at: bench.now)
        #expect(summary.wasRewritten)
        #expect(summary.after < summary.before - 5_000_000)
        try fill(store)
        let second = try EngineLock(database: store.path)
        #expect(try !store.compact(at: bench.now).wasRewritten)
        second.release()
        #expect(try store.problems() == [])
    }

    @Test("a new database gives pages back by itself from its first table on")
    func fresh() throws {
        #expect(try bench.store.read(FreePages.canBeGivenBack))
    }

    @Test("growth is told by the oldest size of the last thirty days, and not before there are two")
    func growth() throws {
        let store = bench.store
        #expect(try store.databaseSize(at: bench.now).growthADay == nil)
        try store.noteDatabaseSize(at: bench.now)
        try store.noteDatabaseSize(at: bench.now)
        let former = try store.databaseSize(at: bench.now).bytes
        try fill(store)
        let now = bench.now + .seconds(2 * 86_400)
        let size = try store.databaseSize(at: now)
        #expect(size.growthADay == (size.bytes - former) / 2)
        #expect(store.writeAheadLog.bytes > 0)
    }

    @Test(
        "bytes are told in the unit that fits",
        arguments: [(0, "0 B"), (999, "999 B"), (1500, "1.5 kB"), (-2_000_000, "-2.0 MB"), (86_000_000_000, "86.0 GB")])
    func text(bytes: Int64, text: String) {
        #expect(ByteText.of(bytes) == text)
    }
}
