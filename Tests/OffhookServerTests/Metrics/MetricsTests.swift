import CampaignStore
import Dialer
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

    @Test("gauges that are set together forget what is not among them any more")
    func together() {
        let registry = PrometheusRegistry()
        registry.setGauges("age", [([("device", "a")], 1), ([("device", "b")], 2.5)])
        #expect(registry.text.contains(#"age{device="b"} 2.5"#))
        registry.setGauges("age", [([("device", "a")], 3)])
        #expect(registry.text.contains(#"age{device="a"} 3"#) && !registry.text.contains("b"))
        registry.setGauges("age", [])
        #expect(registry.text.isEmpty)
    }

    @Test("a histogram that somebody else counts has the same buckets, each with what is smaller")
    func counted() {
        let registry = PrometheusRegistry()
        registry.setHistogram(
            "late_seconds", bounds: [0.004, 0.005, 0.0075, 0.5, 0.75, 60], counts: [1, 2, 4, 8, 16, 32, 64], sum: 12.5)
        let lines = registry.text.split(separator: "\n").map(String.init)
        for line in [
            #"late_seconds_bucket{le="0.005"} 3"#, #"late_seconds_bucket{le="0.01"} 7"#,
            #"late_seconds_bucket{le="0.5"} 15"#, #"late_seconds_bucket{le="1.0"} 31"#,
            #"late_seconds_bucket{le="10.0"} 31"#, #"late_seconds_bucket{le="+Inf"} 127"#, "late_seconds_sum 12.5",
            "late_seconds_count 127", "# TYPE late_seconds histogram",
        ] {
            #expect(lines.contains(line), "\(line): \(lines)")
        }
        let bounds = Set(LatenessWindow.bounds)
        #expect(PrometheusRegistry.buckets.allSatisfy(bounds.contains), "the engine counts as finely")
    }
}
