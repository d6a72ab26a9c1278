import CampaignStore
import Foundation
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle
import SystemResources

/// The listener of the phones' Action URL, apart from the web pages: one request a connection, plain HTTP, no body.
///
/// It shares neither port nor parser with anything that has a session, so nothing that is sent here can reach into
/// another's request.
public struct PhoneEventListener: Service {
    /// Where it listens.
    public struct Address: Sendable, Hashable {
        public var host: String
        /// 0 lets the system choose.
        public var port: Int

        /// An address of this computer.
        public init(host: String, port: Int) {
            self.host = host
            self.port = port
        }
    }

    /// How long a connection may take to send its request.
    static let patience = TimeAmount.seconds(10)
    /// The most connections at a time, in all and of one phone; more are refused. A phone that is not heard is polled.
    static let mostConnections = 64
    static let mostOfOneAddress = 8

    let address: Address
    let logger: Logger
    /// Looks at a phone; false where there is none of that name or the secret is not ours.
    let hear: @Sendable (PhoneEvent) async -> Bool
    let onListening: @Sendable (Int) async -> Void

    init(
        _ address: Address, logger: Logger, onListening: @escaping @Sendable (Int) async -> Void = { _ in },
        hear: @escaping @Sendable (PhoneEvent) async -> Bool
    ) {
        self.address = address
        self.logger = logger
        self.onListening = onListening
        self.hear = hear
    }

    public func run() async throws {
        let channel = try await listen()
        await onListening(channel.localAddress?.port ?? address.port)
        await withTaskCancellationOrGracefulShutdownHandler {
            try? await channel.closeFuture.get()
        } onCancelOrGracefulShutdown: {
            channel.close(promise: nil)
        }
    }

    /// - Throws: `StoreError.refused`, a sentence, where the address is not free.
    private func listen() async throws -> any Channel {
        let limits = ConnectionLimits(
            descriptors: DescriptorLimit.current, phones: 0, total: Self.mostConnections,
            perAddress: Self.mostOfOneAddress)
        let gate = ConnectionGate(limits)
        let log = ConnectionLog(limits, logger)
        let hear = hear
        do {
            return try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .serverChannelOption(.backlog, value: 128)
                .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
                .serverChannelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandler(
                            AcceptHandler(gate, isPlain: true, on: channel.eventLoop, report: { log.note($0) }))
                    }
                }
                .childChannelOption(.maxMessagesPerRead, value: 1)
                .childChannelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandler(
                            PhoneEventHandler(patience: Self.patience, hear: hear))
                    }
                }
                .bind(host: address.host, port: address.port).get()
        } catch {
            throw StoreError.refused(
                "The phones' events cannot be listened for at \(address.host), port \(address.port): \(error). Free the port or give --phone-events-port another one."
            )
        }
    }
}

/// One connection: reads one request, gives one answer, closes.
final class PhoneEventHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let patience: TimeAmount
    private let hear: @Sendable (PhoneEvent) async -> Bool
    private var parser = PhoneEventParser()
    /// Whether the request has ended; what comes then is not read.
    private var isOver = false
    private var end: Scheduled<Void>?

    /// - Parameter patience: how long the request may take to come.
    init(patience: TimeAmount, hear: @escaping @Sendable (PhoneEvent) async -> Bool) {
        self.patience = patience
        self.hear = hear
    }

    func channelActive(context: ChannelHandlerContext) {
        end = context.eventLoop.assumeIsolated().scheduleTask(in: patience) {
            guard !self.isOver else { return }
            self.answer(context, .requestTimeout)
        }
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        isOver = true
        end?.cancel()
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isOver else { return }
        switch parser.read(unwrapInboundIn(data).readableBytesView) {
        case .incomplete: break
        case .refused(let refusal): answer(context, PhoneEventAnswer(refusal))
        case .event(let event):
            isOver = true
            end?.cancel()
            let answered = context.eventLoop.makePromise(of: Bool.self)
            answered.futureResult.assumeIsolated().whenSuccess { isHeard in
                self.answer(context, isHeard ? .heard : .unknown)
            }
            let hear = hear
            Task { answered.succeed(await hear(event)) }
        }
    }

    private func answer(_ context: ChannelHandlerContext, _ answer: PhoneEventAnswer) {
        isOver = true
        end?.cancel()
        guard context.channel.isActive else { return }
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: answer.text))).assumeIsolated().whenComplete { _ in
            context.close(promise: nil)
        }
    }
}

/// The whole of an answer to a phone.
struct PhoneEventAnswer: Equatable {
    private let status: String
    private let sentence: String

    static let heard = PhoneEventAnswer(status: "204 No Content", sentence: "")
    static let unknown = PhoneEventAnswer(
        status: "404 Not Found",
        sentence: "No such address: copy the URL from Settings, and put the phone's name in it.")
    static let requestTimeout = PhoneEventAnswer(
        status: "408 Request Timeout", sentence: "The request did not come to its end.")

    private init(status: String, sentence: String) {
        self.status = status
        self.sentence = sentence
    }

    init(_ refusal: PhoneEventParser.Refusal) {
        switch refusal {
        case .malformed(let why): self.init(status: "400 Bad Request", sentence: why)
        case .method:
            self.init(status: "405 Method Not Allowed\r\nAllow: GET", sentence: "A phone's event is a GET request.")
        case .address: self = .unknown
        case .tooLong:
            self.init(
                status: "431 Request Header Fields Too Large",
                sentence: "A phone's event has at most \(PhoneEventParser.longestHead) bytes.")
        }
    }

    var text: String {
        let body = sentence.isEmpty ? "" : sentence + "\n"
        let length =
            body.isEmpty ? "" : "Content-Type: text/plain; charset=utf-8\r\nContent-Length: \(body.utf8.count)\r\n"
        return "HTTP/1.1 \(status)\r\n\(length)Cache-Control: no-store\r\nConnection: close\r\n\r\n\(body)"
    }
}
