import Campaigns
import GRDB
import PhoneNumbers

/// A call in which somebody asked not to be called any more, and since when that holds.
public struct DoNotCallWish: Sendable, Hashable {
    public var attempt: AttemptRow
    /// When the first do-not-call entry began that covers the number now; nil where none does, since a person removed it.
    public var effectiveAt: Instant?

    /// A wish from its parts.
    public init(attempt: AttemptRow, effectiveAt: Instant?) {
        self.attempt = attempt
        self.effectiveAt = effectiveAt
    }
}

extension CampaignStore {
    /// Settled attempts of a scope of which the agent said `do_not_call`, the newest first, found by the sums that are kept.
    ///
    /// - Parameters:
    ///   - now: when an entry must still hold.
    ///   - limit: most that are handed over.
    public func doNotCallWishes(in scope: ReportScope, at now: Instant, limit: Int) throws -> [DoNotCallWish] {
        let found = try attempts(
            of: Outcome.allCases.map { SeenAndSaid($0, .doNotCall) }, in: scope, limit: limit)
        return try read { database in
            try found.map { attempt in
                let entries = try attempt.number.map {
                    try SuppressionLookup.entries(
                        of: $0.digits, campaign: attempt.campaignID?.value ?? 0, at: now.milliseconds, database)
                }
                return DoNotCallWish(attempt: attempt, effectiveAt: entries?.map(\.addedAt).min())
            }
        }
    }
}
