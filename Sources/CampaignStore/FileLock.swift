import Foundation
import SystemResources

/// A lock of the operating system on a file, released by the death of the process.
public final class FileLock: Sendable {
    private let descriptor: Int32
    private let path: String

    /// Takes the lock; nil where another holds it.
    ///
    /// - Parameters:
    ///   - mode: of the file, where it is made.
    ///   - looks: how often it is tried, a millisecond apart: whoever only asks whether it is held has it for an instant.
    /// - Throws: `StoreError.cannotOpen`.
    public init?(path: String, mode: mode_t = 0o600, looks: Int = 1) throws {
        self.path = path
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, mode)
        guard descriptor >= 0 else {
            let code = errno
            if let shortage = ResourceShortage(errno: code) {
                throw StoreError.unavailable(path: path, StoreFault(shortage))
            }
            throw StoreError.cannotOpen(path: path, detail: String(cString: strerror(code)))
        }
        var looksLeft = looks
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            looksLeft -= 1
            guard looksLeft > 0 else {
                Foundation.close(descriptor)
                return nil
            }
            usleep(1000)
        }
    }

    /// Whether a live process holds the lock of a file. One that cannot be looked at for want of descriptors counts as held: whoever
    /// asks would else do what a running engine forbids.
    public static func isHeld(path: String) -> Bool {
        let descriptor = open(path, O_RDWR | O_CLOEXEC)
        guard descriptor >= 0 else { return ResourceShortage(errno: errno) != nil }
        defer { Foundation.close(descriptor) }
        return flock(descriptor, LOCK_SH | LOCK_NB) != 0
    }

    /// Gives the lock back before the object goes; once is enough.
    public func release() {
        flock(descriptor, LOCK_UN)
    }

    /// Whether the file is still the one that we hold: where it was deleted, another process could take a new one.
    public var isIntact: Bool { FileIdentity(path: path) == FileIdentity(descriptor: descriptor) }

    deinit {
        Foundation.close(descriptor)
    }
}
