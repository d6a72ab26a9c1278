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
    /// When it ends; nil where it was made without an end and no server has run since (see
    /// ``CampaignStore/endTokensWithoutEnd(after:at:)``), and then it opens nothing.
    public var expiresAt: Instant?
    /// Whether it was made without an end and was given one since, so that its owner has to know.
    public var isEndImposed: Bool
    public var lastUsedAt: Instant?
    public var revokedAt: Instant?
}

extension CampaignStore {
    /// Adds a token by its SHA-256; the token itself is shown once and stored nowhere.
    ///
    /// - Parameters:
    ///   - name: what it is for, 1 to 64 characters on one line.
    ///   - scopes: what it may do, at least one.
    ///   - expiresAt: when it ends, after now.
    /// - Returns: its number.
    /// - Throws: `StoreError.refused` for what cannot be.
    public func addToken(
        hash: Data, name: String, user: UserID, scopes: Set<String>, expiresAt: Instant, at now: Instant
    ) throws -> Int64 {
        let name = NameText.cut(name, to: 4 * NameText.mostOfToken).trimmed
        guard (1...NameText.mostOfToken).contains(name.unicodeScalars.count) else {
            throw StoreError.refused("A token's name has 1 to 64 characters; say what it is for.")
        }
        guard !NameText.hasUnfitScalars(name) else {
            throw StoreError.refused(
                "A token's name is one line of text without control characters; type it anew instead of pasting it.")
        }
        guard !scopes.isEmpty else {
            throw StoreError.refused("A token without a scope may do nothing; name at least one, such as calls:read.")
        }
        guard expiresAt > now else { throw StoreError.refused("A token ends in the future; choose a later end.") }
        return try write { database in
            try database.execute(
                sql: """
                    INSERT INTO api_tokens (token_hash, name, user_id, scopes, created_at, expires_at)
                    VALUES (?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    hash, name, user.value, scopes.sorted().joined(separator: " "), now.milliseconds,
                    expiresAt.milliseconds,
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
                let end = token.expiresAt, now < end
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

    /// Gives tokens that were made without an end one, so that they go on until then and not for ever; revoked ones stay as they are.
    ///
    /// - Parameter rest: how long they go on, so that their owners can be warned.
    /// - Returns: how many were given an end.
    @discardableResult
    public func endTokensWithoutEnd(after rest: Duration, at now: Instant) throws -> Int {
        let anyIsWithout = try read {
            try Bool.fetchOne(
                $0, sql: "SELECT EXISTS (SELECT 1 FROM api_tokens WHERE expires_at IS NULL AND revoked_at IS NULL)")
        }
        guard anyIsWithout == true else { return 0 }
        return try write { database in
            try database.execute(
                sql: """
                    UPDATE api_tokens SET expires_at = ?, is_end_imposed = 1
                    WHERE expires_at IS NULL AND revoked_at IS NULL
                    """, arguments: [(now + rest).milliseconds])
            return database.changesCount
        }
    }

    /// Tokens that work and end soon, or that were given an end after they were made: their owners are warned. The first to end first.
    ///
    /// - Parameters:
    ///   - user: whose; nil for everybody's.
    ///   - soon: how long before its end a token counts.
    public func endingTokens(of user: UserID? = nil, within soon: Duration, at now: Instant) throws -> [APIToken] {
        try tokens(of: user).filter { token in
            guard token.revokedAt == nil, token.user.isEnabled, let end = token.expiresAt, now < end else {
                return false
            }
            return token.isEndImposed || end.since(now) <= soon
        }.sorted { ($0.expiresAt ?? now, $0.id) < ($1.expiresAt ?? now, $1.id) }
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
            isEndImposed: row["is_end_imposed"], lastUsedAt: instant("last_used_at"), revokedAt: instant("revoked_at"))
    }

    /// Revokes all tokens of a user that are not yet; how many there were.
    static func revokeTokens(_ user: UserID, at now: Instant, _ database: Database) throws -> Int {
        try database.execute(
            sql: "UPDATE api_tokens SET revoked_at = ?1 WHERE user_id = ?2 AND revoked_at IS NULL",
            arguments: [now.milliseconds, user.value])
        return database.changesCount
    }
}
