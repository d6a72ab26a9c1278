/// One engine a database: a lock on `DB.lock`.
public final class EngineLock: Sendable {
    private let lock: FileLock

    /// Takes the lock.
    ///
    /// - Throws: `StoreError.engineRunning` where another process holds it.
    public init(database path: String) throws {
        guard let lock = try FileLock(path: path + ".lock", looks: 10) else {
            throw StoreError.engineRunning(path: path)
        }
        self.lock = lock
    }

    /// Whether a live engine holds the lock of a database.
    public static func isHeld(database path: String) -> Bool { FileLock.isHeld(path: path + ".lock") }

    /// Gives the lock back before the object goes; once is enough.
    public func release() { lock.release() }

    /// Whether the lock file is still the one that we hold: where it was deleted, another engine could take a new one.
    public var isIntact: Bool { lock.isIntact }
}
