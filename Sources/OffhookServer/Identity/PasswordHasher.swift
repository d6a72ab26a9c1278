import Crypto
import CryptoExtras
@preconcurrency import Dispatch
import Foundation

/// Turns passwords into scrypt hashes and checks them, one at a time: each takes memory and a processor for a while.
public struct PasswordHasher: Sendable {
    /// What one hash costs. Memory is 128 · rounds · blockSize bytes.
    public struct Cost: Sendable, Hashable {
        public var rounds: Int
        public var blockSize: Int
        public var parallelism: Int

        /// A cost from scrypt's parameters.
        public init(rounds: Int, blockSize: Int, parallelism: Int) {
            self.rounds = rounds
            self.blockSize = blockSize
            self.parallelism = parallelism
        }

        /// 32 MB, three times: one of the settings that OWASP's Password Storage Cheat Sheet names.
        public static let standard = Cost(rounds: 1 << 15, blockSize: 8, parallelism: 3)
    }

    private let cost: Cost
    private let queue = DispatchQueue(label: "offhook.passwords", qos: .utility)

    /// A hasher whose new hashes cost so much; old ones keep what they were made with.
    public init(cost: Cost) {
        self.cost = cost
    }

    /// A new hash, with its parameters and salt: `scrypt$rounds$blockSize$parallelism$salt$key`.
    public func hash(_ password: String) async throws -> String {
        let salt = (0..<16).map { _ in UInt8.random(in: .min ... .max) }
        let cost = cost
        return try await onQueue {
            let key = try Self.derive(password, salt, cost)
            return [
                "scrypt", "\(cost.rounds)", "\(cost.blockSize)", "\(cost.parallelism)",
                Data(salt).base64EncodedString(), key.base64EncodedString(),
            ].joined(separator: "$")
        }
    }

    /// Whether a password is the one of a stored hash. Without a hash it takes as long and is false, so that nobody learns by
    /// the time which users there are.
    public func verify(_ password: String, _ stored: String?) async throws -> Bool {
        let fallback = cost
        return try await onQueue {
            guard let stored, let parsed = Self.parse(stored) else {
                _ = try Self.derive(password, Array(repeating: 0, count: 16), fallback)
                return false
            }
            let key = try Self.derive(password, parsed.salt, parsed.cost)
            return SHA256.hash(data: key) == SHA256.hash(data: parsed.key)
        }
    }

    private func onQueue<Result: Sendable>(_ work: @escaping @Sendable () throws -> Result) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Swift.Result(catching: work)) }
        }
    }

    private static func derive(_ password: String, _ salt: [UInt8], _ cost: Cost) throws -> Data {
        // Unicode has several spellings of one password; and the derivation takes no empty one.
        let bytes = Data(password.precomposedStringWithCompatibilityMapping.utf8) + [0]
        let key = try KDF.Scrypt.deriveKey(
            from: bytes, salt: Data(salt), outputByteCount: 32, rounds: cost.rounds, blockSize: cost.blockSize,
            parallelism: cost.parallelism)
        return key.withUnsafeBytes { Data($0) }
    }

    private static func parse(_ stored: String) -> (cost: Cost, salt: [UInt8], key: Data)? {
        let parts = stored.split(separator: "$").map(String.init)
        guard parts.count == 6, parts[0] == "scrypt", let rounds = Int(parts[1]), let blockSize = Int(parts[2]),
            let parallelism = Int(parts[3]), let salt = Data(base64Encoded: parts[4]),
            let key = Data(base64Encoded: parts[5])
        else { return nil }
        return (Cost(rounds: rounds, blockSize: blockSize, parallelism: parallelism), Array(salt), key)
    }
}

/// What a password must be.
enum PasswordRule {
    static let least = 12
    static let most = 200

    /// Why a password will not do, as a sentence; nil where it does.
    static func problem(_ password: String, userName: String) -> String? {
        guard password.count >= least else {
            return "A password has at least \(least) characters; a few words in a row are easy to keep."
        }
        guard password.count <= most else { return "A password has at most \(most) characters." }
        guard password.lowercased() != userName.lowercased(), Set(password).count > 3 else {
            return "That password is too easy to guess; a few words in a row are easy to keep."
        }
        return nil
    }
}
