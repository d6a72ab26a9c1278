import CallingRules
import Campaigns
import GRDB

/// Reads the calls that caps and silences look at, inside one transaction.
///
/// A person may stand in several campaigns, as a contact of each, and have several numbers. Counted is every call to any of the
/// contact's numbers, by whomever, and every call to a contact that shares one of them: neither a second campaign nor an
/// alternate number slips past a cap.
enum PastCallReader {
    /// The calls, and the number of an attempt among them that is open now.
    struct Calls {
        var calls: [PastCall]
        var open: Int64?
    }

    /// Whether a person was reached in the attempt `t`.
    static let conversed = """
        (t.connected_at IS NOT NULL OR coalesce(t.outcome, '') IN ('answered', 'short_answer'))
            AND coalesce(t.disposition_class, '') NOT IN ('machine', 'busy_tone', 'no_answer')
        """

    /// Whether the person refused in the attempt `t`.
    static let refused = "t.\(refusal)"

    /// A column of an attempt that says that the person refused; the indexes of refusals have it.
    static let refusal = "disposition_class IN ('not_interested', 'do_not_call')"

    private static let columns = """
        t.id, t.number, t.intended_at AS at, t.phase, t.settled_at,
            coalesce(t.ended_at, t.connected_at, t.intended_at) AS ended_at, \(conversed) AS conversed,
            coalesce(\(refused), 0) AS refused
        """

    static let sql = """
        WITH mine AS (SELECT number FROM numbers WHERE id BETWEEN :contact * 16 AND :contact * 16 + 15 UNION SELECT :number),
        peers AS (SELECT n.contact_id FROM mine JOIN numbers n ON n.number = mine.number)
        SELECT \(columns) FROM attempts t WHERE t.number IN mine AND \(AttemptsMade.counts("t"))
        UNION
        SELECT \(columns) FROM attempts t WHERE t.contact_id IN peers AND \(AttemptsMade.counts("t"))
        UNION
        SELECT -o.id, o.number, o.started_at, 'settled', NULL, coalesce(o.ended_at, o.connected_at, o.started_at),
            o.connected_at IS NOT NULL, 0
        FROM observed_calls o WHERE o.number IN mine AND o.direction = 'by_hand'
        ORDER BY at
        """

    /// - Parameter past: an instant of the past whose knowledge is asked for: what began after it is left out, and what ended
    ///   after it was still open; nil for all that is known.
    static func calls(
        contact: Int64, number: Int64, asOf past: Instant? = nil, _ database: Database
    ) throws -> Calls {
        let rows = try Row.fetchCursor(
            database.cachedStatement(sql: sql), arguments: ["contact": contact, "number": number])
        var result = Calls(calls: [], open: nil)
        while let row = try rows.next() {
            let at = Instant(milliseconds: row["at"])
            if let past, at > past { continue }
            let ended = Instant(milliseconds: row["ended_at"])
            let isOver = past.map { ended <= $0 } ?? true
            result.calls.append(
                PastCall(
                    at: at, isThisNumber: row["number"] == number,
                    conversedAt: isOver && row["conversed"] as Bool ? ended : nil,
                    refusedAt: isOver && row["refused"] as Bool ? ended : nil))
            let settledAt = (row["settled_at"] as Int64?).map(Instant.init(milliseconds:))
            let wasOpen = past.flatMap { past in settledAt.map { $0 > past } } ?? false
            if row["phase"] != "settled" || wasOpen { result.open = row["id"] }
        }
        return result
    }
}
