import CampaignStore
import HTTPTypes
import Hummingbird
import NIOCore
import ServiceLifecycle

/// One message of a stream of server-sent events.
public struct ServerSentEvent: Sendable, Hashable {
    public var id: Int64?
    public var event: String?
    public var data: String

    /// A message.
    public init(id: Int64? = nil, event: String? = nil, data: String) {
        self.id = id
        self.event = event
        self.data = data
    }

    /// As it goes over the wire; `data` has no line end of its own, since JSON writes none.
    var text: String {
        var text = ""
        if let id { text += "id: \(id)\n" }
        if let event { text += "event: \(event)\n" }
        for line in data.split(separator: "\n", omittingEmptySubsequences: false) { text += "data: \(line)\n" }
        return text + "\n"
    }
}

/// A piece of what a stream had missed.
struct CaughtUp: Sendable {
    var messages: [ServerSentEvent]
    /// How far it reaches.
    var upTo: Int64
}

/// On what terms a stream was let in; they are looked at again while it lasts.
struct StreamTerms: Sendable {
    /// Whose it is; nil for nobody's.
    var owner: UserID?
    /// Whether its owner would be let in now as then.
    var stillHold: @Sendable () async -> Bool
}

/// Answers with a stream that lasts until its page is gone, it falls behind, or the server stops.
enum EventStream {
    /// How soon a browser connects again.
    static let retryMilliseconds = 1000

    /// The terms of the request that is being answered; the gate sets them for each route.
    @TaskLocal static var terms = StreamTerms { true }

    /// A stream of what the hub hands out.
    ///
    /// - Parameters:
    ///   - catchUp: what was missed, piece by piece, before anything else: given how far it came, the next piece; nil at its end.
    ///   - begin: what comes first; asked once the listener is there, so that nothing falls in between.
    ///   - messages: what an item of the hub is on this stream.
    ///   - end: told when the stream is over, however it ended.
    static func response(
        _ request: Request, _ hub: LiveHub, _ topic: LiveTopic,
        catchUp: @escaping @Sendable (LiveSubscription, Int64?) async throws -> CaughtUp? = { _, _ in nil },
        begin: @escaping @Sendable (LiveSubscription) async throws -> [ServerSentEvent],
        messages: @escaping @Sendable (LiveItem) async throws -> [ServerSentEvent],
        end: @escaping @Sendable () async -> Void = {}
    ) -> Response {
        var headers: HTTPFields = [.contentType: "text/event-stream", .cacheControl: "no-store"]
        if let name = HTTPField.Name("X-Accel-Buffering") { headers[name] = "no" }
        let terms = terms
        return Response(
            status: .ok, headers: headers,
            body: ResponseBody { writer in
                let subscription = await hub.subscribe(topic, owner: terms.owner)
                do {
                    try await withGracefulShutdownHandler {
                        try await request.body.consumeWithInboundCloseHandler { _ in
                            try await writer.write(ByteBuffer(string: "retry: \(retryMilliseconds)\n\n"))
                            var position: Int64?
                            while let piece = try await catchUp(subscription, position) {
                                position = piece.upTo
                                let text = piece.messages.map(\.text).joined()
                                if !text.isEmpty { try await writer.write(ByteBuffer(string: text)) }
                            }
                            for message in try await begin(subscription) {
                                try await writer.write(ByteBuffer(string: message.text))
                            }
                            for await item in subscription.items {
                                // Whoever logged out, was disabled or may see less now, hears no more.
                                if case .heartbeat = item, await !terms.stillHold() { break }
                                var text = try await messages(item).map(\.text).joined()
                                if case .heartbeat = item, text.isEmpty { text = ": \n\n" }
                                if !text.isEmpty { try await writer.write(ByteBuffer(string: text)) }
                            }
                        } onInboundClosed: {
                            subscription.end()
                        }
                    } onGracefulShutdown: {
                        subscription.end()
                    }
                } catch {
                    await hub.unsubscribe(subscription)
                    await end()
                    throw error
                }
                await hub.unsubscribe(subscription)
                await end()
                try await writer.finish(nil)
            })
    }
}
