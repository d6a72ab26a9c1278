import AsyncHTTPClient
import Foundation
import NIOCore
import NIOPosix
import NIOSSL
import SystemResources

/// Why there is no whole answer.
struct TransportFailure: Error, Sendable, Hashable {
    let kind: CTIError.Kind
    let delivery: CTIError.Delivery
    /// What happened and what to do, as a clause.
    let detail: String
    /// The connection had stood idle and was closed before an answer began: what a web server does that closes idle
    /// connections just as a request comes.
    let closedWhileIdle: Bool

    /// What an error of the HTTP client means in the light of what was seen on the wire.
    ///
    /// - Parameter look: tells what this computer is short of now; asked where an error does not say why.
    init(
        _ error: any Error, marks: ExchangeRecord.Marks, redactor: Redactor,
        look: () -> ResourceShortage? = { ResourceShortage.now(descriptors: Self.neededDescriptors) }
    ) {
        if let shortage = Self.shortage(behind: error, marks, look) {
            (kind, detail) = (.shortage, shortage.clause)
        } else {
            (kind, detail) = Self.explain(error, marks, redactor)
        }
        delivery = marks.requestStarted ? .mayHaveActed : .notSent
        // A connection that could not be opened has marks as bare as one that had stood idle, but for the request.
        let foundClosed = marks.requestStarted || error as? ChannelError == .ioOnClosedChannel
        closedWhileIdle = kind == .unreachable && foundClosed && !marks.connectionOpened && !marks.answerStarted
    }

    /// So many must be free before an unknown name or a failed handshake is held against the phone: looking a name up and reading
    /// certificates opens some at once.
    private static let neededDescriptors = 8

    /// What this computer lacked, where that is why there is no answer.
    private static func shortage(
        behind error: any Error, _ marks: ExchangeRecord.Marks, _ look: () -> ResourceShortage?
    ) -> ResourceShortage? {
        switch error {
        case let error as IOError: return ResourceShortage(errno: error.errnoCode)
        case let error as NIOConnectionError where !error.connectionErrors.isEmpty:
            // A phone with two addresses fails as a whole where we could not even try one of them.
            return error.connectionErrors.lazy.compactMap { single in
                (single.error as? IOError).flatMap { ResourceShortage(errno: $0.errnoCode) }
            }.first
        case is NIOConnectionError, is NIOSSLError, is BoringSSLError:
            // The resolver and TLS do not hand the system's error number on.
            return marks.connectionOpened || marks.requestStarted ? nil : look()
        default: return nil
        }
    }

    private static func explain(
        _ error: any Error, _ marks: ExchangeRecord.Marks, _ redactor: Redactor
    ) -> (CTIError.Kind, String) {
        if let error = error as? HTTPClientError, let explanation = explain(error) { return explanation }
        switch error {
        case let error as ResponseAccumulator.ResponseTooBigError:
            return (.malformed, "the answer is longer than \(error.maxBodySize) bytes; check the address")
        case let error as CertificateDistrust:
            let seen = error.seen.map { "has the fingerprint \($0)" } ?? "is missing"
            return (
                .unreachable,
                "the certificate \(seen), which is not the pinned one; find out why before you pin another"
            )
        case let error as PeerRefused:
            return (.unreachable, "\(error.why), so nothing was sent; check where the address leads")
        case let error as NIOSSLError:
            return (.unreachable, tls("\(error)", redactor))
        case let error as BoringSSLError:
            return (.unreachable, tls("\(error)", redactor))
        case let error as NIOConnectionError where error.connectionErrors.isEmpty:
            return (.unreachable, "the host name \(error.host) is not known; check the address")
        case let error as NIOConnectionError:
            return (.unreachable, connection(error.connectionErrors.first?.error ?? error, redactor))
        case let error as IOError where !marks.requestStarted:
            return (.unreachable, connection(error, redactor))
        default:
            return marks.answerStarted
                ? (.malformed, "the answer was cut short or is not HTTP; check that the phone is not restarting")
                : (.unreachable, "the phone closed the connection without an answer; check that it is not restarting")
        }
    }

    /// The errors of the HTTP client that need no look at the wire; nil for the others.
    private static func explain(_ error: HTTPClientError) -> (CTIError.Kind, String)? {
        switch error {
        case .connectTimeout, .tlsHandshakeTimeout:
            (.timedOut, "no connection in time; check the address and that the phone is on")
        case .readTimeout, .deadlineExceeded:
            (
                .timedOut,
                "no answer in time; check that the phone is not restarting and that its screen asks for no confirmation"
            )
        case .cancelled:
            (.cancelled, "the task was cancelled")
        case .alreadyShutdown:
            (.cancelled, "the client was shut down")
        default:
            nil
        }
    }

    private static func tls(_ cause: String, _ redactor: Redactor) -> String {
        "TLS failed with \(Excerpt(cause, redactor: redactor)); phones sign their certificates themselves, so pin the "
            + "fingerprint or do not verify"
    }

    private static func connection(_ error: any Error, _ redactor: Redactor) -> String {
        // The system's own words; those of the error add the name of a call.
        let cause = (error as? IOError).map { String(cString: strerror($0.errnoCode)) } ?? "\(error)"
        return "no connection, \(Excerpt(cause, redactor: redactor)); check the address and that the phone is on"
    }
}
