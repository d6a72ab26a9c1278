import CampaignStore
import HTTPTypes
import HummingbirdTesting
import Synchronization
import SystemResources
import Testing

@testable import OffhookServer

@Suite("The gate of connections") struct ConnectionGateTests {
    /// A gate for 8 connections, 3 of one address, and what is kept free of 100 descriptors.
    private static func gate(
        proxies: Set<String> = [], lowestFree: @escaping @Sendable () -> Int? = { 5 }
    ) -> ConnectionGate {
        ConnectionGate(
            ConnectionLimits(descriptors: 1000, phones: 0, total: 8, perAddress: 3), proxies: proxies,
            descriptors: 100, lowestFree: lowestFree)
    }

    private func refusal(_ gate: ConnectionGate, _ address: String) -> ConnectionGate.Refusal? {
        do throws(ConnectionGate.Refusal) {
            try gate.open(address)
            return nil
        } catch { return error }
    }

    @Test("one address has its share and no more, the others still get in, and what is closed makes room")
    func address() {
        let gate = Self.gate()
        for _ in 1...3 { #expect(refusal(gate, "192.0.2.1") == nil) }
        #expect(refusal(gate, "192.0.2.1") == .address)
        #expect(refusal(gate, "::ffff:192.0.2.1") == .address)
        #expect(refusal(gate, "192.0.2.2") == nil)
        gate.closed("192.0.2.1")
        #expect(refusal(gate, "192.0.2.1") == nil)
        #expect(gate.counts.open == 4)
        #expect(gate.counts.refused == [.address: 2])
    }

    @Test("all together have no more than there may be, and a refused one does not count as open")
    func total() {
        let gate = Self.gate()
        for index in 1...8 { #expect(refusal(gate, "192.0.2.\(index)") == nil) }
        for index in 9...20 { #expect(refusal(gate, "192.0.2.\(index)") == .total) }
        gate.closed("192.0.2.5")
        #expect(refusal(gate, "192.0.2.20") == nil)
        #expect(gate.counts.open == 8)
    }

    @Test("a proxy that is trusted is no client: it has as many as all together")
    func proxy() {
        let gate = Self.gate(proxies: ["127.0.0.1"])
        for _ in 1...8 { #expect(refusal(gate, "::ffff:127.0.0.1") == nil) }
        #expect(refusal(gate, "127.0.0.1") == .total)
    }

    /// The number of the next descriptor, as a test says.
    private final class Lowest: Sendable {
        private let number: Mutex<Int?>
        init(_ number: Int?) { self.number = Mutex(number) }
        var now: Int? { number.withLock { $0 } }
        func set(_ number: Int?) { self.number.withLock { $0 = number } }
    }

    @Test("descriptors that are kept for the engine are not given away, however few connections there are")
    func descriptors() {
        let free = Lowest(51)
        let gate = ConnectionGate(
            ConnectionLimits(descriptors: 1000, phones: 0, total: 8, perAddress: 8), descriptors: 100,
            lowestFree: { free.now })
        #expect(gate.limits.spare == 48)
        #expect(refusal(gate, "192.0.2.1") == nil)
        free.set(52)
        #expect(refusal(gate, "192.0.2.1") == .descriptors)
        free.set(nil)
        #expect(refusal(gate, "192.0.2.1") == .descriptors)
        free.set(10)
        #expect(refusal(gate, "192.0.2.1") == nil)
    }

    @Test("no address is kept of which nothing is open")
    func forgets() throws {
        let gate = Self.gate(proxies: ["127.0.0.1"])
        for index in 1...200 {
            try gate.open("192.0.2.\(index)")
            gate.closed("192.0.2.\(index)")
            _ = try gate.begin(client: "198.51.100.\(index)", over: "127.0.0.1")
        }
        #expect(gate.addressesKept == 0)
        #expect(gate.counts.open == 0)
    }

    @Test("behind a proxy the requests of each client count until they are over, and only what a proxy says counts")
    func requests() throws {
        let gate = Self.gate(proxies: ["127.0.0.1"])
        var underWay = try (1...3).map { _ in try gate.begin(client: "192.0.2.1", over: "127.0.0.1") }
        #expect(underWay.allSatisfy { $0 != nil })
        #expect(throws: ConnectionGate.Refusal.requests) { try gate.begin(client: "192.0.2.1", over: "127.0.0.1") }
        #expect(try gate.begin(client: "192.0.2.2", over: "127.0.0.1") != nil)
        underWay.removeLast()
        #expect(try gate.begin(client: "192.0.2.1", over: "127.0.0.1") != nil)
        // Who comes without a proxy is counted by connections.
        #expect(try gate.begin(client: "192.0.2.9", over: "192.0.2.9") == nil)
        #expect(try gate.begin(client: "127.0.0.1", over: "127.0.0.1") == nil)
    }

    @Test("a client behind a proxy that has too much under way gets 429, live streams counted, and others are served")
    func middleware() async throws {
        let bench = try ServerBench(trustedProxies: ["unknown"])
        let gate = bench.parts.connections
        let session = try bench.session(of: try await bench.user("mia", .manager))
        try await bench.run { client async throws in
            let from: @Sendable (String) -> HTTPFields = { session.headers.with("X-Forwarded-For", $0) }
            async let stream = client.get("/events", from("192.0.2.1"))
            while await bench.hub.listenerCounts.values.reduce(0, +) == 0 {
                try await Task.sleep(for: .milliseconds(2))
            }
            var others: [RequestUnderWay] = []
            for _ in 1..<gate.limits.perAddress {
                others.append(try #require(try gate.begin(client: "192.0.2.1", over: "unknown")))
            }
            let refused = try await client.get("/api/v1/me", from("192.0.2.1"))
            #expect(refused.status == .tooManyRequests)
            #expect(refused.headers[.retryAfter] == "5")
            #expect(refused.text.contains("Close some pages"))
            #expect(try await client.get("/api/v1/me", from("192.0.2.2")).status == .ok)
            // The stream ends, and its place is free.
            await bench.hub.closeAll()
            _ = try await stream
            while gate.addressesKept > 1 { try await Task.sleep(for: .milliseconds(2)) }
            #expect(try await client.get("/api/v1/me", from("192.0.2.1")).status == .ok)
            others = []
            #expect(gate.addressesKept == 0)
        }
    }

    @Test("connections, refusals and descriptors are in the metrics")
    func metrics() throws {
        let gate = Self.gate()
        let metrics = PrometheusRegistry()
        for _ in 1...5 { try? gate.open("192.0.2.1") }
        gate.noteNotAccepted()
        ConnectionMetrics.measure(gate, metrics, use: DescriptorUse(open: 40, limit: 256))
        for line in [
            "offhook_web_connections 3", "offhook_web_connections_limit 8",
            #"offhook_web_refused_total{because="address"} 2"#, #"offhook_web_refused_total{because="total"} 0"#,
            #"offhook_web_refused_total{because="not_accepted"} 1"#, "offhook_descriptors_open 40",
            "offhook_descriptors_limit 256", "offhook_descriptors_free 216",
            "# TYPE offhook_web_refused_total counter",
        ] {
            #expect(metrics.text.split(separator: "\n").contains(Substring(line)), "\(line): \(metrics.text)")
        }
    }
}
