import GRDB
import GRDBSQLite

/// A statement that is run a million times: bound and stepped without a value being boxed on the way.
final class BulkStatement {
    private let handle: OpaquePointer
    /// Keeps the handle alive.
    private let statement: Statement
    private static let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

    init(_ database: Database, _ sql: String) throws {
        statement = try database.makeStatement(sql: sql)
        handle = statement.sqliteStatement
    }

    /// Sets a parameter, from 1.
    func bind(_ value: Int64?, at index: Int32) {
        if let value { sqlite3_bind_int64(handle, index, value) } else { sqlite3_bind_null(handle, index) }
    }

    /// Sets a parameter, from 1.
    func bind(_ value: String?, at index: Int32) {
        guard var value else {
            sqlite3_bind_null(handle, index)
            return
        }
        value.withUTF8 { bytes in
            // A null pointer would bind NULL, not an empty text.
            guard !bytes.isEmpty else {
                _ = "".withCString { sqlite3_bind_text(handle, index, $0, 0, Self.copied) }
                return
            }
            _ = bytes.withMemoryRebound(to: CChar.self) {
                sqlite3_bind_text(handle, index, $0.baseAddress, Int32($0.count), Self.copied)
            }
        }
    }

    /// Runs the statement to its end.
    ///
    /// - Throws: `DatabaseError`.
    func run() throws {
        defer { sqlite3_reset(handle) }
        let code = sqlite3_step(handle)
        guard code == SQLITE_DONE || code == SQLITE_ROW else { throw failure(code) }
    }

    /// Sets a parameter, from 1, to a text that is not copied: it must stay where it is until the statement has run. None
    /// for an empty one.
    func lend(_ text: UnsafeBufferPointer<UInt8>, at index: Int32) {
        guard !text.isEmpty else {
            sqlite3_bind_null(handle, index)
            return
        }
        text.withMemoryRebound(to: CChar.self) { text in
            _ = sqlite3_bind_text(handle, index, text.baseAddress, Int32(text.count), nil)
        }
    }

    /// The first column of the first row; nil where there is no row.
    ///
    /// - Throws: `DatabaseError`.
    func first() throws -> Int64? {
        defer { sqlite3_reset(handle) }
        switch sqlite3_step(handle) {
        case SQLITE_ROW: return sqlite3_column_int64(handle, 0)
        case SQLITE_DONE: return nil
        case let code: throw failure(code)
        }
    }

    /// Hands over every row.
    ///
    /// - Throws: `DatabaseError`, and what the body throws.
    func forEach(_ body: (Columns) throws -> Void) throws {
        defer { sqlite3_reset(handle) }
        while true {
            switch sqlite3_step(handle) {
            case SQLITE_ROW: try body(Columns(handle: handle))
            case SQLITE_DONE: return
            case let code: throw failure(code)
            }
        }
    }

    /// The row that a statement stands at.
    struct Columns {
        fileprivate let handle: OpaquePointer

        /// A column, from 0; 0 where it is NULL.
        subscript(index: Int32) -> Int64 { sqlite3_column_int64(handle, index) }
    }

    private func failure(_ code: Int32) -> DatabaseError {
        DatabaseError(
            resultCode: ResultCode(rawValue: code),
            message: sqlite3_db_handle(handle).flatMap { sqlite3_errmsg($0) }.map { String(cString: $0) })
    }
}
