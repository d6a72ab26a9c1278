import CampaignStore
import Crypto
import CryptoExtras
import Foundation

/// Turns passwords into scrypt hashes and checks them, on a few threads of their own and in fair turns (see ``HashPool``).
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
    let pool: HashPool

    /// A hasher whose new hashes cost so much; old ones keep what they were made with.
    public init(cost: Cost) {
        self.cost = cost
        pool = HashPool()
    }

    /// A new hash, with its parameters and salt: `scrypt$rounds$blockSize$parallelism$salt$key`.
    ///
    /// - Parameters:
    ///   - account: whose password it is.
    ///   - address: from where it is asked; `here` for the program itself.
    /// - Throws: ``Problem`` 503 with `Retry-After` where too many wait; `CancellationError`.
    public func hash(
        _ password: String, account: String = "", address: String = "here"
    ) async throws -> String {
        let salt = (0..<16).map { _ in UInt8.random(in: .min ... .max) }
        let cost = cost
        return try await pool.run(for: Self.owner(account, address)) {
            let key = try Self.derive(password, salt, cost)
            return [
                "scrypt", "\(cost.rounds)", "\(cost.blockSize)", "\(cost.parallelism)",
                Data(salt).base64EncodedString(), key.base64EncodedString(),
            ].joined(separator: "$")
        }
    }

    /// Whether a password is the one of a stored hash. Without a hash it takes as long and is false, so that nobody learns by
    /// the time which users there are.
    ///
    /// - Parameters:
    ///   - account: the name that was typed, whether there is such a user or not.
    ///   - address: from where it is asked.
    /// - Throws: ``Problem`` 503 with `Retry-After` where too many wait; `CancellationError`.
    public func verify(
        _ password: String, _ stored: String?, account: String = "", address: String = "here"
    ) async throws -> Bool {
        let fallback = cost
        let password = PasswordRule.bounded(password)
        return try await pool.run(for: Self.owner(account, address)) {
            guard let stored, let parsed = Self.parse(stored) else {
                _ = try Self.derive(password, Array(repeating: 0, count: 16), fallback)
                return false
            }
            let key = try Self.derive(password, parsed.salt, parsed.cost)
            return SHA256.hash(data: key) == SHA256.hash(data: parsed.key)
        }
    }

    private static func owner(_ account: String, _ address: String) -> HashPool.Owner {
        HashPool.Owner(address: LoginThrottle.place(of: address), account: LoginThrottle.key(of: account))
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
