import HummingbirdCore
import NIOCore

extension HTTPServerBuilder {
    /// HTTP/1.1 with the parser as it is, and the bounds of the web port.
    ///
    /// - Parameter idleTimeout: how long the other end of a connection may send nothing that is waited for.
    static func web(idleTimeout: TimeAmount = .seconds(75)) -> HTTPServerBuilder {
        HTTPServerBuilder { responder in
            // Hummingbird's own time-out counts an upload that we are slow to take as idle.
            ClearFramingChannel(
                base: HTTP1Channel(
                    responder: responder,
                    configuration: .init(
                        additionalChannelHandlers: [
                            IdleConnectionHandler(timeout: idleTimeout), ClientPresenceHandler(),
                        ],
                        httpDecoderConfiguration: .init(
                            maxHeaderFieldSize: 16 << 10, maxHeaderListSize: 32 << 10, maxHeaderFieldCount: 100))))
        }
    }
}
