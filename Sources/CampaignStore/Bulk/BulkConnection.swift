import Campaigns
import GRDB

/// A connection of its own for what loads much: it writes in pieces, each a short transaction, so that a running engine
/// never waits long for its intents, and leaves the waiting for the disk to the last piece (`synchronous=NORMAL`).
final class BulkConnection {
    /// Rows in a piece where nobody waits for the database: the fewer the pieces, the less often the pages of an index
    /// are written.
    private static let longPiece = 250_000
    /// Rows that are written between two looks at how long the piece has been open, while an engine runs.
    private static let rowsALook = 250

    let queue: DatabaseQueue
    let turns: LockTurns
    private let path: String
    private let lock: FileLock
    /// When the open piece began.
    private var begun: ContinuousClock.Instant?

    /// - Parameter turns: how it takes turns with an engine; nil for real time.
    /// - Throws: `StoreError.refused` where another import runs; `.unavailable`.
    init(path: String, turns: LockTurns? = nil) throws {
        guard let lock = try FileLock(path: path + ".import.lock", looks: 10) else {
            throw StoreError.refused(
                "Another import is running on the database \(path); wait until it is done, then run this again.")
        }
        self.lock = lock
        self.path = path
        self.turns = turns ?? LockTurns(database: path)
        var configuration = Configuration()
        configuration.busyMode = BusyPatience(.seconds(30)).mode
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
        do {
            queue = try DatabaseQueue(path: path, configuration: configuration)
        } catch let error as DatabaseError {
            throw StoreError.opening(path, error)
        }
    }

    /// How many rows may be written before the next look at ``isPieceDue(rows:)``.
    var rowsALook: Int { turns.areShared ? Self.rowsALook : Self.longPiece }

    /// Whether the open piece, of so many rows, has to end.
    func isPieceDue(rows: Int) -> Bool {
        guard turns.areShared, let begun else { return rows >= Self.longPiece }
        return turns.now() - begun >= PieceSize.hold
    }

    /// Goes on in the piece that is open, or opens one.
    func goOn<Result>(_ body: (Database) throws -> Result) throws -> Result {
        try naming {
            try queue.inDatabase { database in
                if !database.isInsideTransaction {
                    try database.beginTransaction(.immediate)
                    begun = turns.now()
                }
                return try body(database)
            }
        }
    }

    /// Ends the piece that is open, and rests where an engine runs.
    func commit() throws {
        try naming { try queue.inDatabase { if $0.isInsideTransaction { try $0.commit() } } }
        guard let begun else { return }
        self.begun = nil
        turns.rest(after: turns.now() - begun)
    }

    /// Gives up the piece that is open.
    func rollback() {
        begun = nil
        queue.inDatabase { database in
            if database.isInsideTransaction { try? database.rollback() }
        }
    }

    /// One short piece: an immediate transaction.
    func write<Result>(_ body: (Database) throws -> Result) throws -> Result {
        try naming { try queue.inDatabase { try $0.immediately(body) } }
    }

    /// Looks something up without the write lock.
    func read<Result>(_ body: (Database) throws -> Result) throws -> Result {
        try naming { try queue.inDatabase(body) }
    }

    /// Long work in pieces, each a transaction; see ``LockTurns/inPieces(_:)``.
    func inPieces(_ piece: (_ database: Database, _ rows: Int) throws -> Int) throws {
        try turns.inPieces { rows in try write { try piece($0, rows) } }
    }

    /// From here on each piece outlives a power cut, and with it all before it.
    func beDurable() throws {
        try naming { try queue.inDatabase { try $0.execute(sql: "PRAGMA synchronous = FULL") } }
    }

    func close() {
        try? queue.close()
    }

    private func naming<Result>(_ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let error as DatabaseError {
            guard let fault = StoreFault(error) else { throw error }
            throw StoreError.unavailable(path: path, fault)
        }
    }
}
