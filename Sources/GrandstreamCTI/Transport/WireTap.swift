import NIOCore
import NIOHTTP1
import NIOSSL

/// Sits between the HTTP codec and TLS or the socket, so that what it sees is what is sent: it notes the first byte in
/// each direction, and lets no request out on a connection whose certificate is not the pinned one, or whose other end is not to be
/// spoken to.
final class WireTap: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = IOData
    typealias OutboundOut = IOData

    private let record: ExchangeRecord
    private let pin: CertificateFingerprint?
    /// Why nothing may be sent on this connection.
    private let barred: PeerRefused?
    private var refused = false

    init(record: ExchangeRecord, pin: CertificateFingerprint?, barred: PeerRefused?) {
        self.record = record
        self.pin = pin
        self.barred = barred
    }

    /// Puts a tap into a connection of AsyncHTTPClient, next to its HTTP encoder on the wire's side. Call it on the
    /// connection's event loop.
    static func install(
        in channel: any Channel, record: ExchangeRecord, pin: CertificateFingerprint?, check: PeerCheck?
    ) throws {
        let pipeline = channel.pipeline.syncOperations
        let encoder = try pipeline.handler(type: HTTPRequestEncoder.self)
        let barred = check?(channel.remoteAddress?.ipAddress, channel.localAddress?.ipAddress).map(PeerRefused.init)
        let tap = WireTap(record: record, pin: pin, barred: barred)
        try pipeline.addHandler(tap, position: .before(encoder))
        record.mark { $0.connectionOpened = true }
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if let distrust: any Error = barred ?? distrust(of: context) {
            promise?.fail(distrust)
            guard !refused else { return }
            refused = true
            // Not from within the write: the client above is still busy with it.
            let loopBound = NIOLoopBound(context, eventLoop: context.eventLoop)
            context.eventLoop.execute { loopBound.value.fireErrorCaught(distrust) }
            return
        }
        // Before the write, not after it: from here on nobody can know how much of it leaves.
        record.mark { $0.requestStarted = true }
        context.write(data, promise: promise)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        record.mark { $0.answerStarted = true }
        context.fireChannelRead(data)
    }

    private func distrust(of context: ChannelHandlerContext) -> CertificateDistrust? {
        guard let pin else { return nil }
        guard let certificate = try? context.pipeline.syncOperations.nioSSL_peerCertificate(),
            let der = try? certificate.toDERBytes()
        else { return CertificateDistrust(seen: nil) }
        let seen = CertificateFingerprint(certificate: der)
        return seen == pin ? nil : CertificateDistrust(seen: seen)
    }
}

/// The other end of a connection is not to be spoken to.
struct PeerRefused: Error, Sendable, Hashable {
    /// Why, a clause.
    let why: String
}

/// A connection does not have the certificate that was pinned.
struct CertificateDistrust: Error, Sendable, Hashable {
    /// What it has instead; nil for none.
    let seen: CertificateFingerprint?
}
