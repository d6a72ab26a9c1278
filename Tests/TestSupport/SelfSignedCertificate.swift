import Foundation

/// A certificate that signed itself, made anew by openssl, with its key.
public struct SelfSignedCertificate: Sendable {
    struct OpenSSLFailure: Error {
        let status: Int32
    }

    /// In PEM form.
    public let certificate: String
    /// In PEM form.
    public let key: String
    /// SHA-256 of its DER form, as openssl prints it.
    public let fingerprint: String

    /// - Parameter days: for how long it is valid.
    public init(commonName: String, days: Int = 2) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "certificate-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let (key, certificate) = (folder.appending(path: "key.pem"), folder.appending(path: "certificate.pem"))
        _ = try Self.openssl([
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
            "-keyout", key.path(), "-out", certificate.path(), "-subj", "/CN=\(commonName)", "-days", "\(days)",
        ])
        let printed = try Self.openssl(["x509", "-noout", "-fingerprint", "-sha256", "-in", certificate.path()])
        fingerprint = printed.split(separator: "=").last.map { $0.filter { !$0.isWhitespace } } ?? ""
        self.certificate = try String(contentsOf: certificate, encoding: .utf8)
        self.key = try String(contentsOf: key, encoding: .utf8)
    }

    private static func openssl(_ arguments: [String]) throws -> String {
        let (process, output) = (Process(), Pipe())
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["openssl"] + arguments
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let printed = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw OpenSSLFailure(status: process.terminationStatus) }
        return String(decoding: printed, as: UTF8.self)
    }
}
