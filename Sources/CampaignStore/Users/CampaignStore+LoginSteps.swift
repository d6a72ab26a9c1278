import Campaigns
import Foundation
import GRDB

extension CampaignStore {
    /// Begins a log-in whose password was right and whose second factor is still to come. It opens nothing.
    ///
    /// - Parameter tokenHash: SHA-256 of the cookie of the log-in.
    public func beginLoginStep(tokenHash: Data, user: UserID, expiresAt: Instant) throws {
        try write { database in
            try database.execute(
                sql: "INSERT INTO login_steps (token_hash, user_id, expires_at) VALUES (?, ?, ?)",
                arguments: [tokenHash, user.value, expiresAt.milliseconds])
        }
    }

    /// Whose log-in a cookie is of; nil where there is none, it took too long, or its user may not log in.
    public func loginStep(tokenHash: Data, at now: Instant) throws -> User? {
        try read { database in
            let id = try Int64.fetchOne(
                database, sql: "SELECT user_id FROM login_steps WHERE token_hash = ? AND expires_at > ?",
                arguments: [tokenHash, now.milliseconds])
            let user = try id.map { try Self.user(UserID($0), database) }
            return user?.isEnabled == true ? user : nil
        }
    }

    /// Ends a log-in that was finished or given up.
    ///
    /// - Returns: whether it had not ended yet.
    public func endLoginStep(tokenHash: Data) throws -> Bool {
        try write { database in
            try database.execute(sql: "DELETE FROM login_steps WHERE token_hash = ?", arguments: [tokenHash])
            return database.changesCount == 1
        }
    }
}
