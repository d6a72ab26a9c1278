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

/// Answers with a stream that lasts until its page is gone, it falls behind, or the server stops.
enum EventStream {
    /// How soon a browser connects again.
    static let retryMilliseconds = 1000

    /// A stream of what the hub hands out.
    ///
    /// - Parameters:
    ///   - owner: whose it is.
    ///   - begin: what comes first; asked once the listener is there, so that nothing falls in between.
    ///   - messages: what an item of the hub is on this stream.
    ///   - end: told when the stream is over, however it ended.
    static func response(
        _ request: Request, _ hub: LiveHub, _ topic: LiveTopic, owner: UserID? = nil,
        begin: @escaping @Sendable (LiveSubscription) async throws -> [ServerSentEvent],
        messages: @escaping @Sendable (LiveItem) async throws -> [ServerSentEvent],
        end: @escaping @Sendable () async -> Void = {}
    ) -> Response {
        var headers: HTTPFields = [.contentType: "text/event-stream", .cacheControl: "no-store"]
        if let name = HTTPField.Name("X-Accel-Buffering") { headers[name] = "no" }
        return Response(
            status: .ok, headers: headers,
            body: ResponseBody { writer in
                let subscription = await hub.subscribe(topic, owner: owner)
                do {
                    try await withGracefulShutdownHandler {
                        try await request.body.consumeWithInboundCloseHandler { _ in
                            try await writer.write(ByteBuffer(string: "retry: \(retryMilliseconds)\n\n"))
                            for message in try await begin(subscription) {
                                try await writer.write(ByteBuffer(string: message.text))
                            }
                            for await item in subscription.items {
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
