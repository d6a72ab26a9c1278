import CampaignStore
import Campaigns
import Dialer
import HTTPTypes
import Hummingbird

/// What programs ask to watch the server: whether it lives, whether it can work, how it is, and its metrics.
///
/// Whether it lives and whether it can work is told to anybody, and costs nothing: it neither waits for the engine nor touches the
/// database. The answers name nobody and count nothing.
enum HealthRoutes {
    static func add(to table: inout RouteTable, _ parts: ServerParts) {
        table.get("/healthz/live", .anybody, "whether the engine goes on without being started again") { _, _ in
            let isAlive = parts.engine.pulse.reading().isAlive
            return Response.json(Liveness(isAlive: isAlive), status: isAlive ? .ok : .serviceUnavailable)
        }
        for path in ["/healthz/ready", "/healthz"] {
            table.get(path, .anybody, "whether the service can do its work now, and why not") { _, _ in
                let ready = Readiness(parts.engine.pulse.reading())
                return Response.json(ready, status: ready.isWell ? .ok : .serviceUnavailable)
            }
        }
        table.schemas.add(HealthView.self)
        table.get(
            "/api/v1/health", .interface(.administrator, .metricsRead), "how the service is, with ages and reasons",
            Operation(
                "readHealth", tag: "health",
                answers: [.init(200, "as it is now; is_ready says whether it can work", schema: "HealthView")])
        ) { _, _ in
            Response.json(HealthView(try await HealthReport(of: parts)))
        }
        table.get(
            "/metrics", .interface(.administrator, .metricsRead), "metrics in the text format of Prometheus"
        ) { _, _ in
            await HealthMetrics.measure(parts)
            return Response(
                status: .ok, headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"],
                body: .init(byteBuffer: .init(string: parts.metrics.text)))
        }
    }
}

/// The answer of `/healthz/live`.
struct Liveness: Codable, Sendable {
    var isAlive: Bool
}

/// The answer of `/healthz/ready`, and of `/healthz`, which scripts have known longer.
struct Readiness: Codable, Sendable {
    /// Something that keeps the service from its work now.
    struct Obstacle: Codable, Sendable {
        var code: String
        var text: String

        init(_ reason: Reason) {
            code = reason.code
            text = reason.text
        }
    }

    var isWell: Bool
    var isDatabaseWritable: Bool
    var isEngineRunning: Bool
    var isStopping: Bool
    var reasons: [Obstacle]

    init(_ reading: EngineReading) {
        isWell = reading.isReady
        isDatabaseWritable = reading.isDatabaseWritable
        isEngineRunning = reading.phase == .running
        isStopping = reading.isStopping
        reasons = reading.obstacles.map(Obstacle.init)
    }
}
