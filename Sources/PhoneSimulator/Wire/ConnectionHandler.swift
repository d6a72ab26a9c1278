import Foundation
import NIOCore
import NIOHTTP1

/// One connection to a phone: takes requests in order, and writes each answer before it looks at the next.
final class ConnectionHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = ByteBuffer

    private let phone: VirtualPhone
    private var context: ChannelHandlerContext?
    private var head: HTTPRequestHead?
    private var waiting = CircularBuffer<PhoneRequest>()
    private var isServing = false

    init(phone: VirtualPhone) {
        self.phone = phone
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            self.head = head
        case .body:
            break
        case .end:
            guard let head else { return }
            self.head = nil
            waiting.append(PhoneRequest(head))
            serveNext()
        }
    }

    /// What is no HTTP ends the connection, as on a phone.
    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    private func serveNext() {
        guard !isServing, let context, let request = waiting.popFirst() else { return }
        isServing = true
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
        phone.receive(request) { reply in bound.value.send(reply) }
    }

    /// Runs on the connection's event loop, which is the phone's.
    private func send(_ reply: PhoneReply) {
        guard let context, context.channel.isActive else { return }
        switch reply {
        case .silence:
            return
        case .close:
            context.close(promise: nil)
        case .reset:
            // Closed without lingering: the client gets a reset in place of an end.
            let channel = context.channel
            guard let socket = channel as? any SocketOptionProvider else { return channel.close(promise: nil) }
            socket.setSoLinger(linger(l_onoff: 1, l_linger: 0)).whenComplete { _ in channel.close(promise: nil) }
        case .drip(let bytes, let seconds):
            drip(bytes, every: .seconds(real: seconds), on: context.channel)
        case .answer(let bytes, thenClose: false):
            context.writeAndFlush(wrapOutboundOut(bytes), promise: nil)
            isServing = false
            serveNext()
        case .answer(let bytes, thenClose: true):
            let channel = context.channel
            context.writeAndFlush(wrapOutboundOut(bytes)).whenComplete { _ in channel.close(promise: nil) }
        }
    }

    /// One byte at a time, as long as the client listens.
    private func drip(_ bytes: ByteBuffer, every pause: TimeAmount, on channel: any Channel) {
        var rest = bytes
        guard channel.isActive, let byte = rest.readSlice(length: 1) else {
            channel.close(promise: nil)
            return
        }
        channel.writeAndFlush(byte, promise: nil)
        let left = rest
        let bound = NIOLoopBound(self, eventLoop: channel.eventLoop)
        channel.eventLoop.scheduleTask(in: pause) { bound.value.drip(left, every: pause, on: channel) }
    }
}
