import AsyncHTTPClient
import NIOCore
import NIOSSL

extension HTTPClient.Configuration {
    /// A client for one phone that repeats nothing and follows nothing.
    static func phone(_ endpoint: PhoneEndpoint, record: ExchangeRecord) -> HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration(
            tlsConfiguration: .phone(endpoint.tls),
            redirectConfiguration: .disallow,
            timeout: .init(
                connect: TimeAmount(endpoint.connectTimeout), read: TimeAmount(endpoint.answerTimeout)))
        configuration.httpVersion = .http1Only
        configuration.connectionPool.retryConnectionEstablishment = false
        // The URL carries the passcode: no tracer may see it.
        configuration.tracing.tracer = nil
        let (pin, check) = (endpoint.tls.pin, endpoint.peerCheck)
        configuration.http1_1ConnectionDebugInitializer = { channel in
            channel.eventLoop.makeCompletedFuture {
                try WireTap.install(in: channel, record: record, pin: pin, check: check)
            }
        }
        return configuration
    }
}

extension TLSConfiguration {
    fileprivate static func phone(_ policy: TLSPolicy) -> TLSConfiguration {
        var configuration = TLSConfiguration.makeClientConfiguration()
        switch policy {
        case .system: break
        // The tap compares the certificate of the very connection that carries the request; chain and dates of a
        // phone's certificate prove nothing.
        case .pinned, .doNotVerify: configuration.certificateVerification = .none
        }
        return configuration
    }
}

extension TLSPolicy {
    fileprivate var pin: CertificateFingerprint? {
        switch self {
        case .pinned(let fingerprint): CertificateFingerprint(hexadecimal: fingerprint)
        case .system, .doNotVerify: nil
        }
    }
}
