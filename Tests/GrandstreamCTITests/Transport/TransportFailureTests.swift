import AsyncHTTPClient
import Foundation
import NIOCore
import NIOPosix
import NIOSSL
import SystemResources
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

    @Test(
        "is this computer's own where it has no descriptor or memory left, and says nothing of the phone",
        arguments: [EMFILE, ENFILE, ENOMEM, ENOBUFS])
    func shortage(code: Int32) {
        let error = IOError(errnoCode: code, reason: "socket")
        let unsent = failure(error, Marks())
        #expect(unsent.kind == .shortage)
        #expect(unsent.delivery == .notSent)
        #expect(!unsent.closedWhileIdle)
        #expect(unsent.detail == ResourceShortage(errno: code)?.clause)
        // What had left has left, whatever failed then.
        #expect(failure(error, Marks(requestStarted: true)).delivery == .mayHaveActed)
    }

    @Test("is held against the phone only where a name or a handshake failed while nothing was short")
    func unknownNames() {
        let errors: [any Error] = [
            NIOSSLError.unableToValidateCertificate, BoringSSLError.unknownError([]),
        ]
        for error in errors {
            let make = { (marks: Marks, shortage: ResourceShortage?) in
                TransportFailure(error, marks: marks, redactor: Redactor(Passcode("admin")), look: { shortage })
            }
            #expect(make(Marks(), .descriptors).kind == .shortage)
            #expect(make(Marks(), nil).kind == .unreachable)
            #expect(make(Marks(connectionOpened: true, requestStarted: true), .descriptors).kind == .unreachable)
        }
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
