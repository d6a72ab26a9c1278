import Campaigns
import Foundation
import GRDB

/// Everything that Offhook remembers: one SQLite database, asked and told in verbs of the trade.
///
/// All SQL stands in this module. Calls are synchronous and short; each verb is one transaction, unless it says that it works
/// in pieces.
public final class CampaignStore: Sendable {
    /// Whether a database is opened to be changed.
    public enum Access: Sendable, Hashable {
        /// To read alone: a database of an older version is not upgraded, but refused.
        case reading
        /// To copy it as it stands, whatever version wrote it.
        case copying
        /// To read and write: a database of an older version is upgraded first.
        case writing
    }

    /// One opens at a time: what is looked at by a descriptor must not be open by then.
    private static let opening = NSLock()

    /// The path of the database file.
    public let path: String
    let pool: DatabasePool
    let vault: PasscodeVault
    /// How long a write waits for another program's, 30 s at first.
    let patience: BusyPatience
    let files: OpenFiles

    /// Opens a database, upgrading it as needed. A new file gets mode 0600, and so do its log and index.
    ///
    /// - Parameters:
    ///   - mayCreate: whether a database is made where there is none, or only an empty file.
    ///   - report: told, before a database of an older version is upgraded, what is done and what is waited for.
    /// - Throws: `StoreError.cannotOpen`, `.unavailable`, `.newerVersion`, `.olderVersion`, `.noDatabase`.
    public init(
        path: String, mayCreate: Bool = true, access: Access = .writing, report: ((UpgradeStep) -> Void)? = nil
    ) throws {
        self.path = path
        vault = PasscodeVault(path: path + ".key")
        let patience = BusyPatience(.seconds(30))
        self.patience = patience
        try DatabaseReplacement.refuseUnfinished(path)
        do {
            pool = try Self.opening.withLock {
                try DatabaseFile.refuseForeignLog(at: path)
                switch try DatabaseFile.look(at: path) {
                case .ours: break
                case .foreign: throw StoreError.noDatabase(path: path, isForeign: true)
                case .missing, .empty:
                    guard mayCreate else { throw StoreError.noDatabase(path: path, isForeign: false) }
                    DatabaseFile.makePrivate(path)
                }
                return try Self.open(path, patience)
            }
            try Upgrade(path: path, access: access, report: report).run(on: pool)
            files = OpenFiles(path: path)
        } catch let error as DatabaseError {
            throw StoreError.opening(path, error)
        }
    }

    /// A store of its own on the same database: its writes do not stand in one queue with the other's.
    ///
    /// - Parameter patience: how long its writes wait for another program's, or for the other store's.
    /// - Throws: `StoreError.cannotOpen`, `.unavailable`.
    public init(beside other: CampaignStore, patience: Duration) throws {
        path = other.path
        vault = other.vault
        self.patience = BusyPatience(patience)
        do {
            pool = try Self.open(path, self.patience)
            files = OpenFiles(path: path)
        } catch let error as DatabaseError {
            throw StoreError.opening(path, error)
        }
        // Another file may have taken its place since the other was opened.
        guard files.database == other.files.database else { throw StoreError.unavailable(path: path, .replaced) }
    }

    private static func open(_ path: String, _ patience: BusyPatience) throws -> DatabasePool {
        var configuration = Configuration()
        configuration.busyMode = patience.mode
        configuration.foreignKeysEnabled = true
        configuration.prepareDatabase(FreePages.prepare)
        let pool = try DatabasePool(path: path, configuration: configuration)
        try pool.writeWithoutTransaction { database in
            // GRDB lowers this to NORMAL when it turns WAL on; an intent must outlive a power cut.
            try database.execute(sql: "PRAGMA synchronous = FULL")
            // A checkpoint waits for the disk; with the default of 1000 pages one reservation in sixty would wait with it.
            try database.execute(sql: "PRAGMA wal_autocheckpoint = 10000")
            try WriteAheadLog.keepSmall(database)
        }
        return pool
    }

    /// Closes the connections; later calls fail.
    public func close() throws {
        try pool.close()
    }

    /// The `synchronous` setting of the connection that writes intents: 2 is FULL.
    public func writerSynchronous() throws -> Int {
        try naming { try pool.writeWithoutTransaction { try Int.fetchOne($0, sql: "PRAGMA synchronous") ?? -1 } }
    }

    /// How long a write waits for another program's, 30 s until this is called.
    ///
    /// A dialer cannot stand still that long: it takes the refusal, follows its calls, and tries again.
    public func waitForOthers(atMost patience: Duration) {
        self.patience.set(patience)
    }

    /// One immediate write transaction.
    ///
    /// - Throws: `StoreError.unavailable` where the file takes no writes; nothing is written then.
    func write<Result>(_ body: (Database) throws -> Result) throws -> Result {
        try files.beInPlace()
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

    /// One immediate write transaction that a power cut may undo, for what does not outlive the process anyway.
    ///
    /// The next durable transaction makes it durable as well: both stand in one log.
    func writeForNow<Result>(_ body: (Database) throws -> Result) throws -> Result {
        try files.beInPlace()
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
        try naming { try pool.read { database in try EndableReading.during(database, body) } }
    }

    /// Turns what SQLite says of the file into a sentence for a person.
    func naming<Result>(_ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let error as DatabaseError {
            if let fault = StoreFault(error) { throw StoreError.unavailable(path: path, fault) }
            // A file that was cut to nothing looks like a database without tables.
            if error.resultCode == .SQLITE_ERROR { try files.beWhole() }
            throw error
        }
    }

    /// Proves that the file can be read as well as written, after it could not be.
    ///
    /// - Throws: `StoreError.unavailable`; `.damaged` only where SQLite says so of the file as it stands on disk.
    public func proveReadable() throws {
        try files.beInPlace()
        try files.beWhole()
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

extension CampaignStore {
    /// Proves that the write lock can be had now; nothing is written, and nothing is said of the file.
    ///
    /// - Throws: `StoreError.unavailable`.
    public func proveUnlocked() throws {
        try writeForNow { _ in }
    }
}
