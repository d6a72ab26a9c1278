import HummingbirdCore
import Logging
import NIOCore

/// Makes request lines of phones readable: they write names as they are, spaces and all, where HTTP wants them encoded.
///
/// Only requests of phones' events at the beginning of a connection are touched: it steps aside for good with the first bytes of
/// anything else, which a proxy may send over the same connection. A phone's events are GETs without bodies, so a head follows a head.
final class RequestLineMender: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    static let beginning = Array("GET /phone-events/".utf8)
    /// A line that is longer is left to the parser to refuse.
    static let longestLine = 8192

    private var isInHeaders = false
    private var held = ByteBuffer()

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var buffer = unwrapInboundIn(data)
        held.writeBuffer(&buffer)
        while true {
            if !isInHeaders {
                let start = held.readableBytesView.prefix(Self.beginning.count)
                guard Self.beginning.starts(with: start) else { return stepAside(context) }
                guard start.count == Self.beginning.count else { break }
            }
            guard let line = nextLine() else { break }
            if line.readableBytes == 2 || line.readableBytes == 1 {
                isInHeaders = false
                context.fireChannelRead(wrapInboundOut(line))
            } else if isInHeaders {
                context.fireChannelRead(wrapInboundOut(line))
            } else {
                isInHeaders = true
                context.fireChannelRead(wrapInboundOut(ByteBuffer(bytes: Self.mended(Array(line.readableBytesView)))))
            }
        }
        if held.readableBytes > Self.longestLine { stepAside(context) }
    }

    func channelInactive(context: ChannelHandlerContext) {
        if held.readableBytes > 0 { context.fireChannelRead(wrapInboundOut(held)) }
        held = ByteBuffer()
        context.fireChannelInactive()
    }

    private func stepAside(_ context: ChannelHandlerContext) {
        let all = held
        held = ByteBuffer()
        context.fireChannelRead(wrapInboundOut(all))
        context.pipeline.syncOperations.removeHandler(context: context, promise: nil)
    }

    private func nextLine() -> ByteBuffer? {
        guard let end = held.readableBytesView.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
        return held.readSlice(length: end - held.readableBytesView.startIndex + 1)
    }

    /// A request line whose target has nothing in it that HTTP does not allow there.
    static func mended(_ line: [UInt8]) -> [UInt8] {
        guard let method = line.firstIndex(of: UInt8(ascii: " ")),
            let version = line.lastRange(of: " HTTP/"), version > method
        else { return line }
        var mended = Array(line[...method])
        for byte in line[(method + 1)..<version] {
            // What is encoded already stays; `"<>\\^`{|}` and what is no visible ASCII is encoded now.
            if byte > 0x20, byte < 0x7f, !"\"<>\\^`{|}#".utf8.contains(byte) {
                mended.append(byte)
            } else {
                let digits = String(byte, radix: 16, uppercase: true)
                mended += Array("%\(digits.count == 1 ? "0" : "")\(digits)".utf8)
            }
        }
        return mended + line[version...]
    }
}

extension [UInt8] {
    /// Where a text begins for the last time.
    fileprivate func lastRange(of text: String) -> Int? {
        let wanted = Array(text.utf8)
        guard count >= wanted.count else { return nil }
        return (0...(count - wanted.count)).last { self[$0..<($0 + wanted.count)].elementsEqual(wanted) }
    }
}

/// HTTP/1.1 with the mender before the parser.
struct MendedLinesChannel: HTTPChannelHandler {
    typealias Value = HTTP1Channel.Value

    let base: HTTP1Channel
    var responder: HTTPChannelHandler.Responder { base.responder }

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        channel.eventLoop.makeCompletedFuture {
            try channel.pipeline.syncOperations.addHandler(RequestLineMender())
        }.flatMap {
            base.setup(channel: channel, logger: logger)
        }
    }

    func handle(value: Value, logger: Logger) async {
        await base.handle(value: value, logger: logger)
    }
}

extension HTTPServerBuilder {
    /// HTTP/1.1 that reads what phones send, too.
    ///
    /// - Parameter idleTimeout: how long the other end of a connection may send nothing that is waited for.
    static func http1WithMendedLines(idleTimeout: TimeAmount = .seconds(75)) -> HTTPServerBuilder {
        HTTPServerBuilder { responder in
            // Hummingbird's own time-out counts an upload that we are slow to take as idle.
            MendedLinesChannel(
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
