/// The selection's SQL, kept apart so that a test can show its query plans.
enum SelectionQueries {
    /// The earliest contact of a class that is due, in lists that rank alike: one index probe for each of them, and for those that
    /// hold such contacts one for each open area.
    ///
    /// A contact whose last attempt was refused by this very phone is left to others for a minute; an agent's callback is the
    /// agent's until its grace is over.
    static let due = """
        SELECT c.id FROM (
            SELECT (
                SELECT c.id FROM contacts c
                WHERE c.campaign_id = :campaign AND c.class = :class AND c.list_id = l.value AND c.next_area_id = a.value
                    AND c.state IN ('ready', 'waiting_retry', 'callback') AND c.due_at > 0 AND c.due_at <= :now
                    AND (c.avoid_station IS NULL OR c.avoid_station <> :station OR c.due_at <= :now - 60000)
                    AND (c.agent IS NULL OR c.agent = :agent OR c.due_at <= :now - :grace)
                ORDER BY c.due_at LIMIT 1
            ) AS id FROM (
                SELECT value FROM json_each(:lists) WHERE EXISTS (
                    SELECT 1 FROM contacts h
                    WHERE h.campaign_id = :campaign AND h.class = :class AND h.list_id = json_each.value
                        AND h.state IN ('ready', 'waiting_retry', 'callback') AND h.due_at > 0)
            ) l, json_each(:areas) a
        ) probe JOIN contacts c ON c.id = probe.id
        ORDER BY c.due_at, c.id LIMIT 1
        """

    /// The next fresh contact by priority and load order, of lists that rank alike: one index probe for each of them, and for those
    /// that hold fresh contacts one for each open area.
    static let fresh = """
        SELECT c.id FROM (
            SELECT (
                SELECT c.id FROM contacts c
                WHERE c.list_id = l.value AND c.next_area_id = a.value AND c.state = 'ready' AND c.due_at = 0
                ORDER BY c.priority DESC, c.id LIMIT 1
            ) AS id FROM (
                SELECT value FROM json_each(:lists) WHERE EXISTS (
                    SELECT 1 FROM contacts h WHERE h.list_id = json_each.value AND h.state = 'ready' AND h.due_at = 0)
            ) l, json_each(:areas) a
        ) probe JOIN contacts c ON c.id = probe.id
        ORDER BY c.priority DESC, c.id LIMIT 1
        """

    /// When each area's earliest contact is due for a station: probes of both selection indexes, never a scan of contacts.
    ///
    /// The first 50 of a class are looked at, since one that this station must leave to others is due later for it.
    static let earliestDue = """
        SELECT area, min(due) AS due FROM (
            SELECT a.id AS area, (
                SELECT min(first.due_at + max(
                    iif(first.avoid_station = :station, 60000, 0),
                    iif(first.agent IS NULL OR first.agent IN (SELECT value FROM json_each(:agents)), 0, :grace)))
                FROM (
                    SELECT c.due_at, c.avoid_station, c.agent FROM contacts c
                    WHERE c.campaign_id = :campaign AND c.class = k.class AND c.list_id = l.id AND c.next_area_id = a.id
                        AND c.state IN ('ready', 'waiting_retry', 'callback') AND c.due_at > 0
                    ORDER BY c.due_at LIMIT 50
                ) first
            ) AS due
            FROM areas a, lists l, (SELECT 'callback' AS class UNION ALL SELECT 'retry' UNION ALL SELECT 'fresh') k
            WHERE l.campaign_id = :campaign AND l.state = 'active'
            UNION ALL
            SELECT a.id, (
                SELECT c.due_at FROM contacts c
                WHERE c.list_id = l.id AND c.next_area_id = a.id AND c.state = 'ready' AND c.due_at = 0
                LIMIT 1
            )
            FROM areas a, lists l WHERE l.campaign_id = :campaign AND l.state = 'active'
        ) WHERE due IS NOT NULL AND due < :never GROUP BY area
        """
}
