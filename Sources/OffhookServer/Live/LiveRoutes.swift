import CampaignStore
import Campaigns
import Dialer
import HTTPTypes
import Hummingbird

/// The streams that live pages and programs listen to.
enum LiveRoutes {
    static func add(to table: inout RouteTable, _ parts: ServerParts) {
        table.get("/events", .page(.manager), "the journal as it grows, resumed by Last-Event-ID") { request, context in
            try await events(parts, request, context)
        }
        table.schemas.add(EventView.self)
        table.get(
            "/api/v1/events", .interface(.manager, .eventsRead), "the journal as it grows, resumed by Last-Event-ID",
            Operation(
                "streamEvents", tag: "events",
                parameters: [
                    .init(
                        "Last-Event-ID", in: "header",
                        "the number of the last event that was seen; without it the stream begins now", type: "integer"),
                    .init("after", "the same as Last-Event-ID, for clients that cannot set headers", type: "integer"),
                ] + EventFilter.parameters,
                answers: [
                    .init(
                        200, "events, each with its number as id", schema: "EventView", mediaType: "text/event-stream")
                ])
        ) { request, context in
            try await events(parts, request, context)
        }
        table.get("/live/floor", .page(.manager), "every station and how the floor stands, as they change") {
            request, context in
            try floor(parts, request, context)
        }
    }

    /// Most streams of one user.
    static let mostStreams = 20

    private static func events(
        _ parts: ServerParts, _ request: Request, _ context: ServeContext
    ) async throws -> Response {
        guard let identity = context.identity else {
            throw Problem(.unauthorized, "Log in first.", code: "not_logged_in")
        }
        // Where the stream begins; the hub may not have handed out yet what was written just before.
        let newest = try parts.store.lastJournalNumber()
        let start = min(try lastEvent(request) ?? newest, newest)
        let filter = try EventFilter(QueryFields(request), context, parts.store)
        guard await parts.hub.listeners(of: identity.user.id) < mostStreams else {
            throw Problem(
                .tooManyRequests, "You listen to \(mostStreams) streams already; end one first.",
                code: "too_many_streams",
                headers: [.retryAfter: "5"])
        }
        let visible = { @Sendable (entries: [JournalEntry]) in
            entries.filter { filter.wants($0, of: identity) }.map { entry in
                ServerSentEvent(id: entry.seq, event: "journal", data: WireJSON.text(EventView(entry)))
            }
        }
        return EventStream.response(request, parts.hub, .events) { subscription, position in
            let last = position ?? start
            guard last < subscription.newest else { return nil }
            let entries = try parts.store.journal(after: last, limit: LiveHub.batch)
                .filter { $0.seq <= subscription.newest }
            guard let newest = entries.last?.seq else { return nil }
            return CaughtUp(messages: visible(entries), upTo: newest)
        } begin: { _ in
            []
        } messages: { item in
            guard case .events(let entries) = item else { return [] }
            return visible(entries.filter { $0.seq > start })
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
        return EventStream.response(request, parts.hub, .floor) { _ in
            let status = try await parts.engine.status()
            let stations = status.stations.map { StationView($0, for: identity) }
            return [
                ServerSentEvent(event: "stations", data: WireJSON.text(stations)),
                ServerSentEvent(event: "summary", data: WireJSON.text(try await summary(status, identity, parts))),
            ]
        } messages: { item in
            switch item {
            case .stations(let stations):
                [
                    ServerSentEvent(
                        event: "stations", data: WireJSON.text(stations.map { StationView($0, for: identity) }))
                ]
            case .summary(let status):
                [
                    ServerSentEvent(
                        event: "summary", data: WireJSON.text(try await summary(status, identity, parts)))
                ]
            case .events, .heartbeat: []
            }
        }
    }

    /// How the floor stands, as far as somebody may know.
    private static func summary(
        _ status: EngineStatus, _ identity: Identity, _ parts: ServerParts
    ) async throws -> FloorSummary {
        guard let own = identity.user.campaigns else { return FloorSummary(status) }
        let campaigns = try parts.store.campaigns().filter { own.contains($0.id) }
        var progress: [CampaignProgressView] = []
        for campaign in campaigns { progress.append(try await parts.standing.progress(of: campaign.id)) }
        let calls = try parts.store.callsIntended(of: own, since: parts.now() + .seconds(-60))
        return FloorSummary(
            status, campaigns: Set(campaigns.map(\.campaign.name)), progress: progress, lastMinute: calls)
    }
}
