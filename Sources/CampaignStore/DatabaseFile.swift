import Foundation
import GRDB
import SystemResources

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
            // One that another program makes just now has the list of its upgrades first, and nothing else yet.
            let tables = try Int.fetchOne(
                database,
                sql: """
                    SELECT count(*) FROM sqlite_master
                    WHERE type <> 'index' AND name <> 'grdb_migrations' AND name NOT LIKE 'sqlite@_%' ESCAPE '@'
                    """)
            return tables == 0 ? .empty : .foreign
        }
    }

    /// Refuses a file beside which another's log stands: SQLite would write that log into it.
    ///
    /// A back-up that was put in place by hand after a crash stands beside the dead engine's log. A back-up is in rollback mode, which
    /// knows no such log. Where this process has the file open already, it was looked at before, and is left to SQLite.
    /// - Throws: `StoreError.refused`; `.unavailable` where no descriptor is left to look with.
    static func refuseForeignLog(at path: String) throws {
        guard size(of: path) > 0, size(of: path + "-wal") > 0 else { return }
        // What cannot be looked at is not taken for well: SQLite would find a descriptor a moment later.
        if let shortage = ResourceShortage.now(descriptors: StoreFault.needed) {
            throw StoreError.unavailable(path: path, StoreFault(shortage))
        }
        guard !isOpenHere(path), isInRollbackMode(path) else { return }
        throw StoreError.refused(
            "The log \(path)-wal does not belong to \(path), which is a back-up or another copy; opened together, both would be lost. "
                + "Move \(path)-wal and \(path)-shm away and keep them, or put the back-up in place with: offhook restore FILE"
        )
    }

    /// Whether any descriptor of this process leads to the file: closing another one would drop SQLite's locks.
    private static func isOpenHere(_ path: String) -> Bool {
        guard let file = FileIdentity(path: path),
            let descriptors = try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")
        else { return true }
        return descriptors.contains { FileIdentity(path: "/proc/self/fd/\($0)") == file }
    }

    /// What the file's header says of its journal: 1 for a rollback journal, 2 for a write-ahead log (SQLite, file format, 1.3.3).
    private static func isInRollbackMode(_ path: String) -> Bool {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var versions: [UInt8] = [0, 0]
        return pread(descriptor, &versions, 2, 18) == 2 && versions == [1, 1]
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
