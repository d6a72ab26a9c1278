import Campaigns
import GRDB
import PhoneNumbers

/// Every place to which a person's words come, and what is left there after an erasure.
enum ErasedWords {
    /// What says of a contact that its person was erased; the journal's guard looks for it too.
    static let reason = "Erased."

    /// Events whose text is a code that `check --replay` rebuilds attempts from, or tells where records went; nobody's words.
    static let codedEvents: Set<String> = [
        "attempt_calling", "attempt_connected", "attempt_said", "attempt_wrap_up", "attempt_settled",
        "attempt_disposed_anew", RemovedAttempts.event,
    ]

    /// Codes as a list in SQL.
    static let coded = codedEvents.sorted().map { "'\($0)'" }.joined(separator: ", ")

    /// Rows of long tables that speak of a person.
    struct Found {
        /// Events with a text that is no code.
        var events: [Int64] = []
        /// Rows that were no contact, by their text.
        var quarantined: [Int64] = []
        private var lastEvent: Int64 = 0
        private var lastRow: Int64 = 0

        static let none = Found()

        private init() {}

        /// Looks for them behind those that an earlier look passed.
        init(of number: PhoneNumber, after earlier: Found, _ database: Database) throws {
            let contacts = PersonRows.list(try PersonRows.contacts(holding: number, database))
            lastEvent = try Int64.fetchOne(database, sql: "SELECT max(seq) FROM journal") ?? 0
            lastRow = try Int64.fetchOne(database, sql: "SELECT max(id) FROM quarantined_rows") ?? 0
            events = try Int64.fetchAll(
                database,
                sql: """
                    SELECT seq FROM journal WHERE seq > \(earlier.lastEvent) AND detail IS NOT NULL AND event NOT IN (\(coded))
                    AND (number = \(number.digits) OR contact_id IN \(contacts))
                    """)
            quarantined = try PersonRows.quarantined(naming: number, after: earlier.lastRow, database)
        }

        /// Both.
        func and(_ newer: Found) -> Found {
            var both = newer
            both.events = events + newer.events
            both.quarantined = quarantined + newer.quarantined
            return both
        }
    }

    /// Erases words, ends what was agreed with the person, and enters the number among those that were erased.
    ///
    /// - Returns: how many callbacks were owed.
    static func erase(
        of contacts: [Int64], _ number: PhoneNumber, _ found: Found, at now: Int64, _ database: Database
    ) throws -> Int {
        let list = PersonRows.list(contacts)
        // Before the entry, whose own look at the contacts would take one that is set aside away from its station.
        try eraseContacts(list, at: now, database)
        try ErasedNumbers.add(number, at: now, database)
        let open = try Int.fetchOne(
            database, sql: "SELECT count(*) FROM agreed_callbacks WHERE ending IS NULL AND contact_id IN \(list)")
        for contact in contacts { try AgreedCallbacks.withdraw(contact: contact, at: now, database) }
        try eraseAttempts("(number = \(number.digits) OR contact_id IN \(list))", database)
        let rows = PersonRows.list(found.quarantined)
        try database.execute(
            sql: "UPDATE quarantined_rows SET raw = '', reason = '\(reason)' WHERE id IN \(rows)")
        try database.execute(sql: "DELETE FROM import_updates WHERE contact_id IN \(list)")
        try database.execute(sql: "DELETE FROM import_wishes WHERE number = ?", arguments: [number.digits])
        // The source of a single entry is whatever somebody wrote.
        try database.execute(
            sql: """
                UPDATE suppressions SET note = '\(ErasedNumbers.source)' WHERE number = ? AND note IS NOT NULL
                AND source_id IN (SELECT id FROM suppression_sources WHERE name = '')
                """, arguments: [number.digits])
        try eraseRequests(of: list, number, at: now, database)
        let events = PersonRows.list(found.events)
        try database.execute(sql: "UPDATE journal SET detail = NULL WHERE seq IN \(events)")
        // What a receiver answered may repeat what it was sent.
        try database.execute(
            sql: """
                UPDATE webhook_deliveries SET error = NULL WHERE error IS NOT NULL AND seq IN
                    (SELECT seq FROM journal WHERE seq IN (SELECT seq FROM webhook_deliveries WHERE error IS NOT NULL)
                    AND (number = \(number.digits) OR contact_id IN \(list)))
                """)
        return open ?? 0
    }

    private static func eraseContacts(_ contacts: String, at now: Int64, _ database: Database) throws {
        let words = CampaignStore.personalColumns.map { "\($0.name) = \($0.erased)" }.joined(separator: ", ")
        // Parked for good: a contact that nobody knows any more is nobody's to call. One that is set aside goes back ready
        // and parked; any other is done with, and waits for no call or callback.
        try database.execute(
            sql: """
                UPDATE contacts SET \(words), due_at = ?1, class = 'fresh',
                    former_state = CASE WHEN state IN ('ready', 'waiting_retry', 'callback') THEN 'done'
                        WHEN state = 'reserved' THEN 'ready' WHEN state = 'suppressed' THEN 'done' ELSE former_state END,
                    state_at = iif(state IN ('ready', 'waiting_retry', 'callback'), ?2, state_at),
                    state = iif(state IN ('ready', 'waiting_retry', 'callback'), 'suppressed', state)
                WHERE id IN \(contacts)
                """, arguments: [Parking.never, now])
        try database.execute(
            sql: "UPDATE stations SET offer_contact_id = NULL, offer_until = NULL WHERE offer_contact_id IN \(contacts)"
        )
        try database.execute(sql: "UPDATE numbers SET state = 'dead' WHERE id IN \(PersonRows.numbers(of: contacts))")
    }

    /// The record of a call keeps which rules allowed it, without what the person said.
    private static func eraseAttempts(_ mine: String, _ database: Database) throws {
        let whole = try Row.fetchAll(
            database, sql: "SELECT id, number, allowed_by FROM attempts WHERE rule_text_id IS NULL AND \(mine)")
        for row in whole {
            try RuleTexts.move(row["id"], number: row["number"], text: row["allowed_by"], database)
        }
        try database.execute(sql: "UPDATE attempts SET note = NULL, consent = NULL WHERE \(mine)")
    }

    /// What agents asked of the engine and no engine answered yet; and refusals, which are read within seconds.
    private static func eraseRequests(
        of contacts: String, _ number: PhoneNumber, at now: Int64, _ database: Database
    ) throws {
        // Whoever waits for the answer can ask again.
        try database.execute(
            sql: """
                UPDATE agent_requests SET request = 'erased', answered_at = ?, refusal = 'The person was erased.'
                WHERE id IN \(try PersonRows.requests(of: contacts, number, database))
                """, arguments: [now])
        try database.execute(
            sql: "DELETE FROM agent_requests WHERE refusal IS NOT NULL AND answered_at < ?", arguments: [now - 60_000])
    }
}
