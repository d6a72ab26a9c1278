import Campaigns

/// One attempt at a password: slowed down by the throttle, hashed in turn, and counted as wrong until it is forgiven.
struct PasswordCheck: Sendable {
    /// The name that was typed, or whose password it has to be.
    let account: String
    let address: String

    /// Whether a password is the one of a stored hash; without one it takes as long and is false.
    ///
    /// - Throws: ``Problem`` 429 where too many were wrong, 503 where too many wait, both with `Retry-After`; `CancellationError`.
    func isRight(_ password: String, _ stored: String?, _ parts: ServerParts) async throws -> Bool {
        if let wait = await parts.throttle.begin(account: account, address: address, at: parts.now()) {
            throw SecondFactorSetup.tooMany(wait.components.seconds)
        }
        do {
            return try await parts.passwords.verify(password, stored, account: account, address: address)
        } catch {
            await parts.throttle.notMade(account: account, address: address)
            throw error
        }
    }

    /// The password was right, and it was its owner's.
    func forgive(_ parts: ServerParts) async {
        await parts.throttle.succeeded(account: account, address: address)
    }
}
