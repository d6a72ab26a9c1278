import CampaignStore
import Campaigns
import Dialer
import Metrics

/// What `/metrics` tells beside requests: what is worth knowing at the moment of asking.
enum HealthMetrics {
    /// Brings all gauges up to date.
    static func measure(_ parts: ServerParts) async {
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
        guard let report = try? await HealthReport(of: parts) else { return }
        tell(report, parts.metrics)
        guard let status = report.status else { return }
        gauge("offhook_uptime_seconds", [], status.now.since(status.startedAt).inSeconds)
        for state in StationState.allCases {
            let count = status.stations.count { $0.state == state }
            gauge("offhook_stations", [("state", state.rawValue)], Double(count))
        }
        for outcome in Outcome.allCases {
            gauge("offhook_calls", [("outcome", outcome.rawValue)], Double(status.outcomes[outcome] ?? 0))
        }
        parts.metrics.setGauges(
            "offhook_poll_latency_seconds",
            status.devices.compactMap { device, health in
                health.latency.map { ([("device", device)], $0.inSeconds) }
            })
    }

    /// How the service is.
    private static func tell(_ report: HealthReport, _ registry: PrometheusRegistry) {
        let reading = report.reading
        let gauge = { (label: String, dimensions: [(String, String)], value: Double?) in
            guard let value else { return }
            Gauge(label: label, dimensions: dimensions, factory: registry).record(value)
        }
        gauge("offhook_alive", [], reading.isAlive ? 1 : 0)
        gauge("offhook_ready", [], reading.isReady ? 1 : 0)
        gauge("offhook_dialing_held", [], report.isDialingHeld ? 1 : 0)
        gauge("offhook_last_write_age_seconds", [], reading.sinceWrite?.inSeconds)
        gauge("offhook_last_poll_age_seconds", [], reading.sinceAnswer?.inSeconds)
        gauge("offhook_overdue_seconds", [], reading.overdue.inSeconds)
        for (name, lateness) in [("poll", reading.polls), ("intent", reading.intents)] {
            gauge("offhook_\(name)_lateness_most_seconds", [], lateness.minute.most.inSeconds)
            gauge("offhook_\(name)_lateness_p99_seconds", [], lateness.minute.p99.inSeconds)
            registry.setHistogram(
                "offhook_\(name)_lateness_seconds", bounds: LatenessWindow.bounds, counts: lateness.counts,
                sum: lateness.sum.inSeconds)
        }
        let phones = report.status?.answerAges ?? [:]
        registry.setGauges("offhook_poll_age_seconds", phones.map { ([("device", $0.key)], $0.value.inSeconds) })
        gauge("offhook_disk_free_bytes", [], report.room.freeDisk.map(Double.init))
        for kind in DataAge.Kind.allCases {
            let label = kind.rawValue
            let ages = (report.ages ?? []).filter { $0.kind == kind }
            registry.setGauges(
                "offhook_\(label)_age_seconds",
                ages.compactMap { age in age.since.map { ([(label, age.name)], report.at.since($0).inSeconds) } })
            registry.setGauges(
                "offhook_\(label)_seconds_left",
                ages.compactMap { age in age.until.map { ([(label, age.name)], $0.since(report.at).inSeconds) } })
        }
    }
}
