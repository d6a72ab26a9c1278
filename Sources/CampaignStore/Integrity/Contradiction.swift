/// Two things in the database that cannot both be true: a query that finds them, and what it means.
struct Contradiction: Sendable {
    /// What is wrong, for a person.
    let meaning: String
    /// Finds the rows; its first column names each.
    let sql: String

    /// Everything that states and attempts must agree on.
    static let all: [Contradiction] = [
        Contradiction(
            meaning: "contacts are in an attempt, but none of theirs is open",
            sql: """
                SELECT 'contact ' || c.id FROM contacts c WHERE c.state = 'in_attempt'
                AND NOT EXISTS (SELECT 1 FROM attempts t WHERE t.contact_id = c.id AND t.phase <> 'settled')
                """),
        Contradiction(
            meaning: "attempts are open, but their contacts are not in an attempt",
            sql: """
                SELECT 'attempt ' || t.id FROM attempts t JOIN contacts c ON c.id = t.contact_id
                WHERE t.phase <> 'settled' AND c.state <> 'in_attempt'
                """),
        Contradiction(
            meaning: "attempts have a phase that their times contradict",
            sql: """
                SELECT 'attempt ' || id FROM attempts WHERE (phase = 'settled') <> (settled_at IS NOT NULL)
                OR (phase = 'connected' AND connected_at IS NULL)
                OR (phase = 'wrap_up' AND (outcome IS NULL OR wrap_up_until IS NULL))
                OR (phase IN ('intended', 'calling', 'connected') AND outcome IS NOT NULL)
                """),
        Contradiction(
            meaning: "attempts count as answered, but no line was seen connected",
            sql: """
                SELECT 'attempt ' || id FROM attempts
                WHERE outcome IN ('answered', 'short_answer') AND connected_at IS NULL
                """),
        Contradiction(
            meaning: "attempts count as not dialled, but their line was seen in use",
            sql: """
                SELECT 'attempt ' || id FROM attempts
                WHERE outcome IN ('phone_refused', 'not_sent') AND seen_at IS NOT NULL
                """),
        Contradiction(
            meaning: "settled attempts of contacts do not say what follows",
            sql: """
                SELECT 'attempt ' || t.id FROM attempts t JOIN campaigns c ON c.id = t.campaign_id
                WHERE t.phase = 'settled' AND t.contact_id IS NOT NULL AND t.follow_up IS NULL
                """),
        Contradiction(
            meaning: "contacts that may be called have no number to call",
            sql: """
                SELECT 'contact ' || id FROM contacts
                WHERE state IN ('ready', 'waiting_retry', 'callback') AND due_at < \(Parking.never)
                AND next_number_id IS NULL
                """),
        Contradiction(
            meaning: "contacts that may be called have no live number",
            sql: """
                SELECT 'contact ' || c.id FROM contacts c
                WHERE c.state IN ('ready', 'waiting_retry', 'callback') AND c.due_at < \(Parking.never)
                AND NOT EXISTS (SELECT 1 FROM numbers n
                    WHERE n.id BETWEEN c.id * 16 AND c.id * 16 + 15 AND n.state = 'live')
                """),
        Contradiction(
            meaning: "imports do not add up: read is imported, updated, duplicates and quarantined together",
            sql: """
                SELECT 'import ' || id FROM imports WHERE rows_read <> imported + updated + duplicates + quarantined
                """),
    ]
}
