import CampaignStore
import Logging
import Campaigns
import Dialer
import HTTPTypes
import Hummingbird
import Metrics
import Synchronization

/// What watches the server: whether it is well, and its metrics.
enum HealthRoutes {
    static func add(to table: inout RouteTable, _ parts: ServerParts) {
        let proof = WriteProof()
        table.get("/healthz", .anybody, "whether the database takes writes and the engine runs") { _, _ in
            let isWritable = proof.isWritable(parts)
            let isRunning = await parts.engine.isRunning
            let health = Health(
                isWell: isWritable && isRunning, isDatabaseWritable: isWritable, isEngineRunning: isRunning,
                isStopping: await parts.engine.isStopping)
            return Response.json(health, status: health.isWell ? .ok : .serviceUnavailable)
        }
        table.get(
            "/metrics", .interface(.administrator, .metricsRead), "metrics in the text format of Prometheus"
        ) { _, _ in
            await measure(parts)
            return Response(
                status: .ok, headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"],
                body: .init(byteBuffer: .init(string: parts.metrics.text)))
        }
    }

    /// What is worth knowing at the moment of asking.
    private static func measure(_ parts: ServerParts) async {
        let gauge = { (label: String, dimensions: [(String, String)], value: Double) in
            Gauge(label: label, dimensions: dimensions, factory: parts.metrics).record(value)
        }
        ConnectionMetrics.measure(parts.connections, parts.metrics)
        gauge("offhook_database_log_bytes", [], Double(parts.store.writeAheadLog.bytes))
        for (kind, count) in await parts.hub.listenerCounts {
            gauge("offhook_live_connections", [("stream", kind)], Double(count))
        }
        if let size = try? parts.store.databaseSize(at: parts.now()) {
            gauge("offhook_database_bytes", [], Double(size.bytes))
            gauge("offhook_database_free_bytes", [], Double(size.freeBytes))
            if let growth = size.growthADay { gauge("offhook_database_growth_bytes_a_day", [], Double(growth)) }
        }
        if let since = try? parts.store.erasureResidueSince() {
            gauge("offhook_erasure_residue_seconds", [], parts.now().since(since).inSeconds)
        } else {
            gauge("offhook_erasure_residue_seconds", [], 0)
        }
        guard let status = try? await parts.engine.status() else { return }
        gauge("offhook_uptime_seconds", [], status.now.since(status.startedAt).inSeconds)
        for state in StationState.allCases {
            let count = status.stations.count { $0.state == state }
            gauge("offhook_stations", [("state", state.rawValue)], Double(count))
        }
        for outcome in Outcome.allCases {
            gauge("offhook_calls", [("outcome", outcome.rawValue)], Double(status.outcomes[outcome] ?? 0))
        }
        for (device, health) in status.devices {
            guard let latency = health.latency else { continue }
            gauge("offhook_poll_latency_seconds", [("device", device)], latency.inSeconds)
        }
    }
}

/// Whether the database takes writes, tried once a second at most: anybody may ask, and nobody may keep it busy by asking.
private final class WriteProof: Sendable {
    private let last = Mutex<(at: ContinuousClock.Instant, isWritable: Bool)?>(nil)

    func isWritable(_ parts: ServerParts) -> Bool {
        last.withLock { last in
            if let last, last.at.duration(to: .now) < .seconds(1) { return last.isWritable }
            var isWritable = true
            do {
                try parts.store.proveWritable()
            } catch {
                parts.logger.of(.store).warning("\(LoggedError.text(error))")
                isWritable = false
            }
            last = (.now, isWritable)
            return isWritable
        }
    }
}

/// The answer of `/healthz`.
struct Health: Codable, Sendable {
    var isWell: Bool
    var isDatabaseWritable: Bool
    var isEngineRunning: Bool
    var isStopping: Bool
}
