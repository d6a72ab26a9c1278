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

    /// A statement on one line, without comments.
    private func plain(_ sql: String) -> String {
        sql.split(separator: "\n").map { $0.split(separator: "--", maxSplits: 1, omittingEmptySubsequences: false)[0] }
            .joined(separator: " ").split(whereSeparator: \.isWhitespace).joined(separator: " ")
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
}
