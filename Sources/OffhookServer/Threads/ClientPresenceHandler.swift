import NIOCore
import NIOHTTPTypes
import Synchronization

/// Notices that the other end of a connection is gone while an answer is being worked on: whoever sends no more waits for no answer.
///
/// A client that closes only its own direction counts as gone as well, as it does for live pages.
final class ClientPresenceHandler: ChannelInboundHandler, RemovableChannelHandler, Sendable {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart

    private struct State {
        var isGone = false
        var listeners: [@Sendable () -> Void] = []
    }

    private let state = Mutex(State())

    /// Is told when the client of a connection is gone, at once where it is; never where the connection is none of a client.
    static func whenGone(_ channel: any Channel, _ tell: @escaping @Sendable () -> Void) async {
        guard channel.isActive else { return }
        let handler = try? await channel.pipeline.handler(type: ClientPresenceHandler.self).get()
        handler?.listen(tell)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .inputClosed? = event as? ChannelEvent { noteGone() }
        context.fireUserInboundEventTriggered(event)
    }

    func channelInactive(context: ChannelHandlerContext) {
        noteGone()
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        // With the next request those who listened for the one before have their answer.
        if case .head = unwrapInboundIn(data) { state.withLock { $0.listeners = [] } }
        context.fireChannelRead(data)
    }

    private func listen(_ tell: @escaping @Sendable () -> Void) {
        let isGone = state.withLock { state in
            if !state.isGone { state.listeners.append(tell) }
            return state.isGone
        }
        if isGone { tell() }
    }

    private func noteGone() {
        let listeners = state.withLock { state in
            state.isGone = true
            defer { state.listeners = [] }
            return state.listeners
        }
        for tell in listeners { tell() }
    }
}
