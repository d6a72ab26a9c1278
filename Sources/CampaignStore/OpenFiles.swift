import Foundation
import GRDB
import SystemResources

/// The files of a database that is open, as they were when it was opened: what is written to a file that was moved away, or to a
/// log that was deleted, is lost.
///
/// They are looked at by `stat` and by SQLite alone. A process that opens one of them by itself and closes it again gives up all the
/// locks that SQLite has on it (POSIX: `close` drops every lock of the process on the file). The next program to close the database
/// takes itself for the last one, then, and deletes the log under the engine.
struct OpenFiles: Sendable {
    let path: String
    let database: FileIdentity?
    /// SQLite keeps the same log as long as anybody has the database open.
    private let log: FileIdentity?

    init(path: String) {
        self.path = path
        database = FileIdentity(path: path)
        log = FileIdentity(path: path + "-wal")
    }

    /// - Throws: `StoreError.unavailable`: `.replaced` where another file stands at the path, or none, or the log is another;
    ///   `.damaged` where the file was cut to nothing.
    func beInPlace() throws {
        guard FileIdentity(path: path) == database, log == nil || FileIdentity(path: path + "-wal") == log else {
            throw StoreError.unavailable(path: path, .replaced)
        }
        if DatabaseFile.size(of: path) == 0 { try beWhole() }
    }

    /// Whether SQLite finds our tables in the file as it stands on disk, over a connection that remembers nothing of it.
    ///
    /// - Throws: `StoreError.unavailable`.
    func beWhole() throws {
        let found: DatabaseFile
        do {
            found = try DatabaseFile.look(at: path)
        } catch let error as DatabaseError {
            throw StoreError.unavailable(path: path, StoreFault(error) ?? .cannotOpen)
        }
        switch found {
        case .ours: return
        case .missing: throw StoreError.unavailable(path: path, .replaced)
        case .empty, .foreign:
            // A verdict for good needs a proper look.
            let shortage = ResourceShortage.now(descriptors: StoreFault.needed)
            throw StoreError.unavailable(path: path, shortage.map(StoreFault.init) ?? .damaged)
        }
    }
}
