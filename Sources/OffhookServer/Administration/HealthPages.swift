import CampaignStore
import Campaigns
import Dialer
import Foundation
import Hummingbird

/// Whether all is well, for people; programs ask `/healthz` and `/metrics`.
enum HealthPages {
    static func add(to table: inout RouteTable, _ parts: ServerParts) {
        table.get("/administration/health", .page(.administrator), "engine, database, phones and pages at a glance") {
            request, context in
            try await page(parts, request, context)
        }
        table.post("/administration/health/check", .page(.administrator), "looks for contradictions in the database") {
            request, context in
            let store = parts.store
            let problems = try await parts.longWork.run(within: nil) { try store.problems() }
            return try await page(parts, request, context, problems: problems)
        }
    }

    private static func size(_ parts: ServerParts) throws -> [String: Any] {
        let size = try parts.store.databaseSize(at: parts.now())
        return [
            "total": ByteText.of(size.bytes), "free": ByteText.of(size.freeBytes),
            "growth": size.growthADay.map(ByteText.of) ?? "not known before tomorrow",
        ]
    }

    private static func page(
        _ parts: ServerParts, _ request: Request, _ context: ServeContext, problems: [String]? = nil
    ) async throws -> Response {
        let report = try await HealthReport(of: parts)
        let time = ViewerTime(request, context)
        let listeners = await parts.hub.listenerCounts
        // A database that cannot be read is no reason to show nothing of the rest.
        let kept = try? parts.store.retentionReport()
        let periods = try? parts.store.retentionPeriods()
        var model: PageModel = [
            "trouble": report.status?.trouble,
            "desks": listeners["desk"] ?? 0, "floors": listeners["floor"] ?? 0, "streams": listeners["events"] ?? 0,
            "database": parts.store.path.split(separator: "/").last.map(String.init),
            "log": LogSize.element(parts.store.writeAheadLog), "problems": problems,
            "wasChecked": problems != nil, "isSound": problems?.isEmpty ?? false, "size": try? size(parts),
            "residue": (try? parts.store.erasureResidueSince()) != nil, "swept": kept.map { time.element($0.at) },
            "sweptWhat": kept?.text, "keepsCalls": kept?.keepsCalls,
            "periods": RetentionKind.allCases.map { kind in
                let label = kind.label.prefix(1).uppercased() + kind.label.dropFirst()
                return ["label": label, "period": periods.map { periods in DurationText.write(periods[kind]) } ?? "–"]
            }, "hasCharts": parts.staticFiles.hasCharts,
        ]
        model.merge(HealthPageModel.model(of: report, time)) { $1 }
        if let status = report.status { model.merge(now(status, time)) { $1 } }
        return try AdministrationPages.page("health", title: "Health", model, parts, request, context)
    }

    /// What the engine says of itself.
    private static func now(_ status: EngineStatus, _ time: ViewerTime) -> PageModel {
        let states = Dictionary(grouping: status.stations, by: \.state).sorted { $0.key.rawValue < $1.key.rawValue }
        return [
            "started": time.element(status.startedAt), "now": time.element(status.now),
            "states": states.map { state, stations in
                [
                    "name": StateText.text(of: state), "look": StateText.look(of: state), "count": stations.count,
                ] as [String: Any]
            }, "hasStations": !states.isEmpty, "callsLastMinute": status.callsLastMinute,
            "remaining": status.contacts.remaining, "total": status.contacts.total,
        ]
    }
}
