import Campaigns
import Foundation
import GRDB

extension CampaignStore {
    /// All users by name.
    public func users() throws -> [User] {
        try read { database in
            try Row.fetchAll(database, sql: "SELECT * FROM users ORDER BY name").map { try Self.user($0, database) }
        }
    }

    /// One user by name, whatever its case; nil where there is none.
    public func user(named name: String) throws -> User? {
        try read { database in
            try Row.fetchOne(database, sql: "SELECT * FROM users WHERE name = ?", arguments: [name])
                .map { try Self.user($0, database) }
        }
    }

    /// One user.
    ///
    /// - Throws: `StoreError.notFound`.
    public func user(_ id: UserID) throws -> User {
        try read { database in try Self.user(id, database) }
    }

    /// The stored scrypt hash of a user and the user; nil where there is no such user.
    public func credentials(of name: String) throws -> (user: User, passwordHash: String?)? {
        try read { database in
            try Row.fetchOne(database, sql: "SELECT * FROM users WHERE name = ?", arguments: [name])
                .map { (try Self.user($0, database), $0["password"]) }
        }
    }

    /// Adds a user, without a password yet.
    ///
    /// - Throws: `StoreError.refused` where the name is taken or cannot be one.
    public func addUser(_ settings: UserSettings, at now: Instant) throws -> User {
        let settings = try settings.checked()
        return try write { database in
            let taken = try Int.fetchOne(
                database, sql: "SELECT 1 FROM users WHERE name = ?", arguments: [settings.name])
            guard taken == nil else {
                throw StoreError.refused("There is a user “\(settings.name)” already; choose another name.")
            }
            try database.execute(
                sql: """
                    INSERT INTO users (name, display_name, role, is_limited, time_zone, created_at)
                    VALUES (?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    settings.name, settings.displayName, settings.role.rawValue, settings.campaigns != nil,
                    settings.timeZone, now.milliseconds,
                ])
            let id = UserID(database.lastInsertedRowID)
            try Self.limit(id, to: settings.campaigns, database)
            return try Self.user(id, database)
        }
    }

    /// Changes a user.
    ///
    /// - Parameter version: the version that was edited; nil to overwrite whatever stands there.
    /// - Throws: `StoreError.notFound`; `.changedMeanwhile`; `.refused` where the name is taken, or nobody would be left to
    ///   administer.
    public func changeUser(_ id: UserID, _ settings: UserSettings, version: Int64?, at now: Instant) throws -> User {
        let settings = try settings.checked()
        return try write { database in
            let former = try Self.user(id, database)
            try Self.mustBe(version, former.version, what: "user", name: former.name)
            let taken = try Int.fetchOne(
                database, sql: "SELECT 1 FROM users WHERE name = ? AND id <> ?", arguments: [settings.name, id.value])
            guard taken == nil else {
                throw StoreError.refused("There is a user “\(settings.name)” already; choose another name.")
            }
            if former.role == .administrator, former.isEnabled, settings.role != .administrator {
                try Self.keepAnAdministrator(besides: id, database)
            }
            try database.execute(
                sql: """
                    UPDATE users SET name = ?, display_name = ?, role = ?, is_limited = ?, time_zone = ?,
                        version = version + 1 WHERE id = ?
                    """,
                arguments: [
                    settings.name, settings.displayName, settings.role.rawValue, settings.campaigns != nil,
                    settings.timeZone, id.value,
                ])
            try Self.limit(id, to: settings.campaigns, database)
            return try Self.user(id, database)
        }
    }

    /// Lets a user log in again, or ends their sessions and tokens and keeps them out.
    ///
    /// - Throws: `StoreError.notFound`; `.refused` where nobody would be left to administer.
    public func setEnabled(_ isEnabled: Bool, user id: UserID, at now: Instant) throws {
        try write { database in
            let former = try Self.user(id, database)
            guard former.isEnabled != isEnabled else { return }
            if !isEnabled {
                if former.role == .administrator { try Self.keepAnAdministrator(besides: id, database) }
                _ = try Self.logOut(id, database)
                try database.execute(
                    sql: "UPDATE one_time_links SET used_at = ? WHERE user_id = ? AND used_at IS NULL",
                    arguments: [now.milliseconds, id.value])
                _ = try Self.revokeTokens(id, at: now, database)
            }
            try database.execute(
                sql: "UPDATE users SET disabled_at = ?, version = version + 1 WHERE id = ?",
                arguments: [isEnabled ? nil : now.milliseconds, id.value])
        }
    }

    /// Stores a password's scrypt hash and ends the user's sessions and tokens: whoever knew the last one is out.
    @discardableResult
    public func setPassword(hash: String, user id: UserID, at now: Instant) throws -> EndedAccess {
        try write { database in
            _ = try Self.user(id, database)
            return try Self.setPassword(hash: hash, id, at: now, database)
        }
    }

    static func setPassword(
        hash: String, _ id: UserID, at now: Instant, _ database: Database
    ) throws -> EndedAccess {
        try database.execute(sql: "UPDATE users SET password = ? WHERE id = ?", arguments: [hash, id.value])
        let sessions = try logOut(id, database)
        return EndedAccess(sessions: sessions, tokens: try revokeTokens(id, at: now, database))
    }

    /// Stores the password that a user chose anew: their other sessions, log-ins that are not finished and one-time links end, and
    /// their tokens where they say so.
    ///
    /// - Parameters:
    ///   - former: the hash that the present password was checked against.
    ///   - session: the SHA-256 of the cookie of the session that goes on.
    /// - Throws: `StoreError.changedMeanwhile` where somebody set another password since; nothing is changed then.
    public func changeOwnPassword(
        hash: String, former: String, user id: UserID, keeping session: Data, endingTokens: Bool, at now: Instant
    ) throws -> EndedAccess {
        try write { database in
            try database.execute(
                sql: "UPDATE users SET password = ? WHERE id = ? AND password = ?", arguments: [hash, id.value, former])
            guard database.changesCount == 1 else {
                throw StoreError.changedMeanwhile(what: "password of", name: try Self.user(id, database).name)
            }
            let sessions = try Self.logOut(id, keeping: session, database)
            try database.execute(
                sql: "UPDATE one_time_links SET used_at = ? WHERE user_id = ? AND used_at IS NULL",
                arguments: [now.milliseconds, id.value])
            let tokens = endingTokens ? try Self.revokeTokens(id, at: now, database) : 0
            return EndedAccess(sessions: sessions, tokens: tokens)
        }
    }

    /// Whether anybody could administer: an enabled administrator with a password.
    public func hasAdministrator() throws -> Bool {
        try read { database in
            try Int.fetchOne(
                database,
                sql: """
                    SELECT 1 FROM users WHERE role = 'administrator' AND disabled_at IS NULL AND password IS NOT NULL
                    """) != nil
        }
    }

    /// Remembers where an agent sat last, to propose it at the next log-in.
    public func rememberStation(_ station: String?, user id: UserID) throws {
        try write {
            try $0.execute(sql: "UPDATE users SET station = ? WHERE id = ?", arguments: [station, id.value])
        }
    }

    /// Remembers the zone in which a user wants to see time; nil for the browser's.
    public func rememberTimeZone(_ zone: String?, user id: UserID) throws {
        try write {
            try $0.execute(sql: "UPDATE users SET time_zone = ? WHERE id = ?", arguments: [zone, id.value])
        }
    }

    private static func limit(_ id: UserID, to campaigns: Set<CampaignID>?, _ database: Database) throws {
        try database.execute(sql: "DELETE FROM user_campaigns WHERE user_id = ?", arguments: [id.value])
        for campaign in campaigns ?? [] {
            try database.execute(
                sql: "INSERT INTO user_campaigns (user_id, campaign_id) VALUES (?, ?)",
                arguments: [id.value, campaign.value])
        }
    }

    private static func keepAnAdministrator(besides id: UserID, _ database: Database) throws {
        let other = try Int.fetchOne(
            database,
            sql: "SELECT 1 FROM users WHERE role = 'administrator' AND disabled_at IS NULL AND id <> ?",
            arguments: [id.value])
        guard other != nil else {
            throw StoreError.refused(
                "This is the only administrator; make somebody else an administrator first.")
        }
    }

    /// Ends sessions and log-ins that are not finished; how many sessions there were.
    static func logOut(_ id: UserID, keeping session: Data? = nil, _ database: Database) throws -> Int {
        try database.execute(sql: "DELETE FROM login_steps WHERE user_id = ?", arguments: [id.value])
        try database.execute(
            sql: "DELETE FROM sessions WHERE user_id = ? AND token_hash IS NOT ?", arguments: [id.value, session])
        return database.changesCount
    }

    static func mustBe(_ expected: Int64?, _ actual: Int64, what: String, name: String) throws {
        guard let expected, expected != actual else { return }
        throw StoreError.changedMeanwhile(what: what, name: name)
    }

    static func user(_ id: UserID, _ database: Database) throws -> User {
        guard let row = try Row.fetchOne(database, sql: "SELECT * FROM users WHERE id = ?", arguments: [id.value])
        else { throw StoreError.notFound(what: "user", name: String(id.value), hint: "") }
        return try user(row, database)
    }

    private static func user(_ row: Row, _ database: Database) throws -> User {
        let id = row["id"] as Int64
        let campaigns =
            row["is_limited"] as Bool
            ? try Int64.fetchAll(
                database, sql: "SELECT campaign_id FROM user_campaigns WHERE user_id = ?", arguments: [id]) : nil
        return User(
            id: UserID(id), name: row["name"], displayName: row["display_name"],
            role: UserRole(rawValue: row["role"]) ?? .agent,
            campaigns: campaigns.map { Set($0.map(CampaignID.init)) }, timeZone: row["time_zone"],
            station: row["station"], createdAt: Instant(milliseconds: row["created_at"]),
            disabledAt: (row["disabled_at"] as Int64?).map(Instant.init(milliseconds:)),
            hasPassword: row["password"] as String? != nil, version: row["version"])
    }
}
