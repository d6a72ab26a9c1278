import Foundation
import GRDB

/// A connection of its own for what loads much: it writes in pieces, each a short transaction, so that a running engine
/// never waits long for its intents, and leaves the waiting for the disk to the last piece (`synchronous=NORMAL`).
final class BulkConnection {
    /// Rows in a piece: about a quarter of a second's work.
    static let piece = 20_000

    let queue: DatabaseQueue
    private let lock: FileLock

    /// - Throws: `StoreError.refused` where another import runs.
    init(path: String) throws {
        guard let lock = try FileLock(path: path + ".import.lock") else {
            throw StoreError.refused(
                "Another import is running on the database \(path); wait until it is done, then run this again.")
        }
        self.lock = lock
        var configuration = Configuration()
        configuration.busyMode = .timeout(30)
        // The rows of a piece are made together with what they refer to, and their words come from enumerations: checking
        // both again for each row would take as long as writing it. A test checks the whole afterwards.
        configuration.foreignKeysEnabled = false
        configuration.prepareDatabase { database in
            try database.execute(
                sql: """
                    PRAGMA synchronous = NORMAL; PRAGMA cache_size = -49152; PRAGMA temp_store = MEMORY;
                    PRAGMA wal_autocheckpoint = 65536; PRAGMA ignore_check_constraints = ON;
                    """)
        }
        queue = try DatabaseQueue(path: path, configuration: configuration)
    }

    /// One piece: an immediate transaction.
    func write<Result>(_ body: (Database) throws -> Result) throws -> Result {
        try queue.inDatabase { database in
            var result: Result?
            try database.inTransaction(.immediate) {
                result = try body(database)
                return .commit
            }
            guard let result else { throw StoreError.refused("The transaction did not run.") }
            return result
        }
    }

    /// From here on each piece outlives a power cut, and with it all before it.
    func beDurable() throws {
        try queue.inDatabase { try $0.execute(sql: "PRAGMA synchronous = FULL") }
    }

    func close() {
        try? queue.close()
    }
}

/// A lock of the operating system on a file, released by the death of the process.
final class FileLock: Sendable {
    private let descriptor: Int32

    /// Nil where another holds it.
    ///
    /// - Throws: `StoreError.cannotOpen`.
    init?(path: String) throws {
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw StoreError.cannotOpen(path: path, detail: String(cString: strerror(errno)))
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            Foundation.close(descriptor)
            return nil
        }
    }

    deinit {
        Foundation.close(descriptor)
    }
}
