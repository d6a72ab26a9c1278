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
        for (device, health) in status.devices {
            guard let latency = health.latency else { continue }
            gauge("offhook_poll_latency_seconds", [("device", device)], latency.inSeconds)
        }
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
        for (device, age) in report.status?.answerAges ?? [:] {
            gauge("offhook_poll_age_seconds", [("device", device)], age.inSeconds)
        }
        gauge("process_open_fds", [], report.room.openDescriptors.map(Double.init))
        gauge("process_max_fds", [], report.room.descriptorLimit.map(Double.init))
        gauge("offhook_disk_free_bytes", [], report.room.freeDisk.map(Double.init))
        for age in report.ages ?? [] {
            let name = [(age.kind.rawValue, age.name)]
            gauge("offhook_\(age.kind.rawValue)_age_seconds", name, age.since.map { report.at.since($0).inSeconds })
            gauge("offhook_\(age.kind.rawValue)_seconds_left", name, age.until.map { $0.since(report.at).inSeconds })
        }
    }
}
