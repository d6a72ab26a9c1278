import CampaignStore
import Campaigns

/// Keys of programs.
public enum TokenGrant {
    /// Makes a token; it is stored as a hash alone, so that this is the only time it can be shown.
    ///
    /// - Parameters:
    ///   - name: what it is for, 1 to 64 characters.
    ///   - endsAt: nil for never.
    /// - Returns: its number, and the token itself.
    /// - Throws: `StoreError.refused` for a name that cannot be one.
    public static func make(
        for user: User, named name: String, scopes: Set<TokenScope>, endsAt: Instant?, _ store: CampaignStore,
        _ now: Instant
    ) throws -> (number: Int64, secret: String) {
        let secret = SecretText.random()
        let number = try store.addToken(
            hash: SecretText.hash(of: secret), name: name, user: user.id, scopes: Set(scopes.map(\.rawValue)),
            expiresAt: endsAt, at: now)
        return (number, secret)
    }
}
