import Foundation
import GRDB

/// What is done, or waited for, before a database of an older version can be used.
public enum UpgradeStep: Sendable, Hashable {
    /// The database has so many attempts; sums of them may be added up anew, which takes about a minute a million.
    case begins(attempts: Int)
    /// Another program upgrades it just now.
    case waitsForAnother
}

/// Brings a database to the schema of this version: one program at a time, and never under an engine that runs.
struct Upgrade {
    /// How often a program that waits for another's upgrade looks again.
    private static let look: UInt32 = 20_000

    let path: String
    let access: CampaignStore.Access
    let report: ((UpgradeStep) -> Void)?

    /// - Throws: `StoreError.newerVersion`, `.olderVersion`, `.upgradeBlocked`; `DatabaseError`.
    func run(on pool: DatabasePool) throws {
        guard try needs(pool) else { return }
        guard access != .copying else { return }
        // A file without any table is new: there is nothing in it that a reader could misread.
        let isNew = try pool.read { try Migrations.migrator.appliedIdentifiers($0).isEmpty }
        guard access == .writing || isNew else { throw StoreError.olderVersion(path: path) }
        let lock = try takeLock()
        defer { lock.giveUp() }
        // Whoever had the lock before may have done it.
        guard try needs(pool) else { return }
        // No engine of the older version runs meanwhile, or starts.
        guard let engine = try? EngineLock(database: path) else { throw StoreError.upgradeBlocked(path: path) }
        defer { engine.release() }
        if let attempts = try pool.read(Migrations.attemptsToUpgrade) { report?(.begins(attempts: attempts)) }
        try Migrations.migrator.migrate(pool)
    }

    private func needs(_ pool: DatabasePool) throws -> Bool {
        try pool.read { database in
            if try Migrations.migrator.hasBeenSuperseded(database) { throw StoreError.newerVersion(path: path) }
            return try !Migrations.migrator.hasCompletedMigrations(database)
        }
    }

    /// Waits for the lock as long as another program upgrades: it may add up millions of calls.
    private func takeLock() throws -> UpgradeLock {
        var isTold = false
        while true {
            if let lock = try FileLock(path: path + ".upgrade.lock") {
                // The one before deletes the file when it is done; who waited for that one tries again.
                if lock.isIntact { return UpgradeLock(lock: lock, path: path + ".upgrade.lock") }
            } else if !isTold {
                isTold = true
                report?(.waitsForAnother)
            }
            usleep(Self.look)
        }
    }
}

/// Held while a database is upgraded.
private struct UpgradeLock {
    let lock: FileLock
    let path: String

    func giveUp() {
        unlink(path)
        lock.release()
    }
}
