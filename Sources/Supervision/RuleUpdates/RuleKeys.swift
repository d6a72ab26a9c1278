import Crypto
import Foundation

/// The public key of whoever issues rule packs, as `rules.pub` in the share folder holds it. It is put there when Offhook is installed;
/// the program only reads it.
public struct RuleKey: Sendable, Hashable {
    /// The first line of a public key's file.
    static let heading = "offhook rules public key 1"

    /// The 32 bytes of an Ed25519 key.
    public let bytes: Data

    /// What tells keys apart for people: the first 16 hexadecimal digits of its SHA-256.
    public var fingerprint: String {
        SHA256.hash(data: bytes).prefix(8).map { String(format: "%02x", $0) }.joined()
    }

    init(bytes: Data) { self.bytes = bytes }

    /// The key in a text.
    ///
    /// - Throws: `SupervisionError`.
    public init(_ text: String, file: String) throws {
        let lines = text.split(whereSeparator: \.isNewline).map(String.init)
        guard lines.count == 2, lines[0] == Self.heading, let bytes = Data(base64Encoded: lines[1]),
            (try? Curve25519.Signing.PublicKey(rawRepresentation: bytes)) != nil
        else {
            throw SupervisionError("\(file) is not a public key for rules; offhook rules keygen makes one.")
        }
        self.bytes = bytes
    }

    /// The text of its file.
    public var text: String { "\(Self.heading)\n\(bytes.base64EncodedString())\n" }

    /// Whether a signature of this key is over some bytes.
    func isSignature(_ signature: Data, over bytes: Data) -> Bool {
        guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: self.bytes) else { return false }
        return key.isValidSignature(signature, for: bytes)
    }
}

/// The private key of whoever issues rule packs; it stays with them.
public struct RuleSigner: Sendable {
    static let heading = "offhook rules private key 1"
    private let key: Curve25519.Signing.PrivateKey

    /// A new key.
    public init() { key = Curve25519.Signing.PrivateKey() }

    /// The key in a text.
    ///
    /// - Throws: `SupervisionError`, which tells nothing of the key.
    public init(_ text: String, file: String) throws {
        let lines = text.split(whereSeparator: \.isNewline).map(String.init)
        guard lines.count == 2, lines[0] == Self.heading, let bytes = Data(base64Encoded: lines[1]),
            let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: bytes)
        else {
            throw SupervisionError("\(file) is not a private key for rules; offhook rules keygen makes one.")
        }
        self.key = key
    }

    /// The text of its file, a secret.
    public var text: String { "\(Self.heading)\n\(key.rawRepresentation.base64EncodedString())\n" }

    /// The key that goes to those who take the packs.
    public var publicKey: RuleKey { RuleKey(bytes: key.publicKey.rawRepresentation) }

    func signature(over bytes: Data) throws -> Data { try key.signature(for: bytes) }
}
