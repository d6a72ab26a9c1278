import Campaigns
import Foundation
import GRDB

/// A log-in of a user, from one browser.
public struct StoredSession: Sendable, Hashable {
    /// SHA-256 of the cookie.
    public var tokenHash: Data
    public var user: User
    /// What every form and every request that changes something must carry.
    public var csrfToken: String
    public var createdAt: Instant
    public var lastSeenAt: Instant
    /// After this it is over, however busy it was.
    public var expiresAt: Instant
    /// From where it was begun.
    public var address: String
    /// The station at which its agent sits; nil where they chose none yet.
    public var station: String?
}

/// What ended for a user at once.
public struct EndedAccess: Sendable, Hashable {
    public var sessions: Int
    public var tokens: Int

    /// Counts of what ended.
    public init(sessions: Int, tokens: Int) {
        self.sessions = sessions
        self.tokens = tokens
    }

    /// Such as `2 sessions and 1 token ended`.
    public var text: String {
        "\(sessions) session\(sessions == 1 ? "" : "s") and \(tokens) token\(tokens == 1 ? "" : "s") ended"
    }
}

extension CampaignStore {
    /// Begins a session.
    public func beginSession(
        tokenHash: Data, user: UserID, csrfToken: String, address: String, expiresAt: Instant, at now: Instant
    ) throws {
        try write { database in
            try database.execute(
                sql: """
                    INSERT INTO sessions (token_hash, user_id, csrf_token, created_at, last_seen_at, expires_at, address)
                    VALUES (?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    tokenHash, user.value, csrfToken, now.milliseconds, now.milliseconds, expiresAt.milliseconds,
                    address,
                ])
        }
    }

    /// The session of a cookie; nil where there is none, it is over, or its user may not log in any more.
    ///
    /// - Parameter idle: how long a session may rest before it is over.
    public func session(tokenHash: Data, idle: Duration, at now: Instant) throws -> StoredSession? {
        try read { database in
            let row = try Row.fetchOne(
                database, sql: "SELECT * FROM sessions WHERE token_hash = ?", arguments: [tokenHash])
            guard let session = try row.map({ try Self.session($0, database) }), session.user.isEnabled,
                now < session.expiresAt, now.since(session.lastSeenAt) < idle
            else { return nil }
            return session
        }
    }

    /// Notes that a session is used.
    public func touchSession(tokenHash: Data, at now: Instant) throws {
        try writeForNow {
            try $0.execute(
                sql: "UPDATE sessions SET last_seen_at = max(last_seen_at, ?) WHERE token_hash = ?",
                arguments: [now.milliseconds, tokenHash])
        }
    }

    /// Notes the station at which the session's agent sits.
    public func setStation(_ station: String?, ofSession tokenHash: Data) throws {
        try write {
            try $0.execute(
                sql: "UPDATE sessions SET station = ? WHERE token_hash = ?", arguments: [station, tokenHash])
        }
    }

    /// Ends one session.
    public func endSession(tokenHash: Data) throws {
        try write {
            try $0.execute(sql: "DELETE FROM sessions WHERE token_hash = ?", arguments: [tokenHash])
        }
    }

    /// Ends all sessions of a user, log-ins that are not finished, and tokens: whoever has one of them is out.
    public func logOutEverywhere(_ user: UserID, at now: Instant) throws -> EndedAccess {
        try write { database in
            let sessions = try Self.logOut(user, database)
            return EndedAccess(sessions: sessions, tokens: try Self.revokeTokens(user, at: now, database))
        }
    }

    /// Forgets sessions and links that are over.
    public func sweepSessions(idle: Duration, at now: Instant) throws {
        try write { database in
            try database.execute(
                sql: "DELETE FROM sessions WHERE expires_at <= ?1 OR last_seen_at <= ?2",
                arguments: [now.milliseconds, (now - idle).milliseconds])
            for table in ["one_time_links", "login_steps"] {
                try database.execute(sql: "DELETE FROM \(table) WHERE expires_at <= ?", arguments: [now.milliseconds])
            }
        }
    }

    /// The sessions that are not over, the latest first; of one user or of all.
    public func sessions(of user: UserID? = nil, idle: Duration, at now: Instant) throws -> [StoredSession] {
        try read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT * FROM sessions WHERE expires_at > ?1 AND last_seen_at > ?2 AND (?3 IS NULL OR user_id = ?3)
                    ORDER BY last_seen_at DESC
                    """, arguments: [now.milliseconds, (now - idle).milliseconds, user?.value]
            ).map { try Self.session($0, database) }
        }
    }

    private static func session(_ row: Row, _ database: Database) throws -> StoredSession {
        StoredSession(
            tokenHash: row["token_hash"], user: try user(UserID(row["user_id"]), database),
            csrfToken: row["csrf_token"], createdAt: Instant(milliseconds: row["created_at"]),
            lastSeenAt: Instant(milliseconds: row["last_seen_at"]),
            expiresAt: Instant(milliseconds: row["expires_at"]), address: row["address"], station: row["station"])
    }
}
