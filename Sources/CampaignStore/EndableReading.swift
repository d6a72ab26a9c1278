import GRDB
import GRDBSQLite

/// A read was ended before it was done: nobody waits for it any more, or it took too long.
public struct ReadingEnded: Error, Sendable, Hashable, CustomStringConvertible {
    public var description: String { "The reading was ended before it was done; ask again, for less." }
}

/// Reads that may be ended from outside: SQLite asks every few thousand steps whether it is to go on.
///
/// Only what is read inside ``run(until:_:)`` on its own thread can be ended: an engine's reads never are, and no write is.
public enum EndableReading {
    /// Steps of SQLite's machine between two questions, well below a millisecond of work.
    private static let stepsBetween: Int32 = 4000

    @TaskLocal private static var isOver: (@Sendable () -> Bool)?

    /// Lets what is read in `work` end as soon as `isOver` says so.
    ///
    /// - Parameter isOver: asked often, from the thread that reads; it has to answer at once.
    /// - Throws: ``ReadingEnded`` where it was ended; what `work` throws.
    public static func run<Result>(
        until isOver: @escaping @Sendable () -> Bool, _ work: () throws -> Result
    ) throws -> Result {
        try $isOver.withValue(isOver) {
            try goOn()
            return try work()
        }
    }

    /// For long work beside the database: asked now and then, it ends it.
    ///
    /// - Throws: ``ReadingEnded``.
    public static func goOn() throws {
        if isOver?() == true { throw ReadingEnded() }
    }

    /// Reads from a connection so that it can be ended.
    static func during<Result>(_ database: Database, _ body: (Database) throws -> Result) throws -> Result {
        guard let isOver else { return try body(database) }
        let question = Question(isOver)
        sqlite3_progress_handler(
            database.sqliteConnection, stepsBetween,
            { Unmanaged<Question>.fromOpaque($0!).takeUnretainedValue().isOver() ? 1 : 0 },
            Unmanaged.passUnretained(question).toOpaque())
        defer {
            sqlite3_progress_handler(database.sqliteConnection, 0, nil, nil)
            withExtendedLifetime(question) {}
        }
        do {
            return try body(database)
        } catch let error as DatabaseError where error.resultCode == .SQLITE_INTERRUPT {
            throw ReadingEnded()
        }
    }

    private final class Question {
        let isOver: @Sendable () -> Bool

        init(_ isOver: @escaping @Sendable () -> Bool) { self.isOver = isOver }
    }
}
