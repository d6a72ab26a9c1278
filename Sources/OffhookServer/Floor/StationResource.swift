import CampaignStore
import Campaigns
import Dialer
import HTTPTypes
import Hummingbird

/// All stations that a program sees.
public struct StationListView: Codable, Sendable, Hashable {
    public var stations: [StationView]
}

/// Why a station is paused.
public struct StationPauseBody: Codable, Sendable, Hashable {
    public var reason: String?
}

/// `/api/v1/stations`.
enum StationResource {
    private static let read = Access.interface(.manager, .stationsRead)
    private static let write = Access.interface(.manager, .stationsWrite)
    private static let answer = Operation.Answer(200, "as it is now", schema: "StationView")

    static func add(to table: inout RouteTable, _ parts: ServerParts) {
        describe(&table.schemas)
        table.get(
            "/api/v1/stations", read, "every station with its state and call",
            Operation(
                "listStations", tag: "stations", answers: [.init(200, "in configured order", schema: "StationListView")]
            )
        ) { _, context in
            let identity = try context.known()
            let stations = await parts.engine.stationStatus(of: nil)
            return Response.json(StationListView(stations: stations.map { StationView($0, for: identity) }))
        }
        table.get(
            "/api/v1/stations/{station}", read, "one station; a slash in its name is written %2F",
            Operation("readStation", tag: "stations", answers: [answer])
        ) { _, context in
            Response.json(try await view(of: try context.path("station"), parts, context))
        }
        table.add(
            .post, "/api/v1/stations/{station}/pause", write,
            "pauses a station: a running call goes on, no further one is placed",
            Operation("pauseStation", tag: "stations", request: "StationPauseBody", answers: [answer])
        ) { request, context in
            let body: StationPauseBody = try await request.decoded()
            let reason = body.reason.flatMap { $0.allSatisfy(\.isWhitespace) ? nil : String($0.prefix(200)) }
            return Response.json(try await set(reason ?? "paused by a manager", parts, context))
        }
        table.add(
            .post, "/api/v1/stations/{station}/ready", write,
            "makes a station ready again; also says that a phone that refused its passcode is well",
            Operation("readyStation", tag: "stations", answers: [answer])
        ) { _, context in
            Response.json(try await set(nil, parts, context))
        }
    }

    private static func describe(_ schemas: inout SchemaCatalog) {
        schemas.add(StationView.self)
        schemas.add(StationListView.self)
        schemas.add(StationPauseBody.self)
    }

    /// Pauses the station in the path, or makes it ready (nil).
    private static func set(
        _ reason: String?, _ parts: ServerParts, _ context: ServeContext
    ) async throws -> StationView {
        let station = try context.path("station")
        let identity = try context.known()
        if identity.visibleCampaigns != nil {
            let isServed = try parts.campaigns(for: identity).contains {
                $0.state != .archived && StationHolds.serves($0.campaign, station)
            }
            guard isServed else {
                throw Problem(
                    .forbidden,
                    "The station \(station) serves none of your campaigns; ask a manager who is not limited.",
                    code: "limited")
            }
        }
        try await parts.act(
            reason == nil ? "station_made_ready" : "station_paused", context, subject: "station \(station)",
            detail: reason
        ) {
            try parts.store.setPause(reason, station: station, at: parts.now())
        }
        return try await view(of: station, parts, context)
    }

    private static func view(
        of station: String, _ parts: ServerParts, _ context: ServeContext
    ) async throws -> StationView {
        if let status = await parts.engine.stationStatus(of: [station]).first {
            return StationView(status, for: try context.known())
        }
        // The engine may not drive it yet.
        let stored = try parts.store.devices().flatMap(\.stations).first { $0.name == station }
        guard let stored else { throw Problem.notFound("station “\(station)”") }
        return StationView(stored)
    }
}

extension StationView {
    /// A station that no engine drives.
    init(_ stored: StoredStation) {
        name = stored.name
        state = StationState.unknown.rawValue
        detail = stored.pausedReason ?? ""
        agent = stored.agent
        isStaffed = false
        pausedReason = stored.pausedReason
    }
}
