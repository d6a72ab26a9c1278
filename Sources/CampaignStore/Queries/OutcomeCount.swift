import Campaigns
import Foundation
import GRDB

/// How outcomes are grouped in the outcome report.
public enum OutcomeGrouping: String, Sendable, CaseIterable, Hashable {
    case campaign
    case list
    /// The hour of the day on the contact's own clock.
    case hour
}

/// How often an outcome came in one group.
public struct OutcomeCount: Sendable, Hashable {
    /// The campaign, list or local hour; `none` where the attempt has none.
    public var group: String
    public var outcome: String
    public var attempts: Int
    /// Contacts with at least one such attempt.
    public var contacts: Int
    public var ringMilliseconds: Int64
    public var talkMilliseconds: Int64
}

/// How many contacts stand in each state.
public struct ContactCounts: Sendable, Hashable {
    public var byState: [ContactState: Int] = [:]
    /// Selectable contacts whose rules forbid a call until a person or a file changes something.
    public var parked = 0

    /// All contacts.
    public var total: Int { byState.values.reduce(0, +) }
    /// Contacts that may still be called some day, those in an attempt included.
    public var remaining: Int {
        [.ready, .reserved, .inAttempt, .waitingRetry, .callback].reduce(0) { $0 + (byState[$1] ?? 0) } - parked
    }
}

extension CampaignStore {
    /// Outcomes of attempts by group; an attempt that is still open is counted as `open`.
    public func outcomeCounts(by grouping: OutcomeGrouping, campaign: CampaignID? = nil) throws -> [OutcomeCount] {
        let group =
            switch grouping {
            case .campaign: "coalesce(c.name, 'none')"
            case .list: "coalesce(c.name || ' / ' || l.name, 'none')"
            case .hour: "coalesce(printf('%02d:00', t.local_minute_of_week % 1440 / 60), 'none')"
            }
        return try read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT \(group) AS grp, coalesce(t.outcome, 'open') AS outcome, count(*) AS attempts,
                        count(DISTINCT t.contact_id) AS contacts, total(t.ring_ms) AS ring, total(t.talk_ms) AS talk
                    FROM attempts t LEFT JOIN campaigns c ON c.id = t.campaign_id LEFT JOIN lists l ON l.id = t.list_id
                    WHERE ?1 IS NULL OR t.campaign_id = ?1 GROUP BY grp, t.outcome ORDER BY grp, t.outcome
                    """, arguments: [campaign?.value]
            ).map {
                OutcomeCount(
                    group: $0["grp"], outcome: $0["outcome"], attempts: $0["attempts"], contacts: $0["contacts"],
                    ringMilliseconds: Int64($0["ring"] as Double), talkMilliseconds: Int64($0["talk"] as Double))
            }
        }
    }

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
                if row["parked"] as Bool, state.isSelectable { counts.parked += row["contacts"] as Int }
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
