import Foundation

/// The files of a database, which no command may take for a list to read or for a place to write to.
public enum OwnFiles {
    /// What stands behind the name of a database, beside it.
    static let suffixes = [
        "", "-wal", "-shm", "-journal", ".lock", ".import.lock", ".upgrade.lock", ".key", ".restoring", ".restore-plan",
    ]

    /// Where they stand, whether they are there or not.
    public static func paths(of database: String) -> [String] { suffixes.map { database + $0 } }

    /// Refuses a file that belongs to a database: reading it would open and close it, and so drop the locks that SQLite has on it in
    /// this process; writing it would destroy the database.
    ///
    /// - Throws: `StoreError.refused`.
    public static func refuse(_ file: String, of database: String) throws {
        let wanted = URL(fileURLWithPath: file).standardizedFileURL.path
        for own in paths(of: database) {
            let isSame =
                URL(fileURLWithPath: own).standardizedFileURL.path == wanted
                || FileIdentity(path: own).map { $0 == FileIdentity(path: file) } ?? false
            guard isSame else { continue }
            throw StoreError.refused("\(file) belongs to the database \(database); name another file.")
        }
    }
}
