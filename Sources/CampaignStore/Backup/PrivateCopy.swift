import Foundation

/// Copies of files that hold people: readable by their owner alone from the first byte on, and on disk when they are done.
///
/// Never of a file that this process has open through SQLite: closing it would drop SQLite's locks.
enum PrivateCopy {
    private static let piece = 1 << 20

    /// Copies a file to a path where nothing stands.
    ///
    /// - Throws: `StoreError.refused`, with the reason of the system.
    static func make(of source: String, at target: String) throws {
        guard let input = FileHandle(forReadingAtPath: source) else {
            throw StoreError.refused("The file \(source) cannot be read; check the path and its permissions.")
        }
        defer { try? input.close() }
        let descriptor = open(target, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure(target) }
        let output = FileHandle(fileDescriptor: descriptor, closeOnDealloc: false)
        defer { close(descriptor) }
        do {
            while let data = try input.read(upToCount: piece), !data.isEmpty { try output.write(contentsOf: data) }
        } catch {
            throw StoreError.refused("\(source) cannot be copied to \(target): \(error.localizedDescription)")
        }
        guard fsync(descriptor) == 0 else { throw failure(target) }
    }

    /// Brings a file, or the names in a folder, to disk.
    static func sync(_ path: String) throws {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(path) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw failure(path) }
    }

    /// The folder in which a path stands.
    static func folder(of path: String) -> String {
        URL(fileURLWithPath: path).deletingLastPathComponent().path
    }

    private static func failure(_ path: String) -> StoreError {
        StoreError.refused("\(path) cannot be written: \(String(cString: strerror(errno))).")
    }
}
