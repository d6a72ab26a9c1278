import Foundation
import GRDB

/// What stands at a path before anything is opened for writing: nothing of another program's is changed by a look.
enum DatabaseFile {
    case missing
    /// A file without any table; SQLite takes one of no bytes for a sound database.
    case empty
    case ours
    /// A database of another program.
    case foreign

    /// - Throws: `DatabaseError` where the file cannot be read or is no database.
    static func look(at path: String) throws -> DatabaseFile {
        guard FileManager.default.fileExists(atPath: path) else { return .missing }
        guard size(of: path) > 0 else { return .empty }
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(30)
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        defer { try? queue.close() }
        return try queue.read { database in
            if try database.tableExists("grdb_migrations"), try database.tableExists("attempts") { return .ours }
            let tables = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master") ?? 0
            return tables == 0 ? .empty : .foreign
        }
    }

    /// Makes an empty file that only its owner may read: SQLite gives the files beside it the same mode.
    static func makePrivate(_ path: String) {
        let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        // Where it cannot be made, SQLite's own attempt says why.
        if descriptor >= 0 { close(descriptor) }
    }

    /// Its bytes; 0 where there is none.
    static func size(of path: String) -> Int {
        var status = stat()
        return stat(path, &status) == 0 ? Int(status.st_size) : 0
    }
}
