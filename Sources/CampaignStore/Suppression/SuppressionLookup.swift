import Campaigns
import GRDB
import PhoneNumbers

/// How the do-not-call list is asked: one probe a source for the number, and a few for the prefixes that it begins with.
enum SuppressionLookup {
    /// All that a number begins with, itself included.
    private static func prefixes(of number: String) -> String {
        (0...14).map { power in
            power == 0 ? number : "\(number) / 1\(String(repeating: "0", count: power))"
        }.joined(separator: ", ")
    }

    /// The condition that an entry covers a number in a campaign at an instant; all three are SQL expressions.
    static func covers(number: String, campaign: String, now: String) -> String {
        """
        (EXISTS (SELECT 1 FROM suppression_sources q JOIN suppressions s ON s.source_id = q.id AND s.number = \(number)
            WHERE q.state = 'current' AND q.campaign_id IN (0, \(campaign)) AND (s.ends_at IS NULL OR s.ends_at > \(now)))
        OR EXISTS (SELECT 1 FROM suppression_prefixes p JOIN suppression_sources q ON q.id = p.source_id
            WHERE p.prefix IN (\(prefixes(of: number))) AND q.state = 'current' AND q.campaign_id IN (0, \(campaign))
            AND (p.ends_at IS NULL OR p.ends_at > \(now))))
        """
    }

    /// The entries that cover `:number` at `:now`, in `:campaign` or, where that is null, in any scope.
    static let entries = """
        SELECT s.number AS number, NULL AS prefix, s.added_at, s.ends_at, s.note, q.name, q.loaded_at, q.campaign_id,
            c.name AS campaign
        FROM suppression_sources q JOIN suppressions s ON s.source_id = q.id AND s.number = :number
        LEFT JOIN campaigns c ON c.id = q.campaign_id
        WHERE q.state = 'current' AND (:campaign IS NULL OR q.campaign_id IN (0, :campaign))
            AND (s.ends_at IS NULL OR s.ends_at > :now)
        UNION ALL
        SELECT NULL, p.prefix, p.added_at, p.ends_at, p.note, q.name, q.loaded_at, q.campaign_id, c.name
        FROM suppression_prefixes p JOIN suppression_sources q ON q.id = p.source_id
        LEFT JOIN campaigns c ON c.id = q.campaign_id
        WHERE p.prefix IN (\(prefixes(of: ":number"))) AND q.state = 'current'
            AND (:campaign IS NULL OR q.campaign_id IN (0, :campaign)) AND (p.ends_at IS NULL OR p.ends_at > :now)
        """

    /// - Parameter past: leaves out entries that were added after this instant, where their own date is known.
    static func entries(
        of number: Int64, campaign: Int64?, at now: Int64, asOf past: Instant? = nil, _ database: Database
    ) throws -> [SuppressionEntry] {
        try Row.fetchAll(
            database.cachedStatement(sql: entries), arguments: ["number": number, "campaign": campaign, "now": now]
        ).filter { row in
            guard let past, let added = row["added_at"] as Int64? else { return true }
            return added <= past.milliseconds
        }.compactMap(entry)
    }

    static func entry(_ row: Row) -> SuppressionEntry? {
        let subject: SuppressionSubject
        if let prefix = row["prefix"] as Int64? {
            subject = .prefix(prefix)
        } else if let number = PhoneNumber(digits: row["number"]) {
            subject = .number(number)
        } else {
            return nil
        }
        let name: String = row["name"]
        return SuppressionEntry(
            subject: subject, campaign: row["campaign"], source: row["note"] ?? (name.isEmpty ? "by hand" : name),
            addedAt: Instant(milliseconds: row["added_at"] ?? row["loaded_at"]),
            endsAt: (row["ends_at"] as Int64?).map(Instant.init(milliseconds:)))
    }
}
