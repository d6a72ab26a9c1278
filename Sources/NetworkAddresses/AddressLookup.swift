@preconcurrency import Dispatch
import Foundation

/// Asks the system for addresses.
public enum AddressLookup {
    /// The IP addresses of a host, a name or an address; none where the name leads nowhere. It waits for the network; see
    /// ``onQueue(_:)``.
    public static func addresses(of host: String) -> Set<IPAddress> {
        var hints = addrinfo()
        hints.ai_socktype = CInt(SOCK_STREAM.rawValue)
        var found: UnsafeMutablePointer<addrinfo>?
        let bare = host.hasPrefix("[") && host.hasSuffix("]") ? String(host.dropFirst().dropLast()) : host
        guard getaddrinfo(bare, nil, &hints, &found) == 0 else { return IPAddress(host).map { [$0] } ?? [] }
        defer { freeaddrinfo(found) }
        var result: Set<IPAddress> = []
        var next = found
        while let entry = next {
            if let address = entry.pointee.ai_addr.flatMap({ read($0) }) { result.insert(address) }
            next = entry.pointee.ai_next
        }
        return result
    }

    /// The addresses of this computer's interfaces.
    ///
    /// - Throws: ``LookupFailure``.
    public static func own() throws -> Set<IPAddress> {
        var first: UnsafeMutablePointer<ifaddrs>?
        guard getifaddrs(&first) == 0 else {
            throw LookupFailure(detail: String(cString: strerror(errno)))
        }
        defer { freeifaddrs(first) }
        var result: Set<IPAddress> = []
        var next = first
        while let entry = next {
            if let address = entry.pointee.ifa_addr.flatMap({ read($0) }) { result.insert(address) }
            next = entry.pointee.ifa_next
        }
        return result
    }

    private static func read(_ socket: UnsafeMutablePointer<sockaddr>) -> IPAddress? {
        switch CInt(socket.pointee.sa_family) {
        case AF_INET:
            socket.withMemoryRebound(to: sockaddr_in.self, capacity: 1) { address in
                withUnsafeBytes(of: address.pointee.sin_addr) { IPAddress(bytes: Array($0)) }
            }
        case AF_INET6:
            socket.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) { address in
                withUnsafeBytes(of: address.pointee.sin6_addr) { IPAddress(bytes: Array($0)) }
            }
        default: nil
        }
    }

    /// Looking up names waits for the network, which no thread of a server's may.
    private static let queue = DispatchQueue(label: "offhook.addresses", attributes: .concurrent)

    /// Does what waits for the network beside the threads that answers and calls run on.
    public static func onQueue<Result: Sendable>(
        _ work: @escaping @Sendable () throws -> Result
    ) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Swift.Result { try work() }) }
        }
    }
}

/// The system did not say what its addresses are.
public struct LookupFailure: Error, Sendable, Hashable, CustomStringConvertible {
    public var detail: String
    public var description: String {
        "The addresses of this computer cannot be read: \(detail). Try again; if it stays so, restart Offhook."
    }
}
