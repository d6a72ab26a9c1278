import CampaignStore

/// A time that was agreed for a callback, as people type it.
enum CallbackOption {
    /// Reads `2026-11-25 15:30` (the contact's own clock) or an instant of ISO 8601.
    static func read(_ text: String?) throws -> CallbackTime? {
        guard let text else { return nil }
        if let time = CallbackTime(text) { return time }
        throw CommandFailure(
            "--callback takes a time on the contact's clock such as “2026-11-25 15:30”, or an instant such as 2026-11-25T20:30:00Z, not “\(text)”."
        )
    }
}
