import NIOCore
import NIOHTTPTypes

/// Closes a connection whose other end sends nothing that is waited for: no next request, or no more of one that it began.
///
/// Only the other end's time counts. While an answer is worked on or written, as a page that listens has it for hours, nothing is
/// waited for; while the server has no room for what comes, as in an upload that it cannot write so fast, it is the server that
/// keeps the other end waiting. And the time is counted in slices, so that a computer that was too busy to look, or asleep, counts
/// one slice and not all of the time that it missed.
final class IdleConnectionHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    /// In how many slices the time is counted.
    static let slices = 10

    private let slice: TimeAmount
    private var counted = 0
    /// Whether the other end was waited for since the last slice began.
    private var waitsSinceSlice = false
    private var isReadAsked = false
    private var isRequestBeingRead = false
    private var unanswered = 0
    private var timer: Scheduled<Void>?

    /// - Parameter timeout: how long the other end may send nothing that is waited for; at least ten nanoseconds.
    init(timeout: TimeAmount) {
        slice = .nanoseconds(max(1, timeout.nanoseconds / Int64(Self.slices)))
    }

    private var waits: Bool { isReadAsked && (isRequestBeingRead || unanswered == 0) }

    func handlerAdded(context: ChannelHandlerContext) {
        if context.channel.isActive { startSlice(context) }
    }

    func handlerRemoved(context: ChannelHandlerContext) { stop() }

    func channelActive(context: ChannelHandlerContext) {
        startSlice(context)
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        stop()
        context.fireChannelInactive()
    }

    func read(context: ChannelHandlerContext) {
        isReadAsked = true
        context.read()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head:
            isRequestBeingRead = true
            unanswered += 1
        case .body: break
        case .end: isRequestBeingRead = false
        }
        startAnew()
        context.fireChannelRead(data)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        // Asked anew where there is room for more.
        isReadAsked = false
        context.fireChannelReadComplete()
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .end = unwrapOutboundIn(data) {
            unanswered -= 1
            startAnew()
        }
        context.write(data, promise: promise)
    }

    private func startAnew() {
        counted = 0
        waitsSinceSlice = false
    }

    private func stop() {
        timer?.cancel()
        timer = nil
    }

    private func startSlice(_ context: ChannelHandlerContext) {
        stop()
        waitsSinceSlice = waits
        timer = context.eventLoop.assumeIsolated().scheduleTask(in: slice) { self.endSlice(context) }
    }

    private func endSlice(_ context: ChannelHandlerContext) {
        if waits, waitsSinceSlice { counted += 1 }
        guard counted < Self.slices else {
            stop()
            context.close(promise: nil)
            return
        }
        startSlice(context)
    }
}
