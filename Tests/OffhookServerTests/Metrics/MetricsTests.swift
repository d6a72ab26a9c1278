import CampaignStore
import HTTPTypes
import HummingbirdTesting
import Metrics
import Testing

@testable import OffhookServer

@Suite("Metrics and health") struct MetricsTests {
    @Test("counters, gauges and histograms are written as Prometheus reads them")
    func text() {
        let registry = PrometheusRegistry()
        Counter(label: "calls_total", dimensions: [("outcome", "a\"b\\c")], factory: registry).increment(by: 3)
        Gauge(label: "stations", factory: registry).record(2.5)
        let timer = Metrics.Timer(label: "took_seconds", factory: registry)
        timer.recordNanoseconds(20_000_000)
        timer.recordNanoseconds(60_000_000_000)
        let lines = registry.text.split(separator: "\n").map(String.init)
        #expect(lines.contains("# TYPE calls_total counter"))
        #expect(lines.contains(#"calls_total{outcome="a\"b\\c"} 3"#))
        #expect(lines.contains("stations 2.5"))
        #expect(lines.contains(#"took_seconds_bucket{le="0.01"} 0"#))
        #expect(lines.contains(#"took_seconds_bucket{le="0.025"} 1"#))
        #expect(lines.contains(#"took_seconds_bucket{le="+Inf"} 2"#))
        #expect(lines.contains("took_seconds_count 2"))
    }

    @Test("requests are counted by their route's pattern, never by what stands in the address")
    func patterns() async throws {
        let bench = try ServerBench()
        try await bench.run { client async throws in
            _ = try await client.get("/setup/a-secret-of-ours?x=another")
            let text = bench.parts.metrics.text
            #expect(text.contains(#"route="/setup/{secret}""#))
            #expect(!text.contains("a-secret-of-ours") && !text.contains("another"))
        }
    }

    @Test("the size of the database, its log and what an erasure left there are gauges, and stand on the health page")
    func database() async throws {
        let bench = try ServerBench()
        let root = try bench.session(of: try await bench.user("root", .administrator))
        try await bench.run { client async throws in
            let text = try await client.get("/metrics", root.headers).text
            for name in ["bytes", "free_bytes", "log_bytes"] {
                #expect(text.contains("\noffhook_database_\(name) "), "\(name): \(text)")
            }
            #expect(text.contains("\noffhook_erasure_residue_seconds 0\n"))
            let page = try await client.get("/administration/health", root.headers).text
            for words in ["Growth a day", "of it free", "complete", "Notes of calls", "365d", "none yet"] {
                #expect(page.contains(words), "\(words)")
            }
        }
    }

    @Test("an engine that does not run is told by healthz")
    func health() async throws {
        let bench = try ServerBench()
        try await bench.run { client async throws in
            let answer = try await client.get("/healthz")
            #expect(answer.status == .serviceUnavailable)
            #expect(answer.text.contains("\"is_database_writable\":true"))
            #expect(answer.text.contains("\"is_engine_running\":false"))
        }
    }
}
