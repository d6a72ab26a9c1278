import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import NetworkAddresses
import Synchronization

/// The client that webhooks are told with: it follows no redirect, and sends nothing on a connection whose other end is not to be spoken
/// to. The name of a webhook was looked up before; what counts is where the connection leads.
final class WebhookClient: Sendable {
    let client: HTTPClient
    private let guarding: SharedGuard

    init(timeout: TimeAmount = WebhookSender.timeout, _ change: (inout HTTPClient.Configuration) -> Void = { _ in }) {
        let guarding = SharedGuard()
        self.guarding = guarding
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.timeout = .init(connect: .seconds(5), read: timeout)
        // One kind of connection, so that no other can pass by the gate.
        configuration.httpVersion = .http1Only
        // The worker asks again by itself, later and later.
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.http1_1ConnectionDebugInitializer = { channel in
            channel.eventLoop.makeCompletedFuture {
                let pipeline = channel.pipeline.syncOperations
                let encoder = try pipeline.handler(type: HTTPRequestEncoder.self)
                try pipeline.addHandler(WebhookGate(guarding), position: .before(encoder))
            }
        }
        change(&configuration)
        client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }

    /// Sends a request; its connection, new or used before, is held to a guard.
    func execute(
        _ request: HTTPClientRequest, timeout: TimeAmount, guarding: AddressGuard
    ) async throws -> HTTPClientResponse {
        self.guarding.current.withLock { $0 = guarding }
        return try await client.execute(request, timeout: timeout)
    }

    func shutdown() async throws { try await client.shutdown() }

    deinit {
        // A client must be shut down; whoever has not done it leaves it to this.
        let client = client
        Task { try? await client.shutdown() }
    }
}

/// The guard as of the last look at the phones; nothing passes before the first.
private final class SharedGuard: Sendable {
    let current = Mutex<AddressGuard?>(nil)

    func refusal(_ channel: any Channel) -> WebhookPeerRefused? {
        current.withLock { $0 }.map { guarding in
            guarding.refusal(
                ofPeer: channel.remoteAddress?.ipAddress, port: channel.remoteAddress?.port ?? 0,
                from: channel.localAddress?.ipAddress
            ).map { WebhookPeerRefused(why: $0) }
        } ?? WebhookPeerRefused(why: "where it leads was not looked at")
    }
}

/// Lets no request out on a connection whose other end is refused.
private final class WebhookGate: ChannelOutboundHandler {
    typealias OutboundIn = IOData
    typealias OutboundOut = IOData

    private let guarding: SharedGuard
    private var refused = false

    init(_ guarding: SharedGuard) {
        self.guarding = guarding
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard let refusal = guarding.refusal(context.channel) else { return context.write(data, promise: promise) }
        promise?.fail(refusal)
        guard !refused else { return }
        refused = true
        // Not from within the write: the client above is still busy with it.
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        context.eventLoop.execute {
            bound.value.fireErrorCaught(refusal)
            bound.value.close(promise: nil)
        }
    }
}

/// The other end of a webhook's connection is not to be spoken to.
struct WebhookPeerRefused: Error, Sendable, CustomStringConvertible {
    let why: String
    var description: String { "Nothing was sent: \(why)." }
}
