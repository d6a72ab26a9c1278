import GRDB

/// Pages of the file that hold nothing any more, and can be given back to the file system piece by piece.
enum FreePages {
    /// The value of `auto_vacuum` with which pages can be given back while others work.
    private static let incremental = 2

    /// Sees to it that a new database can be compacted; it must be said before its first page is written.
    @Sendable static func prepare(_ database: Database) throws {
        guard try Int.fetchOne(database, sql: "PRAGMA page_count") == 0 else { return }
        try database.execute(sql: "PRAGMA auto_vacuum = INCREMENTAL")
    }

    /// Whether pages can be given back while others work: not in files of earlier versions, before they were rewritten once.
    static func canBeGivenBack(_ database: Database) throws -> Bool {
        try Int.fetchOne(database, sql: "PRAGMA auto_vacuum") == incremental
    }

    /// Writes a file of an earlier version anew, so that from then on its free pages can be given back piece by piece.
    static func rewrite(_ database: Database) throws {
        try database.execute(sql: "PRAGMA auto_vacuum = INCREMENTAL")
        try database.execute(sql: "VACUUM")
    }

    /// Gives some pages back, in one short transaction.
    static func giveBack(_ pages: Int, _ database: Database) throws {
        try database.immediately { database in
            // It works a page a row.
            let rows = try Row.fetchCursor(database, sql: "PRAGMA incremental_vacuum(\(pages))")
            while try rows.next() != nil {}
        }
    }
}
