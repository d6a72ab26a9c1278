import Foundation

/// A file within a folder, where nothing outside of the folder may be read instead of it.
public enum FolderFile {
    /// Why a file is not read.
    public enum Problem: Error, Sendable, Hashable, CustomStringConvertible {
        case name, missing, outside, noFile, tooLong, ofDatabase
        case unreadable(String)

        /// A clause.
        public var description: String {
            switch self {
            case .name: "its name must not be empty or go upwards (..)"
            case .missing: "there is no such file"
            case .outside: "a link leads out of the folder"
            case .noFile: "it is no plain file"
            case .ofDatabase: "it belongs to the database"
            case .tooLong: "it is longer than \(FolderFile.most) bytes"
            case .unreadable(let detail): detail
            }
        }
    }

    /// Most bytes of a passcode's file.
    public static let most = 4096

    /// Reads a file of a folder. Links within the folder are followed, none that leads out.
    ///
    /// - Parameters:
    ///   - name: below the folder, with slashes between its parts.
    ///   - database: the path of the database, whose own files are not read: to close one would drop SQLite's locks.
    /// - Throws: ``Problem``.
    public static func read(_ name: String, in folder: String, besides database: String) throws -> Data {
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        guard !parts.isEmpty, parts.allSatisfy({ !$0.isEmpty && $0 != "." && $0 != ".." }), !name.contains("\0") else {
            throw Problem.name
        }
        guard let root = real(folder), let target = real("\(root)/\(name)") else { throw Problem.missing }
        guard target.hasPrefix(root == "/" ? "/" : root + "/") else { throw Problem.outside }
        do {
            try OwnFiles.refuse(target, of: database)
        } catch {
            throw Problem.ofDatabase
        }
        // What was resolved holds no links; whoever puts one there meanwhile is refused by the system.
        var descriptor = open(root, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        let steps = target.dropFirst(root.count).split(separator: "/")
        for (index, step) in steps.enumerated() where descriptor >= 0 {
            let kind = index == steps.count - 1 ? O_NONBLOCK : O_DIRECTORY
            let next = openat(descriptor, String(step), O_RDONLY | O_NOFOLLOW | O_CLOEXEC | kind)
            let failure = errno
            close(descriptor)
            descriptor = next
            if next < 0 { throw failure == ELOOP ? Problem.outside : .unreadable(String(cString: strerror(failure))) }
        }
        guard descriptor >= 0 else { throw Problem.unreadable(String(cString: strerror(errno))) }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { throw Problem.noFile }
        guard let data = try? handle.read(upToCount: most + 1) ?? Data() else {
            throw Problem.unreadable("it cannot be read")
        }
        guard data.count <= most else { throw Problem.tooLong }
        return data
    }

    private static func real(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}
