import GRDB
import SystemResources

/// Why the database takes no writes now, though the program is right: what a person can mend while it runs.
public enum StoreFault: String, Sendable, Hashable, CaseIterable {
    /// The disk, or a quota on it, is full.
    case full
    /// The file, its folder or its disk may not be written.
    case readOnly = "read_only"
    /// Another program holds the write lock.
    case locked
    /// The file's content is no sound database.
    case damaged
    /// Another file stands at the path, or none.
    case replaced
    /// The disk gave an error.
    case disk
    /// The system does not open the file, or one of those beside it.
    case cannotOpen = "cannot_open"
    /// This program has no descriptor left to open a file with: it says nothing of the file.
    case descriptors
    /// The computer has no memory left: it says nothing of the file.
    case memory

    /// What an error of SQLite says; nil where it is a fault of the program and no state of the file.
    ///
    /// SQLite tells of a file that could not be opened, and not why: for want of descriptors it looks like one that may not be read, or
    /// like a fault of the disk. What is damaged is so for good, so nothing is called damaged while it could not be looked at properly.
    ///
    /// - Parameter look: tells what this computer is short of now.
    init?(_ error: DatabaseError, look: () -> ResourceShortage? = { ResourceShortage.now(descriptors: Self.needed) }) {
        if error.resultCode == .SQLITE_NOMEM || error.extendedResultCode == .SQLITE_IOERR_NOMEM {
            self = .memory
            return
        }
        switch error.resultCode {
        case .SQLITE_CANTOPEN, .SQLITE_IOERR, .SQLITE_CORRUPT, .SQLITE_NOTADB:
            if let shortage = look() {
                self = StoreFault(shortage)
                return
            }
        default: break
        }
        switch error.resultCode {
        case .SQLITE_FULL: self = .full
        case .SQLITE_READONLY, .SQLITE_PERM: self = .readOnly
        case .SQLITE_BUSY, .SQLITE_LOCKED: self = .locked
        case .SQLITE_CORRUPT, .SQLITE_NOTADB: self = .damaged
        case .SQLITE_IOERR: self = .disk
        case .SQLITE_CANTOPEN: self = .cannotOpen
        default: return nil
        }
    }

    /// What SQLite opens at once for one connection: the file, its log, its index, and a temporary file.
    static let needed = 4

    /// The fault that a shortage is for the database.
    init(_ shortage: ResourceShortage) {
        self = shortage == .memory ? .memory : .descriptors
    }

    /// Whether it can pass while the program runs; what is damaged stays so.
    public var mayPass: Bool { self != .damaged }

    /// What happened and what to do, after “The database X ”.
    public var sentence: String {
        switch self {
        case .full: "cannot grow: the disk is full; free space on it."
        case .readOnly:
            "may not be written; check the permissions of the file, its folder and its disk."
        case .locked: "is locked by another program; wait for its import or back-up to end, or stop it."
        case .damaged:
            "is damaged; stop Offhook, keep the file, and put the newest back-up in its place: offhook restore FILE"
        case .replaced:
            "was moved, deleted or replaced while Offhook had it open; put the file back, or stop and start Offhook "
                + "to work with what stands there now."
        case .disk: "cannot be written: the disk gave an error; check the disk and the space on it."
        case .cannotOpen:
            "cannot be opened now; check that its folder is there, that it and the -wal and -shm files beside it may be "
                + "read and written."
        case .descriptors: "cannot be opened now: \(ResourceShortage.descriptors.clause)."
        case .memory: "cannot be used now: \(ResourceShortage.memory.clause)."
        }
    }
}
