import Foundation
import Synchronization

/// Where lines of the log go: standard error, or a file that is opened anew when its rotation says so.
final class LogDestination: Sendable {
    /// The file's path; nil for standard error.
    let path: String?
    private let file = Mutex<Int32?>(nil)

    /// A destination; a file is not open before ``reopen()``.
    init(path: String? = nil) {
        self.path = path
    }

    deinit {
        if let descriptor = file.withLock({ $0 }) { close(descriptor) }
    }

    /// Opens the file, or opens it anew after it was moved away. A new file gets mode 0600.
    ///
    /// - Returns: why it cannot be opened, after which lines go to standard error; nil where all is well.
    func reopen() -> String? {
        guard let path else { return nil }
        return file.withLock { file in
            let descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0o600)
            let reason = descriptor < 0 ? String(cString: strerror(errno)) : nil
            if let file { close(file) }
            file = descriptor < 0 ? nil : descriptor
            return reason
        }
    }

    /// Writes a line; where the file takes it no more, standard error gets it.
    func write(_ line: String) {
        let bytes = Array((line + "\n").utf8)
        let isWritten = file.withLock { file in file.map { Self.write(bytes, to: $0) } ?? false }
        if !isWritten { _ = Self.write(bytes, to: STDERR_FILENO) }
    }

    private static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
        bytes.withUnsafeBytes { buffer in
            var done = 0
            while done < buffer.count {
                let count = Foundation.write(descriptor, buffer.baseAddress?.advanced(by: done), buffer.count - done)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { return false }
                done += count
            }
            return true
        }
    }
}
