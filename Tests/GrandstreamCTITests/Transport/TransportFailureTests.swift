import AsyncHTTPClient
import Foundation
import NIOCore
import Testing

@testable import GrandstreamCTI

@Suite("A failure of the transport")
struct TransportFailureTests {
    private typealias Marks = ExchangeRecord.Marks

    private func failure(_ error: any Error, _ marks: Marks) -> TransportFailure {
        TransportFailure(error, marks: marks, redactor: Redactor(Passcode("admin")))
    }

    @Test("was not sent only if no byte of the request was handed over, whatever the error")
    func delivery() {
        let errors: [any Error] = [
            HTTPClientError.readTimeout, HTTPClientError.connectTimeout, HTTPClientError.remoteConnectionClosed,
            HTTPClientError.cancelled, ChannelError.ioOnClosedChannel, IOError(errnoCode: ECONNRESET, reason: "read"),
        ]
        for error in errors {
            #expect(failure(error, Marks(connectionOpened: true)).delivery == .notSent)
            #expect(failure(error, Marks(requestStarted: true)).delivery == .mayHaveActed)
        }
    }

    @Test("is a connection closed while idle only if it was open before and nothing came back")
    func idle() {
        let closed = HTTPClientError.remoteConnectionClosed
        #expect(failure(closed, Marks(requestStarted: true)).closedWhileIdle)
        #expect(failure(ChannelError.ioOnClosedChannel, Marks()).closedWhileIdle)
        #expect(!failure(closed, Marks(connectionOpened: true, requestStarted: true)).closedWhileIdle)
        #expect(!failure(closed, Marks(requestStarted: true, answerStarted: true)).closedWhileIdle)
        #expect(!failure(HTTPClientError.readTimeout, Marks(requestStarted: true)).closedWhileIdle)
        #expect(!failure(IOError(errnoCode: ECONNREFUSED, reason: "connect"), Marks()).closedWhileIdle)
    }

    @Test("names the kind of thing that went wrong")
    func kinds() {
        let sent = Marks(connectionOpened: true, requestStarted: true)
        #expect(failure(HTTPClientError.deadlineExceeded, sent).kind == .timedOut)
        #expect(failure(HTTPClientError.tlsHandshakeTimeout, Marks()).kind == .timedOut)
        #expect(failure(HTTPClientError.alreadyShutdown, Marks()).kind == .cancelled)
        #expect(failure(CertificateDistrust(seen: nil), sent).kind == .unreachable)
        #expect(
            failure(IOError(errnoCode: ECONNREFUSED, reason: "connect"), Marks()).detail
                == "no connection, “Connection refused”; check the address and that the phone is on")
    }
}
