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
        table.post("/desk/station", .page(.agent), "seats the agent at a station, paused until they say Ready") {
            _, context in
            guard let session = context.identity?.session else { throw noSession }
            guard let station = context.form.text("station") else {
                throw Problem.invalid(["station": "Choose a station."])
            }
            try await sit(session, at: station, parts, context)
            return Response.seeOther("/desk")
        }
        table.post("/desk/leave", .page(.agent), "takes the agent from the station") { _, context in
            guard let session = context.identity?.session else { throw noSession }
            try await leave(session, parts, context)
            return Response.seeOther("/desk")
        }
        table.get("/live/desk", .page(.agent), "the agent's station as it changes; while it lasts, the agent is there")
        {
            request, context in
            try await live(parts, request, context)
        }
    }

    /// Why a station is paused whose agent has just sat down.
    static let satDown = "Not ready yet"

    /// Seats an agent. The station is paused: no call starts before its agent says Ready.
    static func sit(
        _ session: StoredSession, at station: String, _ parts: ServerParts, _ context: ServeContext
    ) async throws {
        let desk = try parts.store.desk(of: station)
        guard desk.open == nil || desk.agent == session.user.name else {
            throw Problem(
                .conflict, "Another agent's call is open at \(station); choose another station, or wait for its end.",
                code: "call_open")
        }
        try await parts.desks.sit(session.user, at: station, session: session)
        try await parts.act("station_taken", context, subject: "station \(station)") {
            guard desk.agent != session.user.name || session.station != station else { return }
            try parts.store.setPause(satDown, unlessPaused: station, at: parts.now())
        }
    }

    /// Takes an agent from the station, once no call of theirs is open.
    static func leave(_ session: StoredSession, _ parts: ServerParts, _ context: ServeContext) async throws {
        if let station = session.station, let desk = try? parts.store.desk(of: station),
            desk.agent == session.user.name, desk.open != nil
        {
            throw Problem(
                .conflict, "A call is open at \(station): end it and say what came of it, then leave.",
                code: "call_open")
        }
        try await parts.desks.leave(session: session)
        try parts.audit("station_left", context, subject: session.station.map { "station \($0)" })
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
        return EventStream.response(request, parts.hub, .desk(station)) { subscription in
            page.set(await parts.desks.open(session.user.id, at: station) { subscription.end() })
            let status = await parts.engine.stationStatus(of: [station])
            return await messages(status, parts, identity)
        } messages: { item in
            switch item {
            case .stations(let stations): return await messages(stations, parts, identity)
            // A page cannot hear a comment: what it does not hear in time tells it that the connection is dead.
            case .heartbeat: return [ServerSentEvent(event: "beat", data: "{}")]
            case .events, .summary: return []
            }
        } end: {
            if let page = page.value { await parts.desks.close(page) }
        }
    }

    private static func messages(
        _ stations: [StationStatus], _ parts: ServerParts, _ identity: Identity
    ) async -> [ServerSentEvent] {
        let isStopping = await parts.engine.isStopping
        var events: [ServerSentEvent] = []
        for station in stations {
            let view = DeskView(
                station, family: await parts.engine.family(of: station.name), for: identity, isStopping: isStopping,
                at: parts.now())
            events.append(ServerSentEvent(event: "desk", data: WireJSON.text(view)))
        }
        return events
    }
}
