import CampaignStore
import Foundation

/// A file that is written for a person: it appears under its name when it is whole, so that what stood there before is not lost to
/// a command that fails half-way, and it is never the file that is being read. It holds people's data, so it is for its owner's eyes:
/// mode 0600.
public final class OutputFile {
    private let path: String
    private let temporary: String
    private let handle: FileHandle
    private var isClosed = false

    /// - Parameter inputs: the files that are read meanwhile.
    /// - Throws: `SupervisionError` where the path cannot be written, or is one of the inputs, by whatever name.
    public init(_ path: String, inputs: [String]) throws {
        for input in inputs where Self.isSame(path, input) {
            throw SupervisionError("\(path) is the file that is read; name another one to write to.")
        }
        self.path = path
        temporary = path + ".\(ProcessInfo.processInfo.processIdentifier).part"
        // What a run before this one left under the name goes; a link that somebody put there is not followed.
        unlink(temporary)
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw SupervisionError("The file \(path) cannot be written; check its folder.")
        }
        handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    }

    /// Appends text.
    public func write(_ text: String) throws {
        do {
            try handle.write(contentsOf: Data(text.utf8))
        } catch {
            throw SupervisionError(
                "\(path) could not be written to its end (\(error.localizedDescription)); is the disk full?")
        }
    }

    /// Gives the file its name, in place of what stood there.
    public func close() throws {
        isClosed = true
        try handle.close()
        guard rename(temporary, path) == 0 else {
            let reason = String(cString: strerror(errno))
            try? FileManager.default.removeItem(atPath: temporary)
            throw SupervisionError("\(path) cannot be written (\(reason)); check its folder.")
        }
    }

    deinit {
        guard !isClosed else { return }
        try? handle.close()
        try? FileManager.default.removeItem(atPath: temporary)
    }

    private static func isSame(_ path: String, _ other: String) -> Bool {
        guard let identity = FileIdentity(path: path) else { return false }
        return identity == FileIdentity(path: other)
    }
}
