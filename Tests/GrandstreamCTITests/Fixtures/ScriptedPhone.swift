import Foundation
import NIOConcurrencyHelpers
import NIOCore
import NIOPosix
import NIOSSL

/// A TCP server that does with each request what its script says, down to the byte.
final class ScriptedPhone: Sendable {
    enum Step: Sendable {
        /// A whole answer with its length, the connection kept.
        case answer(String, status: String = "200 OK")
        /// The same after a while.
        case answerAfter(TimeAmount, String)
        /// These bytes as they are, then close.
        case raw(String)
        /// These bytes as they are, and nothing more.
        case rawThenSilence(String)
        /// These bytes, then one space after another.
        case trickle(String, every: TimeAmount)
        /// A whole answer with its length, then close without saying so.
        case answerThenClose(String)
        /// Nothing, for ever.
        case silence
        /// Close as soon as this many bytes of the connection were read; 0 closes on arrival.
        case closeAfterReading(Int)
    }

    struct Request: Sendable {
        /// Counts from 1 in the order of arrival.
        let connection: Int
        let head: String

        /// Path and query.
        var target: String { head.split(separator: " ").dropFirst().first.map(String.init) ?? "" }
    }

    struct Record: Sendable {
        var requests: [Request] = []
        var connections = 0
        var bytes = 0
        var inFlight = 0
        var mostInFlight = 0
        var script: [Step]
        let thereafter: Step
        /// The next step, taken.
        mutating func next() -> Step { script.isEmpty ? thereafter : script.removeFirst() }
    }

    private let record: NIOLockedValueBox<Record>
    private let channel: any Channel
    private let scheme: String

    var requests: [Request] { record.withLockedValue { $0.requests } }
    var connections: Int { record.withLockedValue { $0.connections } }
    var bytes: Int { record.withLockedValue { $0.bytes } }
    var mostInFlight: Int { record.withLockedValue { $0.mostInFlight } }
    var port: Int { channel.localAddress?.port ?? 0 }

    /// The base address.
    func address() throws -> URL {
        guard let url = URL(string: "\(scheme)://127.0.0.1:\(port)") else { throw URLError(.badURL) }
        return url
    }

    init(_ script: [Step], thereafter: Step = .silence, tls: NIOSSLContext? = nil) async throws {
        let record = NIOLockedValueBox(Record(script: script, thereafter: thereafter))
        self.record = record
        scheme = tls == nil ? "http" : "https"
        let cutsRequests = script.contains { if case .closeAfterReading = $0 { true } else { false } }
        channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.backlog, value: 256)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(
                .recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: cutsRequests ? 1 : 4096)
            )
            .childChannelOption(.maxMessagesPerRead, value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let tls { try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls)) }
                    try channel.pipeline.syncOperations.addHandler(ScriptHandler(record))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
    }

    func stop() async {
        try? await channel.close().get()
    }
}

private final class ScriptHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let record: NIOLockedValueBox<ScriptedPhone.Record>
    private var connection = 0
    private var received = ByteBuffer()

    init(_ record: NIOLockedValueBox<ScriptedPhone.Record>) {
        self.record = record
    }

    func channelActive(context: ChannelHandlerContext) {
        connection = record.withLockedValue { record in
            record.connections += 1
            return record.connections
        }
        closeIfScripted(context)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var buffer = unwrapInboundIn(data)
        record.withLockedValue { $0.bytes += buffer.readableBytes }
        received.writeBuffer(&buffer)
        if closeIfScripted(context) { return }
        let text = String(buffer: received)
        guard text.hasSuffix("\r\n\r\n") else { return }
        received.clear()
        let step = record.withLockedValue { record in
            record.requests.append(.init(connection: connection, head: text))
            record.inFlight += 1
            record.mostInFlight = max(record.mostInFlight, record.inFlight)
            return record.next()
        }
        play(step, context)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    @discardableResult
    private func closeIfScripted(_ context: ChannelHandlerContext) -> Bool {
        let due = record.withLockedValue { record in
            guard case .closeAfterReading(let count)? = record.script.first, received.readableBytes >= count else {
                return false
            }
            record.script.removeFirst()
            return true
        }
        if due { context.close(promise: nil) }
        return due
    }

    private func play(_ step: ScriptedPhone.Step, _ context: ChannelHandlerContext) {
        switch step {
        case .answer(let body, let status):
            send(Self.whole(body, status: status), context, thenClose: false)
        case .answerAfter(let delay, let body):
            context.eventLoop.assumeIsolated().scheduleTask(in: delay) {
                self.send(Self.whole(body), context, thenClose: false)
            }
        case .raw(let bytes):
            send(bytes, context, thenClose: true)
        case .rawThenSilence(let bytes):
            send(bytes, context, thenClose: false)
        case .trickle(let bytes, let interval):
            send(bytes, context, thenClose: false)
            trickle(every: interval, context)
        case .answerThenClose(let body):
            send(Self.whole(body), context, thenClose: true)
        case .silence:
            break
        case .closeAfterReading:
            context.close(promise: nil)
        }
    }

    private func send(_ bytes: String, _ context: ChannelHandlerContext, thenClose: Bool) {
        record.withLockedValue { $0.inFlight -= 1 }
        let written = context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: bytes)))
        if thenClose { written.assumeIsolated().whenComplete { _ in context.close(promise: nil) } }
    }

    private func trickle(every interval: TimeAmount, _ context: ChannelHandlerContext) {
        context.eventLoop.assumeIsolated().scheduleTask(in: interval) {
            guard context.channel.isActive else { return }
            context.writeAndFlush(self.wrapOutboundOut(ByteBuffer(string: " ")), promise: nil)
            self.trickle(every: interval, context)
        }
    }

    /// As phones answer: JSON that calls itself HTML.
    static func whole(_ body: String, status: String = "200 OK") -> String {
        "HTTP/1.1 \(status)\r\nContent-Type: text/html\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
    }
}
