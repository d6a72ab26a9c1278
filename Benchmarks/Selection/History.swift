import Campaigns
import GRDB

/// Past calls of one contact in ten, written at once: placing a million calls one by one would take hours.
enum History {
    /// How often a contact with a history becomes due, in milliseconds: every third round has one.
    private static let dueEvery: Int64 = 1470

    /// Whether a contact is one of those.
    static func hasCalls(contact: Int64) -> Bool { contact % 10 == 3 }

    /// Writes one to four calls each, the last one a retry's or, of one in five, a callback's, due from now on one after another.
    ///
    /// Of each twenty, one was called three times today, which the caps deny.
    /// - Returns: how many contacts and calls.
    static func write(path: String, contacts: Int, at now: Instant) throws -> (contacts: Int, calls: Int) {
        let database = try DatabaseQueue(path: path)
        defer { try? database.close() }
        let span = max(2_500_000, Int64(contacts / 10) * dueEvery)
        return try database.write { database in
            try database.execute(
                sql: """
                    INSERT INTO attempts (kind, campaign_id, contact_id, list_id, number_id, number, dialled, station, pass, area_id,
                        rule_pack, rule_pack_version, allowed_by, account, dial_with, phase, lines_before, intended_at, ended_at,
                        settled_at, outcome, ending)
                    SELECT 'campaign', campaign_id, id, list_id, number_id, number, number, 'desk-' || id % 40, pass, area_id,
                        'bench', '2026-03-01', '[]', 0, 'send_key', 'settled', '[]', at, at + 25000, at + 25000, 'no_answer',
                        'no_answer'
                    FROM (
                        SELECT c.id, c.campaign_id, c.list_id, n.id AS number_id, n.number, n.area_id, k.value AS pass,
                            :now - iif(c.id % 200 = 3, k.value * 3600000, (k.value * 6 + c.id / 10 % 5) * 86400000) AS at
                        FROM contacts c JOIN numbers n ON n.id = c.id * 16 JOIN json_each('[1, 2, 3, 4]') k
                        WHERE c.id % 10 = 3 AND k.value <= iif(c.id % 200 = 3, 3, 1 + c.id / 10 % 4)
                    )
                    """, arguments: ["now": now.milliseconds])
            let calls = database.changesCount
            try database.execute(
                sql: """
                    UPDATE contacts SET state = iif(id % 50 = 3, 'callback', 'waiting_retry'),
                        class = iif(id % 50 = 3, 'callback', 'retry'), due_at = :now + id / 10 * 104729 % :span
                    WHERE id % 10 = 3
                    """, arguments: ["now": now.milliseconds, "span": span])
            return (database.changesCount, calls)
        }
    }
}
