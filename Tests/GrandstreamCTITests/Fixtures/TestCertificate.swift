import Foundation
import NIOSSL

@testable import GrandstreamCTI

/// A self-signed certificate, made anew by openssl.
struct TestCertificate {
    struct OpenSSLFailure: Error {
        let status: Int32
    }

    let serverContext: NIOSSLContext
    let fingerprint: CertificateFingerprint

    /// - Parameter days: For how long it is valid.
    init(commonName: String, days: Int = 2) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "cti-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let (key, certificate) = (folder.appending(path: "key.pem"), folder.appending(path: "certificate.pem"))
        let openssl = Process()
        openssl.executableURL = URL(filePath: "/usr/bin/env")
        openssl.arguments = [
            "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
            "-keyout", key.path(), "-out", certificate.path(), "-subj", "/CN=\(commonName)", "-days", "\(days)",
        ]
        openssl.standardError = FileHandle.nullDevice
        try openssl.run()
        openssl.waitUntilExit()
        guard openssl.terminationStatus == 0 else { throw OpenSSLFailure(status: openssl.terminationStatus) }
        let chain = try NIOSSLCertificate.fromPEMFile(certificate.path())
        fingerprint = CertificateFingerprint(certificate: try chain.first?.toDERBytes() ?? [])
        serverContext = try NIOSSLContext(
            configuration: .makeServerConfiguration(
                certificateChain: chain.map { .certificate($0) },
                privateKey: .privateKey(try NIOSSLPrivateKey(file: key.path(), format: .pem))))
    }
}
