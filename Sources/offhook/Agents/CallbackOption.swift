import ArgumentParser
import CampaignStore
import Eligibility

/// A time that was agreed for a callback, as people type it.
struct CallbackOption: ParsableArguments {
    @Option(
        help:
            "When to call back: “2026-11-25 15:30” on the contact's clock, or an instant of ISO 8601, 2026-11-25T15:30-05:00."
    )
    var callback: String?
    @Option(
        help: "The zone on whose clock the callback was agreed, where the contact may be in several: America/New_York.")
    var timeZone: String?

    /// The instant that is meant for the contact of an attempt; nil where no time was given.
    ///
    /// - Throws: `CommandFailure`, `AmbiguousCallback`, `StoreError`.
    func settled(of attempt: AttemptID, under rules: EligibilityRules, _ store: CampaignStore) throws -> CallbackTime? {
        guard let time = try Self.read(callback) else {
            guard timeZone == nil else { throw CommandFailure("--time-zone is of a --callback; give its time too.") }
            return nil
        }
        return try time.settled(
            in: try store.area(ofAttempt: attempt), zone: timeZone, rules.clock(named:))
    }

    /// Reads `2026-11-25 15:30` (the contact's own clock) or an instant of ISO 8601.
    static func read(_ text: String?) throws -> CallbackTime? {
        guard let text else { return nil }
        if let time = CallbackTime(text) { return time }
        throw CommandFailure(
            "--callback takes a time on the contact's clock such as “2026-11-25 15:30”, or an instant such as 2026-11-25T20:30:00Z, not “\(text)”."
        )
    }
}
