import CampaignStore
import Dialer
import HTTPTypes
import Hummingbird
import NIOCore

/// What the desk page stands on: choosing a station, and the stream that is the proof of presence.
enum DeskRoutes {
    /// A connection whose other end does not take what is sent is cut after so long: nobody is there.
    static let deafAfterMilliseconds: CInt = 10_000

    static func add(to table: inout RouteTable, _ parts: ServerParts) {
        table.post("/desk/station", .page(.agent), "seats the agent at a station") { _, context in
            guard let session = context.identity?.session else { throw noSession }
            guard let station = context.form.text("station") else {
                throw Problem.invalid(["station": "Choose a station."])
            }
            try await parts.desks.sit(session.user, at: station, session: session)
            try parts.audit("station_taken", context, subject: "station \(station)")
            return Response.seeOther("/")
        }
        table.post("/desk/leave", .page(.agent), "takes the agent from the station") { _, context in
            guard let session = context.identity?.session else { throw noSession }
            try await parts.desks.leave(session: session)
            try parts.audit("station_left", context, subject: session.station.map { "station \($0)" })
            return Response.seeOther("/")
        }
        table.get("/live/desk", .page(.agent), "the agent's station as it changes; while it lasts, the agent is there")
        {
            request, context in
            try await live(parts, request, context)
        }
    }

    private static let noSession = Problem(.unauthorized, "Log in first.", code: "not_logged_in")

    private static func live(_ parts: ServerParts, _ request: Request, _ context: ServeContext) async throws -> Response
    {
        guard let identity = context.identity, let session = identity.session else { throw noSession }
        guard let station = session.station, try parts.store.desk(of: station).agent == session.user.name else {
            throw Problem(.conflict, "You sit at no station; choose one.", code: "no_station")
        }
        if context.channel.remoteAddress != nil {
            let deaf = ChannelOptions.Types.SocketOption(
                level: .tcp, name: NIOBSDSocket.Option(rawValue: CInt(18 /* TCP_USER_TIMEOUT */)))
            try? await context.channel.setOption(deaf, value: SocketOptionValue(deafAfterMilliseconds)).get()
        }
        let page = LivePage()
        return EventStream.response(request, parts.hub, .desk(station), owner: session.user.id) { subscription in
            page.set(await parts.desks.open(session.user.id, at: station) { subscription.end() })
            let status = await parts.engine.stationStatus(of: [station])
            return await messages(status, parts, identity)
        } messages: { item in
            guard case .stations(let stations) = item else { return [] }
            return await messages(stations, parts, identity)
        } end: {
            if let page = page.value { await parts.desks.close(page) }
        }
    }

    private static func messages(
        _ stations: [StationStatus], _ parts: ServerParts, _ identity: Identity
    ) async -> [ServerSentEvent] {
        let isStopping = await parts.engine.isStopping
        return stations.map { station in
            let view = DeskView(station: StationView(station, for: identity), isStopping: isStopping)
            return ServerSentEvent(event: "desk", data: WireJSON.text(view))
        }
    }
}

/// What a desk page is told of its station.
struct DeskView: Codable, Sendable {
    var station: StationView
    /// No further call is placed: the program ends.
    var isStopping: Bool
}
