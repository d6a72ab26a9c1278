import Foundation

/// A socket that listens on this computer and remembers whether anybody ever connected to it.
final class UntouchedListener {
    let port: UInt16
    private let descriptor: Int32

    init() throws {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | O_CLOEXEC, 0)
        self.descriptor = descriptor
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                bind(descriptor, generic, length) == 0 && listen(descriptor, 64) == 0
                    && getsockname(descriptor, generic, &length) == 0
            }
        }
        guard isBound else { throw ProgramProblem(description: "no socket to listen on: \(errno)") }
        port = UInt16(bigEndian: address.sin_port)
        _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
    }

    deinit { close(descriptor) }

    /// Whether a connection waits to be accepted: one that was closed again waits as well.
    var wasContacted: Bool {
        let connection = accept(descriptor, nil, nil)
        guard connection >= 0 else { return errno != EAGAIN }
        close(connection)
        return true
    }
}

/// The TCP and UDP sockets of a process, as the system lists them.
struct SocketList {
    struct Entry: Hashable {
        /// The local and the remote address, such as `127.0.0.1:8080`.
        var local: String
        var remote: String
    }

    /// - Parameter process: of this user; one that has ended has none.
    static func of(_ process: Int32) -> Set<Entry> {
        let folder = "/proc/\(process)/fd"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        let inodes = Set(
            names.compactMap { try? FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/\($0)") }
                .filter { $0.hasPrefix("socket:[") }.map { $0.dropFirst(8).dropLast() })
        var entries: Set<Entry> = []
        for table in ["tcp", "tcp6", "udp", "udp6"] {
            let text = (try? String(contentsOfFile: "/proc/\(process)/net/\(table)", encoding: .utf8)) ?? ""
            for line in text.split(separator: "\n").dropFirst() {
                let fields = line.split(separator: " ")
                guard fields.count > 9, inodes.contains(fields[9]) else { continue }
                entries.insert(Entry(local: spoken(fields[1]), remote: spoken(fields[2])))
            }
        }
        return entries
    }

    /// `0100007F:1F90` as `127.0.0.1:8080`; an IPv6 address stays as it is.
    private static func spoken(_ text: Substring) -> String {
        let parts = text.split(separator: ":")
        guard parts.count == 2, parts[0].count == 8, let address = UInt32(parts[0], radix: 16),
            let port = UInt16(parts[1], radix: 16)
        else { return String(text) }
        let bytes = (0..<4).map { String(address >> (8 * $0) & 0xff) }
        return "\(bytes.joined(separator: ".")):\(port)"
    }
}
