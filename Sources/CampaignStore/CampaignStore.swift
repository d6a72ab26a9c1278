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

    /// Opens a database, upgrading it as needed. A new file gets mode 0600, and so do its log and index.
    ///
    /// - Parameters:
    ///   - mayCreate: whether a database is made where there is none, or only an empty file.
    ///   - willUpgrade: told, before a database of an older version is upgraded, how many attempts it has: sums of them may be
    ///     added up anew, which takes about a minute a million.
    /// - Throws: `StoreError.cannotOpen`, `.unavailable`, `.newerVersion`, `.noDatabase`.
    public init(path: String, mayCreate: Bool = true, willUpgrade: ((_ attempts: Int) -> Void)? = nil) throws {
        self.path = path
        vault = PasscodeVault(path: path + ".key")
        var configuration = Configuration()
        configuration.busyMode = .timeout(30)
        configuration.foreignKeysEnabled = true
        configuration.prepareDatabase(FreePages.prepare)
        do {
            switch try DatabaseFile.look(at: path) {
            case .ours: break
            case .foreign: throw StoreError.noDatabase(path: path, isForeign: true)
            case .missing, .empty:
                guard mayCreate else { throw StoreError.noDatabase(path: path, isForeign: false) }
                DatabaseFile.makePrivate(path)
            }
            pool = try DatabasePool(path: path, configuration: configuration)
            if try pool.read({ try Migrations.migrator.hasBeenSuperseded($0) }) {
                throw StoreError.newerVersion(path: path)
            }
            if let willUpgrade, let attempts = try pool.read(Migrations.attemptsToUpgrade) { willUpgrade(attempts) }
            try Migrations.migrator.migrate(pool)
            // GRDB lowers this to NORMAL when it turns WAL on; an intent must outlive a power cut.
            try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
            file = FileIdentity(path: path)
            // A checkpoint waits for the disk; with the default of 1000 pages one reservation in sixty would wait with it.
            try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA wal_autocheckpoint = 10000") }
        } catch let error as DatabaseError {
            if let fault = StoreFault(error), fault != .cannotOpen { throw StoreError.unavailable(path: path, fault) }
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
            try pool.writeWithoutTransaction { database in
                try Self.beDurable(database)
                return try database.immediately(body)
            }
        }
    }

    /// A write that is about to be relied upon must outlive a power cut.
    ///
    /// - Throws: `StoreError.refused` where SQLite does not set it; nothing is written then.
    private static func beDurable(_ database: Database) throws {
        guard try Int.fetchOne(database.cachedStatement(sql: "PRAGMA synchronous")) != 2 else { return }
        try database.execute(sql: "PRAGMA synchronous = FULL")
        guard try Int.fetchOne(database, sql: "PRAGMA synchronous") == 2 else {
            throw StoreError.refused(
                "SQLite does not set synchronous = FULL, so nothing was written; start Offhook again.")
        }
    }

    /// What is written to a file that was moved away, or cut to nothing, is lost.
    func beInPlace() throws {
        guard FileIdentity(path: path) == file else { throw StoreError.unavailable(path: path, .replaced) }
        guard DatabaseFile.size(of: path) > 0 else { throw StoreError.unavailable(path: path, .damaged) }
    }

    /// One immediate write transaction that a power cut may undo, for what does not outlive the process anyway.
    ///
    /// The next durable transaction makes it durable as well: both stand in one log.
    func writeForNow<Result>(_ body: (Database) throws -> Result) throws -> Result {
        try beInPlace()
        return try naming {
            try pool.writeWithoutTransaction { database in
                try database.execute(sql: "PRAGMA synchronous = NORMAL")
                let result = Swift.Result { try database.immediately(body) }
                // An intent written with less could be lost by a power cut; where it cannot be set now, `write` sets it.
                try? database.execute(sql: "PRAGMA synchronous = FULL")
                return try result.get()
            }
        }
    }

    func read<Result>(_ body: (Database) throws -> Result) throws -> Result {
        try naming { try pool.read(body) }
    }

    /// Turns what SQLite says of the file into a sentence for a person.
    func naming<Result>(_ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let error as DatabaseError {
            if let fault = StoreFault(error) { throw StoreError.unavailable(path: path, fault) }
            // A file that was cut to nothing looks like a database without tables.
            if error.resultCode == .SQLITE_ERROR, FileIdentity(path: path) == file, !DatabaseFile.isSound(path) {
                throw StoreError.unavailable(path: path, .damaged)
            }
            throw error
        }
    }

    /// Proves that the file can be read as well as written, after it could not be.
    ///
    /// - Throws: `StoreError.unavailable`.
    public func proveReadable() throws {
        try beInPlace()
        guard DatabaseFile.isSound(path) else { throw StoreError.unavailable(path: path, .damaged) }
        _ = try read { database in
            for table in ["campaigns", "stations", "contacts", "attempts", "journal"] {
                _ = try Row.fetchOne(database, sql: "SELECT * FROM \(table) ORDER BY rowid DESC LIMIT 1")
            }
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
