import CampaignStore
import Campaigns

/// Links that let somebody set a password once.
public enum OneTimeLink {
    /// Makes a link; older ones for the same purpose end.
    ///
    /// - Parameters:
    ///   - user: whose password it sets; nil to create the first administrator.
    ///   - base: the server's address, without a slash at its end.
    public static func make(
        for user: User?, _ store: CampaignStore, _ base: String, _ length: Duration, _ now: Instant
    ) throws -> String {
        let secret = SecretText.random()
        try store.addLink(tokenHash: SecretText.hash(of: secret), user: user?.id, expiresAt: now + length, at: now)
        return "\(base)/\(user == nil ? "setup" : "password")/\(secret)"
    }
}
