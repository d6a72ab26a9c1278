import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1

/// Refuses a request whose framing is in doubt with one 400, after the answers that are owed for the requests before it, and ends the
/// connection: nothing that comes behind the doubt is read as a request.
final class RequestFramingHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    private enum Refusal {
        case none
        /// It follows so many answers.
        case owed(after: Int, sentence: String)
        case given
    }

    /// How long the other end has to read the refusal: closed at once, a connection with unread bytes is reset, and the
    /// answer is lost.
    private static let parting: TimeAmount = .seconds(1)

    private var refusal = Refusal.none
    /// Requests that were passed on and whose answers have not ended.
    private var unanswered = 0
    /// Whether the end of the newest of them has not come.
    private var isReading = false
    /// Whether the newest of them said that it is the last of its connection: what comes behind it is nobody's request.
    private var isLast = false
    /// Whether the answer to the oldest of them has begun.
    private var isAnswering = false
    /// Whether no further answer begins.
    private var isOver = false
    private var timer: Scheduled<Void>?

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard case .none = refusal else { return }
        switch unwrapInboundIn(data) {
        case .head(let head):
            guard !isLast else { return }
            if let doubt = RequestFraming.doubt(head) { return refuse(doubt, after: unanswered, context) }
            unanswered += 1
            isReading = true
            isLast = !head.isKeepAlive
        case .body: guard isReading else { return }
        case .end:
            guard isReading else { return }
            isReading = false
        }
        context.fireChannelRead(data)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard error is HTTPParserError else { return context.fireErrorCaught(error) }
        guard case .none = refusal, isReading || !isLast else { return }
        if isReading, unanswered == 0 || unanswered == 1 && isAnswering {
            // The answer to this very request has begun, or is over, so there is none for this: the connection just ends.
            isOver = true
        } else {
            refuse("The request cannot be read as HTTP.", after: isReading ? unanswered - 1 : unanswered, context)
        }
        // Whoever waits for the rest of the body learns that it does not come.
        context.fireErrorCaught(error)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if isOver, !isAnswering { refusal = .given }
        // What is said to a request that was answered here meanwhile.
        if case .given = refusal {
            promise?.succeed(())
            return
        }
        switch unwrapOutboundIn(data) {
        case .head(let head):
            if isAnswering { return end(promise, context) }
            isAnswering = head.status.code >= 200
        case .body: break
        case .end:
            unanswered -= 1
            isAnswering = false
        }
        context.write(data, promise: promise)
        if !isAnswering, case .owed(let count, let sentence) = refusal, case .end = unwrapOutboundIn(data) {
            refuse(sentence, after: count - 1, context)
        }
    }

    /// A second answer within one: whoever reads the first must not take this for a part of it.
    private func end(_ promise: EventLoopPromise<Void>?, _ context: ChannelHandlerContext) {
        refusal = .given
        promise?.succeed(())
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        timer?.cancel()
        timer = nil
        context.fireChannelInactive()
    }

    private func refuse(_ sentence: String, after count: Int, _ context: ChannelHandlerContext) {
        guard count <= 0 else {
            refusal = .owed(after: count, sentence: sentence)
            return
        }
        refusal = .given
        let body = ByteBuffer(string: sentence + "\n")
        let headers: HTTPHeaders = [
            "Content-Type": "text/plain; charset=utf-8", "Content-Length": "\(body.readableBytes)",
            "Content-Security-Policy": "default-src 'none'", "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store", "Connection": "close",
        ]
        let head = HTTPResponseHead(version: .http1_1, status: .badRequest, headers: headers)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
        let loop = context.eventLoop
        let sent = loop.makePromise(of: Void.self)
        sent.futureResult.assumeIsolated().whenComplete { _ in
            context.close(mode: .output, promise: nil)
            self.timer = loop.assumeIsolated().scheduleTask(in: Self.parting) { context.close(promise: nil) }
        }
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: sent)
    }
}

/// HTTP/1.1 that takes no request whose framing is in doubt.
struct ClearFramingChannel: HTTPChannelHandler {
    typealias Value = HTTP1Channel.Value

    let base: HTTP1Channel
    var responder: HTTPChannelHandler.Responder { base.responder }

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        base.setup(channel: channel, logger: logger).flatMapThrowing { value in
            let pipeline = channel.pipeline.syncOperations
            // Right behind the parser, where headers are still as they came.
            let parser = try pipeline.handler(type: ByteToMessageHandler<HTTPRequestDecoder>.self)
            try pipeline.addHandler(RequestFramingHandler(), position: .after(parser))
            return value
        }
    }

    func handle(value: Value, logger: Logger) async {
        await base.handle(value: value, logger: logger)
    }
}
