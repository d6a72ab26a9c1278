import Campaigns
import Foundation
import GRDB
import Testing

@testable import CampaignStore

@Suite("Tokens of versions in which they had no end") struct EndlessTokenTests {
    private let path = FileManager.default.temporaryDirectory
        .appendingPathComponent("offhook-\(UUID().uuidString).db").path
    private let now = Instant(milliseconds: 1_773_151_200_000)

    /// A database of the version before ends: one token without, one with an end, one revoked.
    private func upgraded() throws -> CampaignStore {
        let queue = try DatabaseQueue(path: path)
        try Migrations.migrator.migrate(queue, upTo: "keeping")
        try queue.write { database in
            try database.execute(
                sql: """
                    INSERT INTO users (id, name, display_name, role, created_at) VALUES (1, 'crm', 'CRM', 'manager', 1);
                    INSERT INTO api_tokens (id, token_hash, name, user_id, scopes, created_at, expires_at, revoked_at) VALUES
                        (1, x'01', 'endless', 1, 'calls:read', 1, NULL, NULL),
                        (2, x'02', 'ending', 1, 'calls:read', 1, \(now.milliseconds + 1000), NULL),
                        (3, x'03', 'revoked', 1, 'calls:read', 1, NULL, 5);
                    """)
        }
        try queue.close()
        return try CampaignStore(path: path, mayCreate: false)
    }

    @Test("they go on until a date that is given once, and their owner is warned of from the first day on")
    func given() throws {
        let store = try upgraded()
        #expect(try store.endTokensWithoutEnd(after: .seconds(90 * 86_400), at: now) == 1)
        let end = now + .seconds(90 * 86_400)
        let tokens = Dictionary(uniqueKeysWithValues: try store.tokens().map { ($0.name, $0) })
        #expect(tokens["endless"]?.expiresAt == end && tokens["endless"]?.isEndImposed == true)
        #expect(tokens["ending"]?.expiresAt == now + .seconds(1) && tokens["ending"]?.isEndImposed == false)
        #expect(tokens["revoked"]?.expiresAt == nil)
        // A later start gives no later end.
        #expect(try store.endTokensWithoutEnd(after: .seconds(90 * 86_400), at: now + .seconds(86_400)) == 0)
        #expect(try store.token(hash: Data([1]), at: end - .seconds(1))?.name == "endless")
        #expect(try store.token(hash: Data([1]), at: end) == nil)
        #expect(try store.endingTokens(within: .zero, at: now).map(\.name) == ["endless"])
    }

    @Test("until one was given they open nothing")
    func closed() throws {
        let store = try upgraded()
        #expect(try store.token(hash: Data([1]), at: now) == nil)
        #expect(try store.token(hash: Data([2]), at: now)?.name == "ending")
    }
}
