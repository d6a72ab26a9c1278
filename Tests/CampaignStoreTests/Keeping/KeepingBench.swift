import Campaigns
import Foundation
import GRDB
import PhoneNumbers
import Testing

@testable import CampaignStore

/// What tests of keeping and erasing need beside a store.
enum KeepingBench {
    /// The bytes of the database and of its log as another process reads them: to open and close the file here would take
    /// SQLite's locks off it.
    static func bytes(of store: CampaignStore) throws -> [(file: String, data: Data)] {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("offhook-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try ["", "-wal"].compactMap { suffix in
            guard FileManager.default.fileExists(atPath: store.path + suffix) else { return nil }
            let copy = folder.appendingPathComponent("copy\(suffix)")
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/bin/cp")
            process.arguments = [store.path + suffix, copy.path]
            try process.run()
            process.waitUntilExit()
            return ("database\(suffix)", try Data(contentsOf: copy))
        }
    }

    /// In which of the database's files a word stands.
    static func files(of store: CampaignStore, holding word: String) throws -> [String] {
        try bytes(of: store).filter { $0.data.range(of: Data(word.utf8)) != nil }.map(\.file)
    }

    /// A reader that is in the middle of its reading: what it sees stays in the log until it ends.
    final class Reader {
        private let queue: DatabaseQueue

        init(_ store: CampaignStore) throws {
            var configuration = Configuration()
            configuration.allowsUnsafeTransactions = true
            queue = try DatabaseQueue(path: store.path, configuration: configuration)
            try queue.inDatabase { database in
                try database.execute(sql: "BEGIN DEFERRED")
                _ = try Row.fetchOne(database, sql: "SELECT * FROM contacts")
            }
        }

        func end() throws {
            try queue.inDatabase { try $0.execute(sql: "COMMIT") }
            try queue.close()
        }
    }
}
