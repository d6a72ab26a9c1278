import Campaigns
import GRDB

/// Call records that retention removed, in the journal: one event for many, so that what is removed does not grow again as
/// events.
enum RemovedAttempts {
    static let event = "attempts_removed"

    /// Ids in order as ranges: `3-5 9`.
    static func text(_ ids: [Int64]) -> String {
        var ranges: [(first: Int64, last: Int64)] = []
        for id in ids.sorted() {
            if let last = ranges.last, last.last + 1 == id {
                ranges[ranges.count - 1].last = id
            } else {
                ranges.append((id, id))
            }
        }
        return ranges.map { $0.first == $0.last ? "\($0.first)" : "\($0.first)-\($0.last)" }.joined(separator: " ")
    }

    /// The ranges of a text.
    static func ranges(_ text: String) -> [ClosedRange<Int64>] {
        text.split(separator: " ").compactMap { part in
            let ends = part.split(separator: "-").compactMap { Int64($0) }
            guard let first = ends.first, let last = ends.last, first <= last else { return nil }
            return first...last
        }
    }

    /// Removes the records of calls; their sums stay, and their contacts still count them.
    static func remove(_ ids: [Int64], campaign: Int64?, upTo intended: Int64, at now: Instant, _ database: Database)
        throws
    {
        guard !ids.isEmpty else { return }
        let list = PersonRows.list(ids)
        let counted = try Row.fetchAll(
            database,
            sql: """
                SELECT contact_id, count(*) AS calls FROM attempts t
                WHERE id IN \(list) AND contact_id IS NOT NULL AND \(AttemptsMade.counts("t")) GROUP BY contact_id
                """)
        try database.execute(sql: "DELETE FROM attempts WHERE id IN \(list)")
        // The trigger took them off; a contact that somebody brings back has been called as often as before.
        for row in counted {
            try database.cachedStatement(
                sql: """
                    UPDATE contacts SET attempts_made = attempts_made + ?1, attempts_removed = attempts_removed + ?1
                    WHERE id = ?2
                    """
            ).execute(arguments: [row["calls"] as Int64, row["contact_id"] as Int64])
        }
        try RemovedCalls.note(ids.count, campaign: campaign ?? 0, upTo: intended, database)
        try database.journal(event, at: now, JournalSubject(campaign: campaign), detail: text(ids))
    }
}
