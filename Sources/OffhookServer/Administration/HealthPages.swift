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
        let status = try await parts.engine.status()
        let time = ViewerTime(request, context)
        let listeners = await parts.hub.listenerCounts
        var databaseProblem: String?
        do {
            try parts.store.proveWritable()
        } catch {
            databaseProblem = parts.told(error)
        }
        let isRunning = await parts.engine.isRunning
        let report = try parts.store.retentionReport()
        let periods = try parts.store.retentionPeriods()
        let states = Dictionary(grouping: status.stations, by: \.state).sorted { $0.key.rawValue < $1.key.rawValue }
        return try AdministrationPages.page(
            "health", title: "Health",
            [
                "isRunning": isRunning, "isStopping": status.isStopping, "databaseProblem": databaseProblem,
                "trouble": status.trouble, "held": status.held.map(\.reason.text), "hasHeld": !status.held.isEmpty,
                "started": time.element(status.startedAt), "now": time.element(status.now),
                "states": states.map { state, stations in
                    [
                        "name": StateText.text(of: state), "look": StateText.look(of: state), "count": stations.count,
                    ] as [String: Any]
                }, "hasStations": !states.isEmpty, "callsLastMinute": status.callsLastMinute,
                "remaining": status.contacts.remaining, "total": status.contacts.total,
                "desks": listeners["desk"] ?? 0, "floors": listeners["floor"] ?? 0, "streams": listeners["events"] ?? 0,
                "database": parts.store.path.split(separator: "/").last.map(String.init),
                "log": LogSize.element(parts.store.writeAheadLog), "problems": problems,
                "wasChecked": problems != nil, "isSound": problems?.isEmpty ?? false, "size": try size(parts),
                "residue": try parts.store.erasureResidueSince() != nil, "swept": report.map { time.element($0.at) },
                "sweptWhat": report?.text, "keepsCalls": report?.keepsCalls,
                "periods": RetentionKind.allCases.map {
                    let label = $0.label.prefix(1).uppercased() + $0.label.dropFirst()
                    return ["label": label, "period": DurationText.write(periods[$0])]
                }, "hasCharts": parts.staticFiles.hasCharts,
            ], parts, request, context)
    }
}
