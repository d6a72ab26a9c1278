import Campaigns
import GRDB
import PhoneNumbers

/// A do-not-call entry.
public struct SuppressionEntry: Sendable, Hashable {
    public var number: PhoneNumber
    /// The campaign it is limited to; nil for everywhere.
    public var campaign: String?
    /// Where it came from: a registry's name, `agent`, `by hand`.
    public var source: String
    public var addedAt: Instant
    /// When it ends by itself; nil for never.
    public var endsAt: Instant?
}

extension CampaignStore {
    /// Adds numbers to the do-not-call list, in one transaction, and stops their contacts in every campaign in scope.
    ///
    /// - Parameter campaign: limits the entries to one campaign; nil for everywhere.
    /// - Returns: how many entries are new, and how many contacts hold one of the numbers.
    public func suppress(
        _ numbers: [PhoneNumber], campaign: CampaignID?, source: String, until end: Instant? = nil, at now: Instant
    ) throws -> (added: Int, contacts: Int) {
        try write { database in
            var added = 0
            var contacts = 0
            for number in numbers {
                let result = try Suppressions.add(
                    number.digits, campaign: campaign?.value ?? 0, source: source, end: end?.milliseconds,
                    at: now.milliseconds, database)
                added += result.isNew ? 1 : 0
                contacts += result.contacts
            }
            return (added, contacts)
        }
    }

    /// Removes a number from the do-not-call list in one scope, whatever its source; its contacts get their former state back.
    ///
    /// - Returns: how many entries were removed.
    public func unsuppress(_ number: PhoneNumber, campaign: CampaignID?, at now: Instant) throws -> Int {
        try write { database in
            let scope = campaign?.value ?? 0
            try database.execute(
                sql: "DELETE FROM suppressions WHERE number = ? AND campaign_id = ?", arguments: [number.digits, scope])
            let removed = database.changesCount
            if removed > 0 {
                _ = try ContactNumbers.refresh(
                    holding: number.digits, campaign: scope, database, at: now.milliseconds)
                try database.journal(
                    "suppression_removed", at: now,
                    JournalSubject(campaign: campaign?.value, number: number.digits))
            }
            return removed
        }
    }

    /// Do-not-call entries by number; all of them, or those of one number.
    public func suppressions(of number: PhoneNumber? = nil, limit: Int = 100_000) throws -> [SuppressionEntry] {
        try read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT s.*, c.name AS campaign FROM suppressions s LEFT JOIN campaigns c ON c.id = s.campaign_id
                    WHERE ?1 IS NULL OR s.number = ?1 ORDER BY s.number, s.campaign_id, s.source LIMIT ?2
                    """, arguments: [number?.digits, limit]
            ).compactMap { row in
                PhoneNumber(digits: row["number"]).map {
                    SuppressionEntry(
                        number: $0, campaign: row["campaign"], source: row["source"],
                        addedAt: Instant(milliseconds: row["added_at"]),
                        endsAt: (row["ends_at"] as Int64?).map(Instant.init(milliseconds:)))
                }
            }
        }
    }
}

/// Single entries, inside a transaction of the caller's.
enum Suppressions {
    static func add(
        _ number: Int64, campaign: Int64, source: String, end: Int64?, at now: Int64, _ database: Database
    ) throws -> (isNew: Bool, contacts: Int) {
        let statement = try database.cachedStatement(
            sql: """
                INSERT INTO suppressions (number, campaign_id, source, added_at, ends_at) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT DO NOTHING
                """)
        try statement.execute(arguments: [number, campaign, source, now, end])
        let isNew = database.changesCount > 0
        guard isNew else { return (false, 0) }
        let contacts = try ContactNumbers.refresh(holding: number, campaign: campaign, database, at: now)
        try database.journal(
            "suppression_added", at: Instant(milliseconds: now),
            JournalSubject(campaign: campaign == 0 ? nil : campaign, number: number), detail: source)
        return (true, contacts)
    }
}
