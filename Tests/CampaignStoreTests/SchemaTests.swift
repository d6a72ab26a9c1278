import Campaigns
import Foundation
import GRDB
import Testing

@testable import CampaignStore

@Suite struct SchemaTests {
    private func store() throws -> CampaignStore {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("offhook-\(UUID().uuidString).db").path
        return try CampaignStore(path: path)
    }

    /// A statement on one line, without comments and without blanks beside what a column that was added stands between.
    private func plain(_ sql: String) -> String {
        sql.split(separator: "\n").map { $0.split(separator: "--", maxSplits: 1, omittingEmptySubsequences: false)[0] }
            .joined(separator: " ").split(whereSeparator: \.isWhitespace).joined(separator: " ")
            .replacingOccurrences(of: " ,", with: ",").replacingOccurrences(of: " )", with: ")")
    }

    @Test("schema.sql is what the migrations make")
    func schemaFile() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let file = try String(contentsOf: root.appendingPathComponent("schema.sql"), encoding: .utf8)
        let written = Set(plain(file).split(separator: ";").map { plain(String($0)) }.filter { !$0.isEmpty })
        let made = try store().read { database in
            try String.fetchAll(
                database,
                sql: """
                    SELECT sql FROM sqlite_master
                    WHERE sql IS NOT NULL AND name NOT LIKE 'grdb%' AND name NOT LIKE 'sqlite%'
                    """)
        }
        // A trigger's body holds a semicolon of its own; both sides are taken apart alike.
        let statements = made.flatMap { plain($0).split(separator: ";").map { plain(String($0)) } }
        #expect(Set(statements) == written)
    }

    @Test("the selection probes its indexes, one open area at a time, and never scans the contacts")
    func plans() throws {
        for plan in try store().selectionPlans() {
            #expect(!plan.contains("SCAN contacts"))
            #expect(!plan.contains("SCAN c\n"))
            #expect(plan.contains("contacts_due") || plan.contains("contacts_fresh"))
        }
    }

    @Test("intents are written with synchronous FULL")
    func durable() throws {
        #expect(try store().writerSynchronous() == 2)
    }

    @Test("a database and the files beside it are its owner's alone")
    func mode() throws {
        let store = try store()
        _ = try store.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM journal") }
        for path in [store.path, store.path + "-wal", store.path + "-shm"] {
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(mode == 0o600, "\(path)")
        }
    }

    @Test(
        "where a database must be there already, an empty file is none, and stays empty; a new one is made where it may be"
    )
    func empty() throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("offhook-\(UUID().uuidString).db").path
        #expect(throws: StoreError.noDatabase(path: path, isForeign: false)) {
            _ = try CampaignStore(path: path, mayCreate: false)
        }
        #expect(!FileManager.default.fileExists(atPath: path))
        try Data().write(to: URL(fileURLWithPath: path))
        #expect(throws: StoreError.noDatabase(path: path, isForeign: false)) {
            _ = try CampaignStore(path: path, mayCreate: false)
        }
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)).isEmpty)
        try CampaignStore(path: path).close()
        try CampaignStore(path: path, mayCreate: false).close()
    }

    @Test("another program's database is not taken over", arguments: [true, false])
    func foreign(mayCreate: Bool) throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("other-\(UUID().uuidString).db").path
        let other = try DatabaseQueue(path: path)
        try other.write { try $0.execute(sql: "CREATE TABLE theirs (x)") }
        try other.close()
        let before = try Data(contentsOf: URL(fileURLWithPath: path))
        #expect(throws: StoreError.noDatabase(path: path, isForeign: true)) {
            _ = try CampaignStore(path: path, mayCreate: mayCreate)
        }
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
    }
}
