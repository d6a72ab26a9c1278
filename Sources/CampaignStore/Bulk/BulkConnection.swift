import GRDB

/// A connection of its own for what loads much: it writes in pieces, each a short transaction, so that a running engine
/// never waits long for its intents, and leaves the waiting for the disk to the last piece (`synchronous=NORMAL`).
final class BulkConnection {
    /// Rows in a piece that is written at once: a quarter of a second's work at most.
    static let piece = 20_000
    /// Rows in a piece where nobody waits for the database: the fewer the pieces, the less often the pages of an index
    /// are written.
    private static let longPiece = 250_000
    /// Rows in a piece while an engine runs, which must not wait long for its intents.
    private static let shortPiece = 10_000

    let queue: DatabaseQueue
    private let path: String
    private let lock: FileLock

    /// - Throws: `StoreError.refused` where another import runs.
    init(path: String) throws {
        guard let lock = try FileLock(path: path + ".import.lock") else {
            throw StoreError.refused(
                "Another import is running on the database \(path); wait until it is done, then run this again.")
        }
        self.lock = lock
        self.path = path
        var configuration = Configuration()
        configuration.busyMode = .timeout(30)
        // The rows of a piece are made together with what they refer to, and their words come from enumerations: checking
        // both again for each row would take as long as writing it. A test checks the whole afterwards.
        configuration.foreignKeysEnabled = false
        // A piece of a long import stays open from one batch of rows to the next.
        configuration.allowsUnsafeTransactions = true
        configuration.prepareDatabase { database in
            try database.execute(
                sql: """
                    PRAGMA synchronous = NORMAL; PRAGMA cache_size = -57344; PRAGMA temp_store = MEMORY;
                    PRAGMA wal_autocheckpoint = 65536; PRAGMA ignore_check_constraints = ON;
                    """)
        }
        queue = try DatabaseQueue(path: path, configuration: configuration)
    }

    /// How many rows the next piece should have.
    var rowsAPiece: Int { EngineLock.isHeld(database: path) ? Self.shortPiece : Self.longPiece }

    /// Goes on in the piece that is open, or opens one.
    func goOn<Result>(_ body: (Database) throws -> Result) throws -> Result {
        try queue.inDatabase { database in
            if !database.isInsideTransaction { try database.beginTransaction(.immediate) }
            return try body(database)
        }
    }

    /// Ends the piece that is open.
    func commit() throws {
        try queue.inDatabase { if $0.isInsideTransaction { try $0.commit() } }
    }

    /// Gives up the piece that is open.
    func rollback() {
        queue.inDatabase { database in
            if database.isInsideTransaction { try? database.rollback() }
        }
    }

    /// One piece: an immediate transaction.
    func write<Result>(_ body: (Database) throws -> Result) throws -> Result {
        try queue.inDatabase { database in
            return try database.immediately(body)
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
