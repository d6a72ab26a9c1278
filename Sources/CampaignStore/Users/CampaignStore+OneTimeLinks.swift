import Campaigns
import Foundation
import GRDB

/// What a one-time link is for.
public enum LinkPurpose: Sendable, Hashable {
    /// To create the first administrator.
    case setup
    /// To set the password of a user.
    case password(User)
}

extension CampaignStore {
    /// Stores a link by the SHA-256 of its token. A newer link for the same purpose ends the older ones.
    ///
    /// - Parameter user: whose password it sets; nil for the first administrator.
    public func addLink(tokenHash: Data, user: UserID?, expiresAt: Instant, at now: Instant) throws {
        try write { database in
            try database.execute(
                sql: "UPDATE one_time_links SET used_at = ? WHERE user_id IS ? AND used_at IS NULL",
                arguments: [now.milliseconds, user?.value])
            try database.execute(
                sql: """
                    INSERT INTO one_time_links (token_hash, purpose, user_id, created_at, expires_at) VALUES (?, ?, ?, ?, ?)
                    """,
                arguments: [
                    tokenHash, user == nil ? "setup" : "password", user?.value, now.milliseconds,
                    expiresAt.milliseconds,
                ])
        }
    }

    /// What an unused link is for; nil where it was used, is too old, or never was.
    public func link(tokenHash: Data, at now: Instant) throws -> LinkPurpose? {
        try read { try Self.link(tokenHash, at: now, $0) }
    }

    /// Creates the first administrator by a link, which is used then.
    ///
    /// - Throws: `StoreError.refused` where the link does not hold any more, or an administrator exists.
    public func useSetupLink(
        tokenHash: Data, _ settings: UserSettings, passwordHash: String, at now: Instant
    ) throws -> User {
        let settings = try settings.checked()
        return try write { database in
            guard case .setup = try Self.link(tokenHash, at: now, database) else { throw Self.linkOver }
            let other = try Int.fetchOne(
                database,
                sql: """
                    SELECT 1 FROM users
                    WHERE role = 'administrator' AND disabled_at IS NULL AND password IS NOT NULL
                    """)
            guard other == nil else {
                throw StoreError.refused("There is an administrator already; ask them for an account.")
            }
            try database.execute(
                sql: """
                    INSERT INTO users (name, display_name, role, password, time_zone, created_at)
                    VALUES (?1, ?2, 'administrator', ?3, ?4, ?5)
                    ON CONFLICT (name) DO UPDATE SET display_name = ?2, role = 'administrator', password = ?3,
                        disabled_at = NULL, is_limited = 0
                    """,
                arguments: [
                    settings.name, settings.displayName, passwordHash, settings.timeZone, now.milliseconds,
                ])
            let id = try Int64.fetchOne(
                database, sql: "SELECT id FROM users WHERE name = ?", arguments: [settings.name])
            let user = UserID(id ?? 0)
            // Of an account that was there already, what is logged in would be an administrator's now.
            _ = try Self.logOut(user, database)
            _ = try Self.revokeTokens(user, at: now, database)
            _ = try Self.removeSecondFactor(user, database)
            try Self.markUsed(tokenHash, at: now, database)
            return try Self.user(user, database)
        }
    }

    /// Sets a password by a link, which is used then; the user's sessions and tokens end.
    ///
    /// - Throws: `StoreError.refused` where the link does not hold any more.
    public func usePasswordLink(
        tokenHash: Data, passwordHash: String, at now: Instant
    ) throws -> (user: User, ended: EndedAccess) {
        try write { database in
            guard case .password(let user) = try Self.link(tokenHash, at: now, database) else { throw Self.linkOver }
            let ended = try Self.setPassword(hash: passwordHash, user.id, at: now, database)
            try Self.markUsed(tokenHash, at: now, database)
            return (try Self.user(user.id, database), ended)
        }
    }

    private static let linkOver = StoreError.refused(
        "This link was used already or is too old; ask an administrator for a new one, or run: offhook user reset NAME")

    private static func markUsed(_ tokenHash: Data, at now: Instant, _ database: Database) throws {
        try database.execute(
            sql: "UPDATE one_time_links SET used_at = ? WHERE token_hash = ?",
            arguments: [now.milliseconds, tokenHash])
    }

    private static func link(_ tokenHash: Data, at now: Instant, _ database: Database) throws -> LinkPurpose? {
        let row = try Row.fetchOne(
            database, sql: "SELECT * FROM one_time_links WHERE token_hash = ? AND used_at IS NULL AND expires_at > ?",
            arguments: [tokenHash, now.milliseconds])
        guard let row else { return nil }
        guard let id = row["user_id"] as Int64? else { return .setup }
        let user = try user(UserID(id), database)
        return user.isEnabled ? .password(user) : nil
    }
}
