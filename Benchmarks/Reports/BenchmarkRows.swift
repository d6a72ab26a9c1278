/// The rows of the benchmark's database, as statements over the numbers from `:low` to `:high`.
///
/// Everything is drawn from the number itself, so that every run has the same rows.
enum BenchmarkRows {
    /// A number from 0 up to `limit` that looks random, from the number `i` and a salt.
    private static func draw(_ salt: Int, _ limit: Int) -> String {
        "((i + \(salt * 1_000_003)) * 2654435761 % 4294967296 / 1024 % \(limit))"
    }

    private static let numbered =
        "WITH RECURSIVE numbered (i) AS (VALUES (:low) UNION ALL SELECT i + 1 FROM numbered WHERE i < :high)"

    static let lists = [
        """
        WITH RECURSIVE numbered (i) AS (VALUES (0) UNION ALL SELECT i + 1 FROM numbered WHERE i < 19)
        INSERT INTO lists (id, campaign_id, name, created_at) SELECT i + 1, i / 4 + 1, 'list-' || (i + 1), :first FROM numbered
        """
    ]

    /// A twelfth are under the hours of Texas, a tenth under the cap of Florida and Maryland, one in sixty under the silence of
    /// Washington.
    static func areas(_ zones: [String]) -> [String] {
        zones.enumerated().map { index, zone in
            let state = index == 2 ? "US-WA" : [0: "US-TX", 1: "US-FL"][index % 12] ?? (index == 3 ? "US-MD" : "US-NY")
            return
                "INSERT INTO areas (id, zones, region, jurisdiction) VALUES (\(index + 1), '\(zone)', 'US', '\(state)')"
        }
    }

    /// Most are over, one in five is fresh, the others wait.
    static let contacts = [
        """
        \(numbered)
        INSERT INTO contacts (id, campaign_id, list_id, state, class, next_number_id, next_area_id, due_at, created_at, state_at)
        SELECT i, i % 5 + 1, i % 5 * 4 + \(draw(1, 4)) + 1,
            CASE WHEN i % 20 < 12 THEN 'done' WHEN i % 20 < 16 THEN 'ready' WHEN i % 20 < 19 THEN 'waiting_retry'
                ELSE 'callback' END,
            CASE WHEN i % 20 < 16 THEN 'fresh' WHEN i % 20 < 19 THEN 'retry' ELSE 'callback' END,
            i * 16, \(draw(2, 60)) + 1,
            iif(i % 20 < 16, 0, :first + :days * 86400000 + \(draw(3, 4_000_000)) * 1000), :first, :first
        FROM numbered
        """
    ]

    /// One contact in fifty shares its number with one of another campaign.
    static let numbers = """
        \(numbered)
        INSERT INTO numbers (id, contact_id, campaign_id, position, number, kind, validity, area_id)
        SELECT i * 16, i, i % 5 + 1, 0, 12000000000 + i - (i % 50 = 1), 'mobile', 'valid', \(draw(2, 60)) + 1 FROM numbered
        """

