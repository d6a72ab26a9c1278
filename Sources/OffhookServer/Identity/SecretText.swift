import Crypto
import Foundation

/// Secrets in cookies, links, tokens and paths: made, hashed and compared.
enum SecretText {
    /// 256 bits at random, safe in a URL and a cookie.
    static func random() -> String {
        var generator = SystemRandomNumberGenerator()
        let bytes = (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        return Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
            .replacing("=", with: "")
    }

    /// SHA-256: what is stored of a secret that has enough bits of its own.
    static func hash(of secret: String) -> Data { Data(SHA256.hash(data: Data(secret.utf8))) }

    /// Compares without telling by its time how much was right.
    static func areEqual(_ left: String, _ right: String) -> Bool {
        // Digests have one length, and their comparison looks at all of it.
        SHA256.hash(data: Data(left.utf8)) == SHA256.hash(data: Data(right.utf8))
    }
}
