import CampaignStore
import Campaigns
import HTTPTypes

/// Phones files that an administrator has looked at and not applied yet. They may hold passcodes, so they wait in memory and
/// never travel back to the browser.
actor PendingPhones {
    /// How long one waits to be applied.
    static let patience: Duration = .seconds(15 * 60)
    /// How many wait at most; the oldest goes.
    static let most = 20

    /// A file with what it would do when it was looked at.
    struct Pending: Sendable {
        var devices: [DeviceSettings]
        var keepingOthers: Bool
        var preview: [DevicePreview]
        var owner: UserID
        var at: Instant
    }

    private var waiting: [String: Pending] = [:]

    /// Keeps a file.
    ///
    /// - Returns: the secret by which its owner applies it.
    func keep(_ pending: Pending) -> String {
        waiting = waiting.filter { pending.at.since($0.value.at) < Self.patience }
        if waiting.count >= Self.most, let oldest = waiting.min(by: { $0.value.at < $1.value.at }) {
            waiting[oldest.key] = nil
        }
        let key = SecretText.random()
        waiting[key] = pending
        return key
    }

    /// Hands a file out, once.
    ///
    /// - Throws: ``Problem`` 409 where it waited too long, was applied already, or is somebody else's.
    func take(_ key: String, for user: UserID, at now: Instant) throws -> Pending {
        guard let pending = waiting[key], pending.owner == user, now.since(pending.at) < Self.patience else {
            throw Problem(
                .conflict, "That was applied already, or waited for more than 15 minutes; look at the file again.",
                code: "preview_over")
        }
        waiting[key] = nil
        return pending
    }
}
