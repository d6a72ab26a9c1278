import Synchronization
import SystemResources

/// Counts the connections of the web pages, and says which one is too many.
///
/// Connections are counted by the address at their other end. Behind a trusted proxy that is the proxy's, which is not held against
/// it: there the requests under way are counted by the client that the proxy names. A live stream of events is a request under way for as
/// long as it lasts.
public final class ConnectionGate: Sendable {
    /// Why a connection or a request is not let in.
    public enum Refusal: String, Error, Sendable, Hashable, CaseIterable {
        /// There are as many connections as there may be.
        case total
        /// Its address has as many as one may have.
        case address
        /// The descriptors that are left are kept for engine, phones and database.
        case descriptors
        /// The client behind a proxy has as many requests under way as one may have.
        case requests
    }

    /// What is open and what was refused so far.
    public struct Counts: Sendable, Hashable {
        /// Connections that are open.
        public var open = 0
        /// Refusals since the start.
        public var refused: [Refusal: Int] = [:]
        /// Connections that the system did not hand over, for want of descriptors or memory.
        public var notAccepted = 0
    }

    private struct State {
        var counts = Counts()
        var connections: [String: Int] = [:]
        var requests: [String: Int] = [:]
    }

    let limits: ConnectionLimits
    private let proxies: Set<String>
    private let descriptors: Int
    private let lowestFree: @Sendable () -> Int?
    private let state = Mutex(State())

    /// A gate with nothing open.
    ///
    /// - Parameters:
    ///   - proxies: addresses of trusted proxies, which are not counted as clients.
    ///   - descriptors: how many the process may have open.
    ///   - lowestFree: the number that the next descriptor would get; nil where there is none.
    init(
        _ limits: ConnectionLimits, proxies: Set<String> = [], descriptors: Int = DescriptorLimit.current,
        lowestFree: @escaping @Sendable () -> Int? = DescriptorUse.lowestFree
    ) {
        self.limits = limits
        self.proxies = Set(proxies.map(ClientNetwork.key))
        self.descriptors = descriptors
        self.lowestFree = lowestFree
    }

    /// What is open and what was refused so far.
    public var counts: Counts { state.withLock { $0.counts } }

    /// Lets a connection in and counts it until ``closed(_:)``.
    ///
    /// - Parameter address: at its other end.
    /// - Throws: why it is one too many; nothing is counted as open then.
    func open(_ address: String) throws(Refusal) {
        let key = ClientNetwork.key(of: address)
        // All numbers below the lowest free one are taken: what is above it is all that can be left.
        let isScarce = lowestFree().map { $0 >= descriptors - limits.spare } ?? true
        let refusal: Refusal? = state.withLock { state in
            let refusal: Refusal? =
                if isScarce {
                    .descriptors
                } else if state.counts.open >= limits.total {
                    .total
                } else if !proxies.contains(key), state.connections[key, default: 0] >= limits.perAddress {
                    .address
                } else { nil }
            if let refusal {
                state.counts.refused[refusal, default: 0] += 1
            } else {
                state.counts.open += 1
                state.connections[key, default: 0] += 1
            }
            return refusal
        }
        if let refusal { throw refusal }
    }

    /// A connection that was let in is closed.
    func closed(_ address: String) {
        let key = ClientNetwork.key(of: address)
        state.withLock { state in
            state.counts.open -= 1
            Self.countDown(&state.connections, key)
        }
    }

    /// Counts a request of a client behind a trusted proxy for as long as what comes back is kept; nil where the client is counted by its
    /// connections.
    ///
    /// - Parameters:
    ///   - client: the address that the proxy names.
    ///   - connection: the address at the other end of the connection.
    /// - Throws: `.requests` where the client has as many under way as one may have.
    func begin(client: String, over connection: String) throws(Refusal) -> RequestUnderWay? {
        guard client != connection, proxies.contains(ClientNetwork.key(of: connection)) else { return nil }
        let key = ClientNetwork.key(of: client)
        let isTooMany = state.withLock { state in
            guard state.requests[key, default: 0] < limits.perAddress else {
                state.counts.refused[.requests, default: 0] += 1
                return true
            }
            state.requests[key, default: 0] += 1
            return false
        }
        if isTooMany { throw .requests }
        return RequestUnderWay { [self] in state.withLock { Self.countDown(&$0.requests, key) } }
    }

    /// The system had no descriptor or memory for a connection.
    func noteNotAccepted() {
        state.withLock { $0.counts.notAccepted += 1 }
    }

    /// Takes one off, and forgets whoever has none: addresses are not kept.
    private static func countDown(_ counts: inout [String: Int], _ key: String) {
        guard let count = counts[key] else { return }
        counts[key] = count > 1 ? count - 1 : nil
    }

    /// How many addresses something is counted for.
    var addressesKept: Int { state.withLock { $0.connections.count + $0.requests.count } }
}

/// A request that counts until this is gone, however it ended: answered, cut off, or with its connection.
final class RequestUnderWay: Sendable {
    private let end: @Sendable () -> Void

    init(_ end: @escaping @Sendable () -> Void) {
        self.end = end
    }

    deinit { end() }
}
