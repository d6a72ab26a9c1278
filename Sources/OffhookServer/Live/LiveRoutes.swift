import CampaignStore
import Dialer
import HTTPTypes
import Hummingbird

/// The streams that live pages and programs listen to.
enum LiveRoutes {
    static func add(to table: inout RouteTable, _ parts: ServerParts) {
        table.get("/events", .page(.manager), "the journal as it grows, resumed by Last-Event-ID") { request, context in
            try events(parts, request, context)
        }
        table.get(
            "/api/v1/events", .interface(.manager, .eventsRead), "the journal as it grows, resumed by Last-Event-ID",
            Operation(
                "streamEvents", tag: "events",
                parameters: [
                    .init(
                        "Last-Event-ID", in: "header",
                        "the number of the last event that was seen; without it the stream begins now", type: "integer")
                ],
                answers: [
                    .init(
                        200, "events, each with its number as id", schema: "EventView", mediaType: "text/event-stream")
                ])
        ) { request, context in
            try events(parts, request, context)
        }
        table.get("/live/floor", .page(.manager), "every station and how the floor stands, as they change") {
            request, context in
            try floor(parts, request, context)
        }
    }

    private static func events(_ parts: ServerParts, _ request: Request, _ context: ServeContext) throws -> Response {
        guard let identity = context.identity else {
            throw Problem(.unauthorized, "Log in first.", code: "not_logged_in")
        }
        let resume = try lastEvent(request)
        let visible = { @Sendable (entries: [JournalEntry]) in
            entries.filter { $0.campaign == nil ? identity.user.campaigns == nil : identity.maySee($0.campaign) }.map {
                entry in
                ServerSentEvent(id: entry.seq, event: "journal", data: WireJSON.text(EventView(entry)))
            }
        }
        return EventStream.response(request, parts.hub, .events, owner: identity.user.id) { subscription in
            let newest = subscription.newest
            guard var last = resume, last < newest else { return [] }
            var missed: [ServerSentEvent] = []
            while last < newest {
                let entries = try parts.store.journal(after: last, limit: LiveHub.batch).filter { $0.seq <= newest }
                guard let newestRead = entries.last?.seq else { break }
                last = newestRead
                missed += visible(entries)
            }
            return missed
        } messages: { item in
            guard case .events(let entries) = item else { return [] }
            return visible(entries)
        }
    }

    /// - Throws: ``Problem`` 400 where it is no number.
    private static func lastEvent(_ request: Request) throws -> Int64? {
        let header = HTTPField.Name("Last-Event-ID").flatMap { request.headers[$0] }
        guard let text = header ?? request.uri.queryParameters["after"].map(String.init), !text.isEmpty else {
            return nil
        }
        guard let number = Int64(text), number >= 0 else {
            throw Problem(.badRequest, "Last-Event-ID is the number of an event.", code: "last_event_id")
        }
        return number
    }

    private static func floor(_ parts: ServerParts, _ request: Request, _ context: ServeContext) throws -> Response {
        guard let identity = context.identity else {
            throw Problem(.unauthorized, "Log in first.", code: "not_logged_in")
        }
        return EventStream.response(request, parts.hub, .floor, owner: identity.user.id) { _ in
            let status = try await parts.engine.status()
            let stations = status.stations.map { StationView($0, for: identity) }
            return [
                ServerSentEvent(event: "stations", data: WireJSON.text(stations)),
                ServerSentEvent(event: "summary", data: WireJSON.text(FloorSummary(status))),
            ]
        } messages: { item in
            switch item {
            case .stations(let stations):
                [
                    ServerSentEvent(
                        event: "stations", data: WireJSON.text(stations.map { StationView($0, for: identity) }))
                ]
            case .summary(let status): [ServerSentEvent(event: "summary", data: WireJSON.text(FloorSummary(status)))]
            case .events, .heartbeat: []
            }
        }
    }
}