    /// In the order of their times, 13:00 to 01:00 UTC each day. An agent has one campaign a day and a station of their own.
    /// Nobody who is fresh was called.
    static let attempts = """
        \(numbered), placed AS (
            SELECT i, (i - 1) * :days / :count AS day, (i - 1) * :days % :count * 43200000 / :count AS since_noon,
                \(draw(11, 200)) AS who, \(draw(12, 100)) AS lot, \(draw(13, 100)) AS word
            FROM numbered),
        called AS (
            SELECT *, (who + day) % 5 AS campaign, :first + day * 86400000 + 46800000 + since_noon AS at,
                CASE WHEN lot < 24 THEN 'answered' WHEN lot < 32 THEN 'short_answer' WHEN lot < 72 THEN 'no_answer'
                    WHEN lot < 85 THEN 'busy_or_rejected' WHEN lot < 91 THEN 'failed_fast' WHEN lot < 93 THEN 'phone_refused'
                    WHEN lot < 95 THEN 'not_sent' WHEN lot < 97 THEN 'phone_lost' WHEN lot < 99 THEN 'unknown'
                    ELSE 'agent_cancelled' END AS outcome
            FROM placed),
        drawn AS (SELECT *, \(draw(14, 399_999)) * 5 + 5 - (5 - campaign) % 5 AS contact FROM called),
        reached AS (SELECT *, drawn.contact - iif(drawn.contact % 20 BETWEEN 12 AND 15, 10, 0) AS person FROM drawn)
        INSERT INTO attempts (kind, campaign_id, contact_id, list_id, number_id, number, dialled, station, agent, pass, area_id, zone,
            utc_offset, local_minute_of_week, rule_pack, rule_pack_version, allowed_by, account, dial_with, phase, lines_before,
            line, intended_at, commanded_at, seen_at, connected_at, ended_at, wrap_up_until, settled_at, ring_ms, talk_ms, gap_ms,
            outcome, disposition, disposition_class, ending, evidence, follow_up)
        SELECT 'campaign', c.campaign_id, c.id, c.list_id, c.next_number_id, n.number, n.number,
            'desk-' || (who + 1), 'agent-' || (who + 1), 1 + \(draw(15, 6)), c.next_area_id, 'America/Chicago', -18000,
            ((at + 259200000 - 18000000) / 60000 - c.next_area_id % 4 * 60) % 10080, 'us',
            iif(day < 40, '2026-01-01', '2026-09-01'),
            '[["calling_hours","open until 20:00"],["caps","1 of 3 in 24 h"]]', 0, 'send_key', 'settled', '[]', 1, at, at + 200,
            iif(lot BETWEEN 91 AND 94, NULL, at + 700), iif(lot < 32, at + 9000, NULL), at + 30000, iif(lot < 32, at + 50000, NULL),
            at + 30000 + iif(lot < 32, \(draw(16, 20_000)), 0), \(draw(17, 30_000)),
            iif(lot < 24, 10000 + \(draw(18, 300_000)), iif(lot < 32, \(draw(18, 10_000)), NULL)), \(draw(19, 1500)), outcome,
            CASE WHEN lot >= 32 THEN NULL WHEN word < 6 THEN 'SALE' WHEN word < 45 THEN 'NI' WHEN word < 75 THEN 'AM'
                WHEN word < 85 THEN 'CB' WHEN word < 89 THEN 'WN' WHEN word < 92 THEN 'DNC' ELSE 'none_given' END,
            CASE WHEN lot >= 32 THEN NULL WHEN word < 6 THEN 'success' WHEN word < 45 THEN 'not_interested'
                WHEN word < 75 THEN 'machine' WHEN word < 85 THEN 'callback_any' WHEN word < 89 THEN 'wrong_number'
                WHEN word < 92 THEN 'do_not_call' ELSE 'none_given' END,
            outcome, '{"longestGapMilliseconds":500,"notes":[],"seen":[]}', 'The contact is done.'
        FROM reached JOIN contacts c ON c.id = person JOIN numbers n ON n.id = c.next_number_id
        """

    /// Who refused is done with, as the retry policy has it.
    static let refusals = [
        """
        UPDATE contacts SET state = 'done', due_at = 0
        WHERE id IN (SELECT contact_id FROM attempts WHERE disposition_class IN ('not_interested', 'do_not_call'))
        """
    ]

    /// Two hundred thousand times that were agreed, most of them kept.
    static let callbacks = [
        """
        INSERT INTO agreed_callbacks (campaign_id, contact_id, agent, agreed_at, due_at, ending, ended_at)
        SELECT campaign_id, id, iif(id % 3 = 0, NULL, 'agent-' || (id % 200 + 1)), at - 86400000, at,
            CASE WHEN id % 100 < 70 THEN 'called' WHEN id % 100 < 80 THEN 'moved' WHEN id % 100 < 90 THEN 'withdrawn' END,
            iif(id % 100 < 90, at + id % 3600 * 1000, NULL)
        FROM (SELECT *, :first + id * 7919 % (:days * 1440) * 60000 AS at FROM contacts WHERE id % 10 = 0)
        """
    ]

    static let audit = [
        """
        WITH RECURSIVE numbered (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM numbered WHERE i < 20000)
        INSERT INTO audit (at, user, address, act, subject)
        SELECT :first + i * 86400000 * :days / 20000, 'eve', '192.0.2.7', 'campaign_pause', 'campaign-1' FROM numbered
        """
    ]

    /// Six states in each quarter hour in which an agent called, and the days that they add up to.
    static let stationTime = [
        """
        WITH states (state, reason, ms) AS (VALUES ('ready', '', 200000), ('dialing', '', 250000), ('in_call', '', 250000),
            ('wrap_up', '', 100000), ('paused', 'break', 60000), ('unreachable', '', 40000))
        INSERT INTO station_time (span, slot, station, agent, state, reason, ms)
        SELECT 0, slot, station, agent, state, reason, ms
        FROM (SELECT DISTINCT slot, station, agent FROM calls_by_agent WHERE span = 0) CROSS JOIN states
        """,
        """
        INSERT INTO station_time (span, slot, station, agent, state, reason, ms)
        SELECT 1, slot / 96, station, agent, state, reason, sum(ms) FROM station_time WHERE span = 0 GROUP BY 1, 2, 3, 4, 5, 6
        """,
    ]
}
