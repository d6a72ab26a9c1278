import Metrics
import SystemResources

/// Connections and descriptors as `/metrics` shows them.
enum ConnectionMetrics {
    static func measure(_ gate: ConnectionGate, _ metrics: PrometheusRegistry, use: DescriptorUse = .now()) {
        let gauge = { (label: String, value: Int) in
            Gauge(label: label, factory: metrics).record(Double(value))
        }
        let counts = gate.counts
        gauge("offhook_web_connections", counts.open)
        gauge("offhook_web_connections_limit", gate.limits.total)
        gauge("offhook_web_connections_address_limit", gate.limits.perAddress)
        for refusal in ConnectionGate.Refusal.allCases {
            total("offhook_web_refused_total", ("because", refusal.rawValue), counts.refused[refusal] ?? 0, metrics)
        }
        total("offhook_web_refused_total", ("because", "not_accepted"), counts.notAccepted, metrics)
        gauge("offhook_descriptors_open", use.open)
        gauge("offhook_descriptors_limit", use.limit)
        gauge("offhook_descriptors_free", use.free)
    }

    private static func total(
        _ label: String, _ dimension: (String, String), _ value: Int, _ metrics: PrometheusRegistry
    ) {
        metrics.update(label, PrometheusRegistry.named([dimension]), .counter) { $0.value = Double(value) }
    }
}
