import Campaigns
import Foundation
import GRDB

/// Everything that Offhook remembers: one SQLite database, asked and told in verbs of the trade.
///
/// All SQL stands in this module. Calls are synchronous and short; each verb is one transaction.
public final class CampaignStore: Sendable {
    /// The path of the database file.
    public let path: String
    let pool: DatabasePool
    let vault: PasscodeVault
    private let file: FileIdentity?

    /// Opens a database, creating and upgrading it as needed.
    ///
    /// - Throws: `StoreError.cannotOpen`, `.unavailable`, `.newerVersion`.
    public init(path: String) throws {
        self.path = path
        vault = PasscodeVault(path: path + ".key")
        var configuration = Configuration()
        configuration.busyMode = .timeout(30)
        configuration.foreignKeysEnabled = true
        do {
            pool = try DatabasePool(path: path, configuration: configuration)
            if try pool.read({ try Migrations.migrator.hasBeenSuperseded($0) }) {
                throw StoreError.newerVersion(path: path)
            }
            try Migrations.migrator.migrate(pool)
            // GRDB lowers this to NORMAL when it turns WAL on; an intent must outlive a power cut.
            try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
            file = FileIdentity(path: path)
            // A checkpoint waits for the disk; with the default of 1000 pages one reservation in sixty would wait with it.
            try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA wal_autocheckpoint = 10000") }
        } catch let error as DatabaseError {
            if let fault = StoreFault(error) { throw StoreError.unavailable(path: path, fault) }
            throw StoreError.cannotOpen(
                path: path, detail: error.message ?? "SQLite error \(error.resultCode.rawValue)")
        }
    }

    /// Closes the connections; later calls fail.
    public func close() throws {
        try pool.close()
    }

    /// The `synchronous` setting of the connection that writes intents: 2 is FULL.
    public func writerSynchronous() throws -> Int {
        try pool.writeWithoutTransaction { try Int.fetchOne($0, sql: "PRAGMA synchronous") ?? -1 }
    }

    /// How long a write waits for another program's, 30 s until this is called.
    ///
    /// A dialer cannot stand still that long: it takes the refusal, follows its calls, and tries again.
    public func waitForOthers(atMost patience: Duration) throws {
        let milliseconds = patience.wholeMilliseconds
        try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA busy_timeout = \(milliseconds)") }
    }

    /// One immediate write transaction.
    ///
    /// - Throws: `StoreError.unavailable` where the file takes no writes; nothing is written then.
    func write<Result>(_ body: (Database) throws -> Result) throws -> Result {
        try beInPlace()
        return try naming {
            try pool.writeWithoutTransaction { try $0.immediately(body) }
        }
    }

    /// What is written to a file that was moved away is lost to everybody else.
    private func beInPlace() throws {
        guard FileIdentity(path: path) == file else { throw StoreError.unavailable(path: path, .replaced) }
    }

    /// One immediate write transaction that a power cut may undo, for what does not outlive the process anyway.
    ///
    /// The next durable transaction makes it durable as well: both stand in one log.
    func writeForNow<Result>(_ body: (Database) throws -> Result) throws -> Result {
        try beInPlace()
        return try naming {
            try pool.writeWithoutTransaction { database in
                try database.execute(sql: "PRAGMA synchronous = NORMAL")
                defer {
                    do {
                        try database.execute(sql: "PRAGMA synchronous = FULL")
                    } catch {
                        // An intent written after this could be lost by a power cut: better no program than that.
                        fatalError("SQLite does not set synchronous = FULL: \(error)")
                    }
                }
                return try database.immediately(body)
            }
        }
    }

    func read<Result>(_ body: (Database) throws -> Result) throws -> Result {
        try naming { try pool.read(body) }
    }

    /// Turns what SQLite says of the file into a sentence for a person.
    private func naming<Result>(_ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let error as DatabaseError {
            guard let fault = StoreFault(error) else { throw error }
            throw StoreError.unavailable(path: path, fault)
        }
    }
}

extension Database {
    /// One immediate transaction, with its result.
    func immediately<Result>(_ body: (Database) throws -> Result) throws -> Result {
        var result: Result?
        try inTransaction(.immediate) {
            result = try body(self)
            return .commit
        }
        guard let result else { throw StoreError.refused("The transaction did not run.") }
        return result
    }
}
