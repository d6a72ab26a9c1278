import Campaigns
import Foundation
import GRDB

/// How many contacts stand in each state.
public struct ContactCounts: Sendable, Hashable {
    public var byState: [ContactState: Int] = [:]
    /// Selectable contacts whose rules forbid a call until a person or a file changes something.
    public var parked = 0
    /// Contacts that were called and are to be called again, parked ones left out: at a time of their own, not at the run's pace.
    public var waiting = 0

    /// All contacts.
    public var total: Int { byState.values.reduce(0, +) }
    /// Contacts that may still be called some day, those in an attempt included.
    public var remaining: Int {
        [.ready, .reserved, .inAttempt, .waitingRetry, .callback].reduce(0) { $0 + (byState[$1] ?? 0) } - parked
    }
}

extension CampaignStore {
    /// Contacts of some campaigns by state; of all campaigns where none is named.
    public func contactCounts(campaigns: [CampaignID] = []) throws -> ContactCounts {
        try read { database in
            var counts = ContactCounts()
            let ids = "[\(campaigns.map { String($0.value) }.joined(separator: ","))]"
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT state, due_at = ?2 AS parked, count(*) AS contacts FROM contacts
                    WHERE (?1 = '[]' OR campaign_id IN (SELECT value FROM json_each(?1)))
                        AND list_id NOT IN (SELECT id FROM lists WHERE state = 'loading')
                    GROUP BY state, parked
                    """, arguments: [ids, Parking.never])
            for row in rows {
                guard let state = ContactState(rawValue: row["state"]) else { continue }
                counts.byState[state, default: 0] += row["contacts"] as Int
                if row["parked"] as Bool, state.isSelectable {
                    counts.parked += row["contacts"] as Int
                } else if state == .waitingRetry || state == .callback {
                    counts.waiting += row["contacts"] as Int
                }
            }
            return counts
        }
    }

    /// When the earliest selectable contact of each area is due for a station, 0 for at once: one index probe an area, class and list.
    ///
    /// - Parameters:
    ///   - station: the one that asks; nil for whichever could call first.
    ///   - agents: who sits there; of several, whose callback is due first decides.
    public func earliestDue(
        campaign: CampaignID, station: String?, agents: [String] = [], grace: Duration = .zero
    ) throws -> [(area: Int64, due: Instant)] {
        let names = String(decoding: try JSONEncoder().encode(agents), as: UTF8.self)
        return try read { database in
            try Row.fetchAll(
                database.cachedStatement(sql: SelectionQueries.earliestDue),
                arguments: [
                    "campaign": campaign.value, "never": Parking.never, "station": station, "agents": names,
                    "grace": grace.wholeMilliseconds,
                ]
            ).map { ($0["area"], Instant(milliseconds: $0["due"])) }
        }
    }
}
