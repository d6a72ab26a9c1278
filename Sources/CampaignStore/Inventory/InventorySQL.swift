/// The SQL of the inventory.
enum InventorySQL {
    /// What an index of contacts that wait holds, said again for SQLite to use it.
    private static let isWaiting = """
        c.state NOT IN ('done', 'exhausted') AND NOT (c.state = 'ready' AND c.due_at = 0 AND c.attempts_made = 0)
        """

    /// How many of a list are in a finished state.
    static let finished = "SELECT count(*) \(isFinished)"

    /// One of them.
    static let oneFinished = "SELECT id \(isFinished) LIMIT 1"

    private static let isFinished = """
        FROM contacts INDEXED BY contacts_list_state
        WHERE list_id = ?1 AND state = ?2 AND NOT (state = 'ready' AND due_at = 0)
        """

    /// Those of a list that are fresh, by area.
    static let fresh = "SELECT next_area_id, count(*) \(isFresh) GROUP BY next_area_id"

    /// One of those of a list and an area.
    static let oneFresh = "SELECT id \(isFresh) AND next_area_id IS ?2 LIMIT 1"

    private static let isFresh = """
        FROM contacts INDEXED BY contacts_fresh WHERE list_id = ?1 AND state = 'ready' AND due_at = 0
        """

    /// All others of a list in a state that is not finished.
    static let waiting = """
        SELECT c.next_area_id, c.due_at, c.attempts_made, c.id FROM contacts c INDEXED BY contacts_waiting
        WHERE c.list_id = ?1 AND c.state = ?2 AND \(isWaiting) ORDER BY c.next_area_id, c.due_at
        """

    /// All of a list and an area that are not finished.
    static let inArea = """
        SELECT id FROM contacts INDEXED BY contacts_fresh
        WHERE list_id = ?1 AND state = 'ready' AND due_at = 0 AND next_area_id = ?2
        UNION ALL
        SELECT c.id FROM contacts c INDEXED BY contacts_waiting
        WHERE c.list_id = ?1 AND c.state IN ('ready', 'reserved', 'in_attempt', 'waiting_retry', 'callback', 'suppressed')
            AND \(isWaiting) AND NOT (c.state = 'ready' AND c.due_at = 0) AND c.next_area_id = ?2
        """

    /// Whether a list with such a field in it is known to have it, by the field's name.
    static func findsField(_ name: String) -> Bool {
        let name = name.lowercased()
        return StatingSchema.words.contains { name.contains($0) }
    }

    /// What tells the group of a contact.
    static let contact = """
        SELECT c.campaign_id, c.list_id, c.state, c.next_area_id, c.due_at, c.attempts_made, c.reason, c.fields, n.number
        FROM contacts c LEFT JOIN numbers n ON n.id = c.next_number_id WHERE c.id = ?
        """

    /// The number that decides: the next one, or the first where there is none.
    static let number = """
        SELECT coalesce(c.next_number_id, (SELECT min(n.id) FROM numbers n WHERE n.id BETWEEN c.id * 16 AND c.id * 16 + 15))
        FROM contacts c WHERE c.id = ?
        """

    /// The calls that go on now.
    static let open = "SELECT number, contact_id FROM attempts WHERE phase <> 'settled'"

    /// The calls after an instant.
    static func calls(_ calls: InventoryQuestion.Remembered.Calls) -> String {
        let which = condition(calls).map { " AND \($0)" } ?? ""
        let found =
            "SELECT number, contact_id FROM attempts t INDEXED BY attempts_intended WHERE t.intended_at > ?1\(which)"
        return found
            + (byHand(calls).map {
                " UNION ALL SELECT o.number, NULL FROM observed_calls o WHERE o.started_at > ?1 AND \($0)"
            } ?? "")
    }

    /// The numbers of a contact.
    static let numbers = "SELECT number FROM numbers WHERE id BETWEEN ?1 * 16 AND ?1 * 16 + 15"

    /// The contacts that have a number.
    static let holders = "SELECT id / 16 FROM numbers WHERE number = ?1"

    /// Whether as many calls as `?3` since `?2` went to the contact `?1`, or to those that share a number with it.
    static func isCalledOften(_ calls: InventoryQuestion.Remembered.Calls) -> String {
        let which = condition(calls).map { " AND \($0)" } ?? ""
        let mine = "m.id BETWEEN ?1 * 16 AND ?1 * 16 + 15"
        let index =
            calls == .refusals
            ? (contact: "attempts_refused", number: "attempts_refused_number")
            : (contact: "attempts_contact", number: "attempts_number")
        let byHand =
            byHand(calls).map {
                """
                 + (SELECT count(*) FROM numbers m CROSS JOIN observed_calls o ON o.number = m.number
                    WHERE \(mine) AND o.started_at > ?2 AND \($0))
                """
            } ?? ""
        return """
            SELECT ?3 <= (
                SELECT count(*) FROM numbers m CROSS JOIN numbers p ON p.number = m.number
                CROSS JOIN attempts t INDEXED BY \(index.contact) ON t.contact_id = p.id / 16
                WHERE \(mine) AND t.intended_at > ?2\(which))
            + (SELECT count(*) FROM numbers m CROSS JOIN attempts t INDEXED BY \(index.number) ON t.number = m.number
                WHERE \(mine) AND t.intended_at > ?2 AND \(isElsewhere("t"))\(which))\(byHand)
            """
    }

    /// Which attempts `t` count; nil for all, those that never left the house as well: it is cheaper to look at a few contacts
    /// too many than at every attempt.
    private static func condition(_ calls: InventoryQuestion.Remembered.Calls) -> String? {
        switch calls {
        case .all: nil
        case .conversations: PastCallReader.conversed
        case .refusals: PastCallReader.refused
        }
    }

    /// Calls by hand that count; nil where none do, since nobody says what came of them.
    private static func byHand(_ calls: InventoryQuestion.Remembered.Calls) -> String? {
        switch calls {
        case .all: "o.number IS NOT NULL AND o.direction = 'by_hand'"
        case .conversations: "o.number IS NOT NULL AND o.direction = 'by_hand' AND o.connected_at IS NOT NULL"
        case .refusals: nil
        }
    }

    /// Whether a call went to a number that its contact does not have, or no more.
    private static func isElsewhere(_ call: String) -> String {
        """
        (\(call).contact_id IS NULL OR NOT EXISTS (SELECT 1 FROM numbers n
            WHERE n.id BETWEEN \(call).contact_id * 16 AND \(call).contact_id * 16 + 15 AND n.number = \(call).number))
        """
    }
}
