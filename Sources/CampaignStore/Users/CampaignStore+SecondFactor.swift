import Campaigns
import Foundation
import GRDB

/// That a user has a second factor.
public struct SecondFactor: Sendable, Hashable {
    /// Since when it is asked for.
    public var confirmedAt: Instant
    /// How many recovery codes were not used yet.
    public var recoveryCodesLeft: Int
}

/// A second factor that is being set up.
public struct PendingSecondFactor: Sendable, Hashable {
    /// What its codes are made of.
    public var secret: String
    /// The same as it is stored, by which it is known.
    let sealed: String
}

extension CampaignStore {
    /// The second factor of a user; nil where they have none.
    public func secondFactor(of user: UserID) throws -> SecondFactor? {
        try read { database in
            try Row.fetchOne(
                database,
                sql: """
                    SELECT confirmed_at, (SELECT count(*) FROM recovery_codes r WHERE r.user_id = f.user_id AND used_at IS NULL)
                    FROM second_factors f WHERE user_id = ? AND confirmed_at IS NOT NULL
                    """, arguments: [user.value]
            ).map { SecondFactor(confirmedAt: Instant(milliseconds: $0[0]), recoveryCodesLeft: $0[1]) }
        }
    }

    /// Who has a second factor.
    public func usersWithSecondFactor() throws -> Set<UserID> {
        let ids = try read {
            try Int64.fetchAll($0, sql: "SELECT user_id FROM second_factors WHERE confirmed_at IS NOT NULL")
        }
        return Set(ids.map(UserID.init))
    }

    /// What the codes of a user's second factor are made of; nil where they have none.
    ///
    /// - Throws: `StoreError.keyUnusable` where the key that sealed it is gone.
    public func secondFactorSecret(of user: UserID) throws -> String? {
        let sealed = try read {
            try String.fetchOne($0, sql: "SELECT secret FROM second_factors WHERE user_id = ?", arguments: [user.value])
        }
        return try sealed.map(vault.unseal)
    }

    /// Begins to set a second factor up. The one that the user may have is asked for until the new one is confirmed.
    ///
    /// - Parameter secret: what its codes are made of; sealed in the database.
    public func beginSecondFactor(_ secret: String, user: UserID) throws {
        let sealed = try vault.seal(secret)
        try write { database in
            try database.execute(
                sql: """
                    INSERT INTO second_factors (user_id, pending) VALUES (?1, ?2)
                    ON CONFLICT (user_id) DO UPDATE SET pending = ?2
                    """, arguments: [user.value, sealed])
        }
    }

    /// The second factor that a user is setting up; nil where they are not.
    ///
    /// - Throws: `StoreError.keyUnusable`.
    public func pendingSecondFactor(of user: UserID) throws -> PendingSecondFactor? {
        let sealed = try read {
            try String.fetchOne(
                $0, sql: "SELECT pending FROM second_factors WHERE user_id = ?", arguments: [user.value])
        }
        return try sealed.map { PendingSecondFactor(secret: try vault.unseal($0), sealed: $0) }
    }

    /// Makes the second factor that was set up the one that is asked for. Recovery codes of a former one are gone.
    ///
    /// - Parameters:
    ///   - step: the step of the code that its owner typed, which is used with it.
    ///   - recoveryHashes: SHA-256 of its recovery codes.
    /// - Throws: `StoreError.changedMeanwhile` where another was begun since.
    public func confirmSecondFactor(
        _ pending: PendingSecondFactor, user: UserID, step: Int64, recoveryHashes: [Data], at now: Instant
    ) throws {
        try write { database in
            try database.execute(
                sql: """
                    UPDATE second_factors SET secret = pending, pending = NULL, confirmed_at = ?, last_step = ?
                    WHERE user_id = ? AND pending = ?
                    """, arguments: [now.milliseconds, step, user.value, pending.sealed])
            guard database.changesCount == 1 else {
                throw StoreError.changedMeanwhile(
                    what: "second factor of", name: try Self.user(user, database).name)
            }
            try database.execute(sql: "DELETE FROM recovery_codes WHERE user_id = ?", arguments: [user.value])
            for hash in recoveryHashes {
                try database.execute(
                    sql: "INSERT INTO recovery_codes (user_id, code_hash) VALUES (?, ?)", arguments: [user.value, hash])
            }
        }
    }

    /// Uses a code up.
    ///
    /// - Parameter step: the step that the code is of.
    /// - Returns: whether neither it nor a later one was used before.
    public func useSecondFactorStep(_ step: Int64, user: UserID) throws -> Bool {
        try write { database in
            try database.execute(
                sql: """
                    UPDATE second_factors SET last_step = ?1
                    WHERE user_id = ?2 AND last_step < ?1 AND secret IS NOT NULL
                    """, arguments: [step, user.value])
            return database.changesCount == 1
        }
    }

    /// Uses a recovery code up, by its SHA-256.
    ///
    /// - Returns: how many are left; nil where it is none, or was used.
    public func useRecoveryCode(_ hash: Data, user: UserID, at now: Instant) throws -> Int? {
        try write { database in
            try database.execute(
                sql: "UPDATE recovery_codes SET used_at = ? WHERE user_id = ? AND code_hash = ? AND used_at IS NULL",
                arguments: [now.milliseconds, user.value, hash])
            guard database.changesCount == 1 else { return nil }
            return try Int.fetchOne(
                database, sql: "SELECT count(*) FROM recovery_codes WHERE user_id = ? AND used_at IS NULL",
                arguments: [user.value])
        }
    }

    /// Takes a user's second factor away, with one that is being set up and the recovery codes.
    ///
    /// - Parameter endingSessions: whether sessions and unfinished log-ins end: who had the factor may not be its owner.
    /// - Returns: whether there was one that was asked for.
    public func removeSecondFactor(of user: UserID, endingSessions: Bool) throws -> Bool {
        try write { database in
            let hadOne = try Self.removeSecondFactor(user, database)
            if endingSessions { _ = try Self.logOut(user, database) }
            return hadOne
        }
    }

    static func removeSecondFactor(_ user: UserID, _ database: Database) throws -> Bool {
        let hadOne = try Bool.fetchOne(
            database, sql: "SELECT secret IS NOT NULL FROM second_factors WHERE user_id = ?", arguments: [user.value])
        for table in ["recovery_codes", "second_factors"] {
            try database.execute(sql: "DELETE FROM \(table) WHERE user_id = ?", arguments: [user.value])
        }
        return hadOne ?? false
    }
}
