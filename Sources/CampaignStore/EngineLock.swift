import Foundation

/// One engine a database: a lock of the operating system on `DB.lock`, which the death of the process releases.
public final class EngineLock: Sendable {
    private let descriptor: Int32
    private let file: String

    /// Takes the lock.
    ///
    /// - Throws: `StoreError.engineRunning` where another process holds it.
    public init(database path: String) throws {
        file = path + ".lock"
        descriptor = open(file, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw StoreError.cannotOpen(path: file, detail: String(cString: strerror(errno)))
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            Foundation.close(descriptor)
            throw StoreError.engineRunning(path: path)
        }
    }

    /// Whether a live engine holds the lock of a database.
    public static func isHeld(database path: String) -> Bool {
        let descriptor = open(path + ".lock", O_RDWR | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { Foundation.close(descriptor) }
        guard flock(descriptor, LOCK_SH | LOCK_NB) == 0 else { return true }
        return false
    }

    /// Gives the lock back before the object goes; once is enough.
    public func release() {
        flock(descriptor, LOCK_UN)
    }

    /// Whether the lock file is still the one that we hold: where it was deleted, another engine could take a new one.
    public var isIntact: Bool { FileIdentity(path: file) == FileIdentity(descriptor: descriptor) }

    deinit {
        Foundation.close(descriptor)
    }
}
