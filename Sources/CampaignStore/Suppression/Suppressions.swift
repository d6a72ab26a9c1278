import Campaigns
import GRDB
import PhoneNumbers

/// Single entries, inside a transaction of the caller's.
enum Suppressions {
    /// Adds an entry. One that is there already and ends by itself lasts as long as the longer of both: a wish that has no end is not
    /// lost because one with an end came before it.
    ///
    /// - Parameter isTold: whether the journal has an event of it; an import has one for all of its entries.
    /// - Returns: whether that changed anything, and how many contacts it covers; nil where they are left to a review.
    static func add(
        _ subject: SuppressionSubject, campaign: Int64, source: String, end: Int64?, at now: Int64,
        isTold: Bool = true, _ database: Database
    ) throws -> (isNew: Bool, contacts: Int?) {
        let bucket = try SuppressionSources.current(named: source, campaign: campaign, at: now, database)
        let (table, column, value) =
            switch subject {
            case .number(let number): ("suppressions", "number", number.digits)
            case .prefix(let prefix): ("suppression_prefixes", "prefix", prefix)
            }
        try database.cachedStatement(
            sql: """
                INSERT INTO \(table) (source_id, \(column), added_at, ends_at, note) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT DO NOTHING
                """
        ).execute(arguments: [bucket.id, value, now, end, bucket.note])
        if database.changesCount > 0 {
            try database.execute(
                sql: "UPDATE suppression_sources SET entries = entries + 1 WHERE id = ?", arguments: [bucket.id])
        } else {
            try database.cachedStatement(
                sql: """
                    UPDATE \(table) SET added_at = iif(ends_at <= ?1, ?1, added_at), ends_at = ?2, note = ?3
                    WHERE source_id = ?4 AND \(column) = ?5 AND ends_at IS NOT NULL AND (?2 IS NULL OR ends_at < ?2)
                    """
            ).execute(arguments: [now, end, bucket.note, bucket.id, value])
            guard database.changesCount > 0 else {
                if case .number(let number) = subject {
                    try ImportWishes.joined(
                        by: bucket.note, end: end, number: number.digits, bucket: bucket.id, database)
                }
                return (false, 0)
            }
        }
        let contacts = try ContactNumbers.refresh(covered: subject, campaign: campaign, database, at: now)
        guard isTold else { return (true, contacts) }
        try database.journal(
            "suppression_added", at: Instant(milliseconds: now), journalSubject(subject, campaign: campaign),
            detail: source)
        return (true, contacts)
    }

    static func journalSubject(_ subject: SuppressionSubject, campaign: Int64) -> JournalSubject {
        let number: Int64? = if case .number(let number) = subject { number.digits } else { nil }
        return JournalSubject(campaign: campaign == 0 ? nil : campaign, number: number)
    }
}
