import Campaigns
import Foundation
import GRDB

/// What an erasure may leave in the write-ahead log: pages as they were before it.
///
/// A checkpoint copies pages from the log to the file, and the log keeps them until it begins anew. It cannot begin anew while
/// somebody reads what stands in it. So after an erasure the log is emptied as soon as no reader is in the way: a passive
/// checkpoint first, which waits for nobody and holds nobody up, then one that cuts the log off, with no patience at all: it
/// takes the writer's lock for an instant where it can, and gives up at once where it cannot.
enum ErasureResidue {
    private static let key = "erasure_residue"

    /// Notes, in the erasing transaction, that the log holds what was erased. Every erasure writes a mark of its own.
    static func mark(at now: Instant, _ database: Database) throws {
        let last = try Int64.fetchOne(database, sql: "SELECT max(seq) FROM journal") ?? 0
        try database.execute(
            sql: "INSERT INTO settings (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = ?2",
            arguments: [key, "\(last) \(now.milliseconds)"])
    }

    /// The mark that is there; nil where nothing is left.
    static func mark(_ database: Database) throws -> String? {
        try String.fetchOne(
            database.cachedStatement(sql: "SELECT value FROM settings WHERE key = '\(key)'"), arguments: [])
    }

    /// Takes a mark off, unless there was another erasure since.
    static func remove(_ mark: String, at now: Instant, _ database: Database) throws -> Bool {
        try database.execute(sql: "DELETE FROM settings WHERE key = ? AND value = ?", arguments: [key, mark])
        guard database.changesCount > 0 else { return false }
        try database.journal("erasure_complete", at: now, JournalSubject())
        return true
    }

    /// Empties the log, if nobody reads from it just now. A connection of its own, so that the patience of others is not
    /// touched.
    ///
    /// - Returns: whether the log is empty.
    static func emptyLog(path: String) throws -> Bool {
        var configuration = Configuration()
        configuration.busyMode = .immediateError
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        defer { try? queue.close() }
        return try queue.inDatabase { database in
            // What is to be copied is copied without the writer's lock; little is left for the instant with it.
            _ = try Row.fetchOne(database, sql: "PRAGMA wal_checkpoint(PASSIVE)")
            let row = try Row.fetchOne(database, sql: "PRAGMA wal_checkpoint(TRUNCATE)")
            return row?[0] as Int64? == 0
        }
    }
}

extension CampaignStore {
    /// Since when the log may hold what was erased; nil where it holds nothing of it.
    public func erasureResidueSince() throws -> Instant? {
        try read { try ErasureResidue.mark($0) }?.split(separator: " ").last.flatMap { Int64($0) }
            .map(Instant.init(milliseconds:))
    }

    /// Empties the log of what was erased, where no reader is in the way; waits for nobody. A running engine asks now and
    /// then, and so does every command that erases or compacts.
    ///
    /// - Returns: whether nothing is left.
    @discardableResult
    public func clearErasureResidue(at now: Instant) throws -> Bool {
        guard let mark = try read(ErasureResidue.mark) else { return true }
        try files.beInPlace()
        do {
            guard try ErasureResidue.emptyLog(path: path) else { return false }
        } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY || error.resultCode == .SQLITE_LOCKED
        {
            return false
        }
        return try write { try ErasureResidue.remove(mark, at: now, $0) }
    }

    /// Tries for a while, then says in the journal that something is left.
    func emptyLogOfErasure(within patience: Duration, at now: Instant) throws -> Bool {
        let deadline = ContinuousClock.now + patience
        while true {
            if try clearErasureResidue(at: now) { return true }
            guard ContinuousClock.now < deadline else { break }
            Thread.sleep(forTimeInterval: 0.05)
        }
        try write { try $0.journal("erasure_residue", at: now, JournalSubject()) }
        return false
    }
}
