import Campaigns
import Foundation
import GRDB

/// The key of another program.
public struct APIToken: Sendable, Hashable {
    public var id: Int64
    public var name: String
    /// Whose rights it has at most.
    public var user: User
    /// What it may do, as words such as `calls:read`.
    public var scopes: Set<String>
    public var createdAt: Instant
    public var expiresAt: Instant?
    public var lastUsedAt: Instant?
    public var revokedAt: Instant?
}

extension CampaignStore {
    /// Adds a token by its SHA-256; the token itself is shown once and stored nowhere.
    ///
    /// - Returns: its number.
    public func addToken(
        hash: Data, name: String, user: UserID, scopes: Set<String>, expiresAt: Instant?, at now: Instant
    ) throws -> Int64 {
        let name = name.trimmed
        guard (1...64).contains(name.count) else {
            throw StoreError.refused("A token's name has 1 to 64 characters; say what it is for.")
        }
        return try write { database in
            try database.execute(
                sql: """
                    INSERT INTO api_tokens (token_hash, name, user_id, scopes, created_at, expires_at)
                    VALUES (?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    hash, name, user.value, scopes.sorted().joined(separator: " "), now.milliseconds,
                    expiresAt?.milliseconds,
                ])
            return database.lastInsertedRowID
        }
    }

    /// The token of a hash; nil where there is none, it was revoked or ended, or its user may not log in.
    public func token(hash: Data, at now: Instant) throws -> APIToken? {
        try read { database in
            let row = try Row.fetchOne(
                database, sql: "SELECT * FROM api_tokens WHERE token_hash = ? AND revoked_at IS NULL", arguments: [hash]
            )
            guard let token = try row.map({ try Self.token($0, database) }), token.user.isEnabled,
                token.expiresAt.map({ now < $0 }) ?? true
            else { return nil }
            return token
        }
    }

    /// A token that still holds; nil where it was revoked or ended, or its user may not log in.
    public func token(_ id: Int64, at now: Instant) throws -> APIToken? {
        let hash = try read {
            try Data.fetchOne($0, sql: "SELECT token_hash FROM api_tokens WHERE id = ?", arguments: [id])
        }
        return try hash.flatMap { try token(hash: $0, at: now) }
    }

    /// Notes that a token was used.
    public func touchToken(_ id: Int64, at now: Instant) throws {
        try writeForNow {
            try $0.execute(
                sql: "UPDATE api_tokens SET last_used_at = ? WHERE id = ?", arguments: [now.milliseconds, id])
        }
    }

    /// All tokens, of one user or of all, the newest first.
    public func tokens(of user: UserID? = nil) throws -> [APIToken] {
        try read { database in
            try Row.fetchAll(
                database, sql: "SELECT * FROM api_tokens WHERE ?1 IS NULL OR user_id = ?1 ORDER BY id DESC",
                arguments: [user?.value]
            ).map { try Self.token($0, database) }
        }
    }

    /// Ends a token.
    ///
    /// - Parameter user: only where it is this user's; nil for anybody's.
    /// - Throws: `StoreError.notFound`.
    public func revokeToken(_ id: Int64, of user: UserID? = nil, at now: Instant) throws {
        try write { database in
            try database.execute(
                sql: """
                    UPDATE api_tokens SET revoked_at = coalesce(revoked_at, ?1) WHERE id = ?2 AND (?3 IS NULL OR user_id = ?3)
                    """, arguments: [now.milliseconds, id, user?.value])
            guard database.changesCount == 1 else {
                throw StoreError.notFound(what: "token", name: String(id), hint: "")
            }
        }
    }

    private static func token(_ row: Row, _ database: Database) throws -> APIToken {
        let instant = { (column: String) in (row[column] as Int64?).map(Instant.init(milliseconds:)) }
        return APIToken(
            id: row["id"], name: row["name"], user: try user(UserID(row["user_id"]), database),
            scopes: Set((row["scopes"] as String).split(separator: " ").map(String.init)),
            createdAt: Instant(milliseconds: row["created_at"]), expiresAt: instant("expires_at"),
            lastUsedAt: instant("last_used_at"), revokedAt: instant("revoked_at"))
    }
}
