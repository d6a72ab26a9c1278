import NIOSSL
import TestSupport

@testable import GrandstreamCTI

/// A self-signed certificate as a server shows it, with its fingerprint.
struct TestCertificate {
    let serverContext: NIOSSLContext
    let fingerprint: CertificateFingerprint

    init(commonName: String) throws {
        let made = try SelfSignedCertificate(commonName: commonName)
        let chain = try NIOSSLCertificate.fromPEMBytes(Array(made.certificate.utf8))
        fingerprint = CertificateFingerprint(certificate: try chain.first?.toDERBytes() ?? [])
        serverContext = try NIOSSLContext(
            configuration: .makeServerConfiguration(
                certificateChain: chain.map { .certificate($0) },
                privateKey: .privateKey(try NIOSSLPrivateKey(bytes: Array(made.key.utf8), format: .pem))))
    }
}
