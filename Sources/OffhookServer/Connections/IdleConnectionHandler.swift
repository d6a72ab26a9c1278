import NIOCore
import NIOHTTPTypes

/// Closes a connection whose other end sends nothing that is waited for: no next request, or no more of one that it began; also one
/// that began the head of a request and does not come to its end, however busily it sends, and one that takes nothing of its answer.
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

    /// How long the head of a request may take from its first byte, or the first of a TLS handshake, to its last.
    static let headTimeout: TimeAmount = .seconds(20)
    /// How long the other end may take nothing of an answer. The system wakes us only when a third of its own buffer is free, so a slow
    /// network needs more than the time of an idle one.
    static let stallTimeout: TimeAmount = .seconds(300)

    private let slice: TimeAmount
    private let idleSlices: Int
    private let headSlices: Int
    private let stallSlices: Int
    private var counted = 0
    /// Whether the other end was waited for since the last slice began.
    private var waitsSinceSlice = false
    private var headCounted = 0
    /// A part of a head came, and not its end.
    private var isHeadBegun = false
    private var waitsForHeadSinceSlice = false
    /// A whole part was made of what was read last.
    private var sawPart = false
    private var stallCounted = 0
    /// The other end took nothing since the last slice began.
    private var isStalledSinceSlice = false
    private var isReadAsked = false
    private var isRequestBeingRead = false
    private var unanswered = 0
    private var timer: Scheduled<Void>?

    /// - Parameters:
    ///   - timeout: how long the other end may send nothing that is waited for; at least ten nanoseconds.
    ///   - head: how long a head may take; counted in the same slices as `timeout`, rounded up.
    ///   - stall: how long the other end may take nothing of an answer; counted likewise.
    init(
        timeout: TimeAmount, head: TimeAmount = IdleConnectionHandler.headTimeout,
        stall: TimeAmount = IdleConnectionHandler.stallTimeout
    ) {
        // The begun slice does not count, so a time lasts up to a slice longer.
        let slice = max(1, min(timeout.nanoseconds / 10, head.nanoseconds / 5))
        self.slice = .nanoseconds(slice)
        idleSlices = Int((timeout.nanoseconds + slice - 1) / slice)
        headSlices = Int((head.nanoseconds + slice - 1) / slice)
        stallSlices = Int((stall.nanoseconds + slice - 1) / slice)
    }

    private var waits: Bool { isReadAsked && (isRequestBeingRead || unanswered == 0) }
    /// While an answer is written, a live one for hours, the next head may wait.
    private var waitsForHead: Bool { isHeadBegun && isReadAsked && !isRequestBeingRead && unanswered == 0 }

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
        sawPart = true
        switch unwrapInboundIn(data) {
        case .head:
            isHeadBegun = false
            headCounted = 0
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
        // Bytes came of which the parser could make nothing yet.
        if !sawPart, !isRequestBeingRead { isHeadBegun = true }
        sawPart = false
        context.fireChannelReadComplete()
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .end = unwrapOutboundIn(data) {
            unanswered -= 1
            startAnew()
        }
        context.write(data, promise: promise)
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable {
            stallCounted = 0
            isStalledSinceSlice = false
        }
        context.fireChannelWritabilityChanged()
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
        waitsForHeadSinceSlice = waitsForHead
        isStalledSinceSlice = !context.channel.isWritable
        timer = context.eventLoop.assumeIsolated().scheduleTask(in: slice) { self.endSlice(context) }
    }

    private func endSlice(_ context: ChannelHandlerContext) {
        if waits, waitsSinceSlice { counted += 1 }
        if waitsForHead, waitsForHeadSinceSlice { headCounted += 1 }
        if !context.channel.isWritable, isStalledSinceSlice { stallCounted += 1 }
        guard counted < idleSlices, headCounted < headSlices, stallCounted < stallSlices else {
            stop()
            context.close(promise: nil)
            return
        }
        startSlice(context)
    }
}
