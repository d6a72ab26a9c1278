import CampaignStore
import Campaigns

/// How soon wishes not to be called took effect.
enum WishCells {
    static func table(_ wishes: [DoNotCallWish]) -> Table {
        Table(
            columns: ["attempt", "campaign", "agent", "ended_at", "effective_at", "delay_s"],
            rows: wishes.map { wish in
                [
                    .integer(wish.attempt.attempt), Cell(wish.attempt.campaign), Cell(wish.attempt.agent),
                    Cell(ended(wish)?.iso8601), Cell(wish.effectiveAt?.iso8601), Cell(delay(wish)),
                ]
            })
    }

    /// The longest delay in whole seconds; nil where no wish holds.
    static func slowest(_ wishes: [DoNotCallWish]) -> Int64? { wishes.compactMap(delay).max() }

    private static func ended(_ wish: DoNotCallWish) -> Instant? { wish.attempt.endedAt ?? wish.attempt.settledAt }

    /// Whole seconds from the end of the call, begun ones counted; 0 where an entry was there before.
    private static func delay(_ wish: DoNotCallWish) -> Int64? {
        guard let ended = ended(wish), let effective = wish.effectiveAt else { return nil }
        return max(0, (effective.since(ended).wholeMilliseconds + 999) / 1000)
    }
}
