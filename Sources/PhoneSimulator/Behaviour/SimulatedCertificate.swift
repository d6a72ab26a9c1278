import NIOSSL

/// What a phone shows of itself over https. Changed while it runs, it is shown from the next connection on, as after a
/// factory reset, or where somebody sits in between.
public final class SimulatedCertificate: Sendable, Equatable {
    let context: NIOSSLContext

    /// - Parameters:
    ///   - certificate: the chain in PEM form, the phone's own first.
    ///   - key: its private key in PEM form.
    /// - Throws: `NIOSSLError`, if they are no certificate and its key.
    public init(certificate: String, key: String) throws {
        let chain = try NIOSSLCertificate.fromPEMBytes(Array(certificate.utf8))
        context = try NIOSSLContext(
            configuration: .makeServerConfiguration(
                certificateChain: chain.map { .certificate($0) },
                privateKey: .privateKey(try NIOSSLPrivateKey(bytes: Array(key.utf8), format: .pem))))
    }

    /// One and the same.
    public static func == (left: SimulatedCertificate, right: SimulatedCertificate) -> Bool { left === right }
}
