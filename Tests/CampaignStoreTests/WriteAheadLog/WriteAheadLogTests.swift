import Foundation
import GRDB
import Testing

@testable import CampaignStore

@Suite("SQLite's log") struct WriteAheadLogTests {
    @Test("its size is that of the file, and none where there is none")
    func size() throws {
        let bench = try RuleBench()
        try bench.store.setSetting("a", to: "b")
        let log = bench.store.writeAheadLog
        let file = try FileManager.default.attributesOfItem(atPath: log.path)[.size] as? Int
        #expect(log.path == bench.store.path + "-wal" && log.bytes == file && log.bytes > 0 && !log.isLarge)
        try bench.store.close()
        try FileManager.default.removeItem(atPath: log.path)
        #expect(bench.store.writeAheadLog.bytes == 0)
    }

    @Test("a log that was large is cut once it is moved, so that its size does not warn for good")
    func cut() throws {
        let bench = try RuleBench()
        let store = bench.store
        try store.write { database in
            try database.execute(sql: "CREATE TABLE filler (text BLOB)")
            for _ in 0..<80 { try database.execute(sql: "INSERT INTO filler VALUES (zeroblob(1000000))") }
        }
        #expect(store.writeAheadLog.bytes > WriteAheadLog.kept)
        // The commit moved all of it, since nobody reads: the next write begins the log anew, and its commit cuts the file.
        try store.setSetting("a", to: "b")
        #expect(store.writeAheadLog.bytes <= WriteAheadLog.kept)
    }

    @Test("it is large from 256 MB on, as people write it")
    func large() {
        #expect(!WriteAheadLog(path: "x", bytes: WriteAheadLog.large - 1).isLarge)
        let log = WriteAheadLog(path: "x", bytes: WriteAheadLog.large)
        #expect(log.isLarge && log.size == "256 MB")
    }
}
