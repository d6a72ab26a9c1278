import Campaigns
import GRDB
import PhoneNumbers

/// What else came about since the back-up: wishes not to be called, callbacks, calls that were seen, files that are missing.
extension LostCallBringing {
    private var database: Database { calls.database }

    /// Single do-not-call entries that were added since. Files of registries are to be loaded again.
    mutating func bringSuppressions() throws {
        for (table, column) in [("suppressions", "number"), ("suppression_prefixes", "prefix")] {
            let rows = lost.ask { database in
                try Row.fetchAll(
                    database,
                    sql: """
                        SELECT s.\(column) AS value, s.added_at, s.ends_at, s.note, q.name, q.campaign_id
                        FROM \(table) s JOIN suppression_sources q ON q.id = s.source_id
                        WHERE q.state = 'current' AND s.added_at >= ?
                        """, arguments: [mark.backedUpAt.milliseconds])
            }
            guard let rows else {
                try bringFromJournal(insteadOf: table)
                continue
            }
            for row in rows.map(LooseRow.init) {
                guard let value = row.integer("value"), let at = row.integer("added_at") else { continue }
                let subject: SuppressionSubject? =
                    column == "prefix"
                    ? .prefix(value) : PhoneNumber(digits: value).map(SuppressionSubject.number)
                let source = row.text("name").flatMap { $0.isEmpty ? nil : $0 } ?? row.text("note") ?? "agent"
                guard let subject else { continue }
                try suppress(
                    subject, campaign: row.integer("campaign_id"), source: source, end: row.integer("ends_at"), at: at)
            }
        }
    }

    /// Contacts that an import since suppressed alone.
    mutating func bringWishes() throws {
        let rows = lost.ask { database in
            try Row.fetchAll(
                database, sql: "SELECT id, do_not_call_import FROM contacts WHERE do_not_call_import IS NOT NULL")
        }
        for row in (rows ?? []).map(LooseRow.init) {
            guard let contact = row.integer("id"), let importID = row.integer("do_not_call_import") else { continue }
            try database.execute(
                sql: "UPDATE contacts SET do_not_call_import = ? WHERE id = ? AND do_not_call_import IS NULL",
                arguments: [-abs(importID), contact])
            guard database.changesCount > 0 else { continue }
            try ContactNumbers.refresh(contacts: [contact], database, at: calls.now.milliseconds)
            brought.suppressions += 1
        }
    }

    /// The journal tells of each number, but not of prefixes.
    private mutating func bringFromJournal(insteadOf table: String) throws {
        if table == "suppression_prefixes" || !isJournalWhole {
            brought.gaps.append(
                "Not every do-not-call entry in \(lost.path) can be read; those that its journal tells of were taken.")
        }
        guard table == "suppressions" else { return }
        if !importsWithWishes.isEmpty {
            brought.gaps.append(
                "People of \(importsWithWishes.count) lists asked not to be called, and the journal of \(lost.path) does not name them ("
                    + "\(importsWithWishes.prefix(5).joined(separator: "; "))): import these lists again before anybody is called."
            )
        }
        for entry in suppressed {
            try suppress(
                .number(entry.number), campaign: entry.campaign, source: entry.source, end: nil, at: entry.at)
        }
    }

    private mutating func suppress(
        _ subject: SuppressionSubject, campaign: Int64?, source: String, end: Int64?, at instant: Int64
    ) throws {
        if let end, end <= calls.now.milliseconds { return }
        let scope = campaign ?? 0
        // An entry of a campaign that is not here covers nobody here.
        guard let here = scope == 0 ? 0 : campaigns[scope] else { return }
        // The numbers of imports go on from the back-up: another import may bear this one's.
        let source = ImportWishes.importID(of: source).map { ImportWishes.source(of: -$0) } ?? source
        let added = try Suppressions.add(subject, campaign: here, source: source, end: end, at: instant, database)
        if added.isNew { brought.suppressions += 1 }
    }

    /// Whoever was erased there, whatever became of their do-not-call entry, is erased here: the back-up has their words. All are
    /// looked for each time, so that a run that was cut short is made up for by the next.
    mutating func findErased() throws {
        let numbers = lost.ask { database in
            try Int64.fetchAll(
                database,
                sql: """
                    SELECT s.number FROM suppression_sources q JOIN suppressions s ON s.source_id = q.id
                    WHERE q.name = ?1 OR s.note = ?1
                    UNION SELECT n.number FROM contacts c JOIN numbers n ON n.id BETWEEN c.id * 16 AND c.id * 16 + 15
                    WHERE c.reason = ?2
                    """, arguments: [ErasedNumbers.source, ErasedWords.reason])
        }
        var found = Set(numbers ?? [])
        if numbers == nil, !isJournalWhole {
            brought.gaps.append(
                "Who was erased in \(lost.path) cannot all be read; erase them again: offhook contact erase NUMBER")
        }
        // The same contacts have the same numbers here.
        for contact in erasedContacts {
            found.formUnion(
                try Int64.fetchAll(
                    database, sql: "SELECT number FROM numbers WHERE id BETWEEN ?1 * 16 AND ?1 * 16 + 15",
                    arguments: [contact]))
        }
        let known = try ErasedNumbers(database)
        for digits in found.sorted() {
            let isWhole = try Bool.fetchOne(
                database,
                sql: """
                    SELECT EXISTS (SELECT 1 FROM numbers n JOIN contacts c ON c.id = n.contact_id
                        WHERE n.number = ? AND c.reason IS NOT ?)
                    """, arguments: [digits, ErasedWords.reason])
            guard try isWhole == true || !known.contains(digits) else { continue }
            if let number = PhoneNumber(digits: digits) { erased.append(number) }
        }
    }

    /// Callbacks that people agreed since and that are still to be kept; those of calls came with their calls.
    mutating func bringCallbacks() throws {
        let rows = lost.ask { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT a.*, n.number FROM agreed_callbacks a JOIN numbers n ON n.id BETWEEN a.contact_id * 16 AND a.contact_id * 16 + 15
                    WHERE a.ending IS NULL AND a.agreed_at >= ? ORDER BY a.id, n.id
                    """, arguments: [mark.backedUpAt.milliseconds])
        }
        guard let rows else {
            brought.notes.append("The callbacks that were agreed since cannot all be read.")
            return
        }
        for row in rows.map(LooseRow.init) {
            guard let due = row.integer("due_at"), let at = row.integer("agreed_at"),
                let number = row.integer("number").flatMap(PhoneNumber.init(digits:)),
                let campaign = row.integer("campaign_id").flatMap({ campaigns[$0] }),
                let contact = try stored(number, campaign: campaign)?.contact
            else { continue }
            let isKnown = try Int.fetchOne(
                database, sql: "SELECT 1 FROM agreed_callbacks WHERE contact_id = ? AND due_at = ? AND agreed_at >= ?",
                arguments: [contact, due, mark.backedUpAt.milliseconds])
            guard isKnown == nil, try enterCallback(contact, at: at) else { continue }
            try database.execute(
                sql: """
                    UPDATE contacts SET class = 'callback', former_state = NULL, due_at = ?, agent = ?, avoid_station = NULL,
                        reason = 'A person agreed the time.' WHERE id = ?
                    """, arguments: [due, row.text("agent"), contact])
            try AgreedCallbacks.agree(
                contact: contact, campaign: campaign, agent: row.text("agent"), by: row.text("agreed_by"), due: due,
                at: at, database)
            try ContactNumbers.refresh(contacts: [contact], database, at: calls.now.milliseconds)
            try database.journal(
                "callback_scheduled", at: calls.now, JournalSubject(campaign: campaign, contact: contact),
                detail: Instant(milliseconds: due).iso8601)
            brought.callbacks += 1
        }
    }

    /// Takes a contact to its callback; false where its state has no way there.
    private func enterCallback(_ contact: Int64, at instant: Int64) throws -> Bool {
        let text = try String.fetchOne(database, sql: "SELECT state FROM contacts WHERE id = ?", arguments: [contact])
        guard let state = text.flatMap(ContactState.init(rawValue:)), try ContactNumbers.hasLive(contact, database)
        else { return false }
        let event: ContactEvent = state.isFinished ? .reopenForCallback : .scheduleCallback
        guard ContactLifeCycle.next(state, event, former: nil) != nil else { return false }
        try ContactStates.apply(event, to: contact, at: instant, database)
        return true
    }

    /// Calls that were seen on lines: those dialed by hand count for caps.
    mutating func bringObservedCalls() throws {
        guard let last = lost.highest(in: "observed_calls"), last > 0 else { return }
        let first = try Int64.fetchOne(
            database, sql: "SELECT max(id) FROM observed_calls WHERE started_at < ?",
            arguments: [mark.backedUpAt.milliseconds])
        guard last > first ?? 0, last - (first ?? 0) < 20_000_000 else { return }
        let (database, since) = (database, mark.backedUpAt.milliseconds)
        var added = 0
        _ = try lost.rows(of: "observed_calls", ((first ?? 0) + 1)...last) { row in
            guard let station = row.text("station"), let line = row.integer("line"), let at = row.integer("started_at"),
                at >= since, let direction = row.text("direction"), ["incoming", "by_hand"].contains(direction)
            else { return }
            try database.execute(
                sql: """
                    INSERT INTO observed_calls (station, line, direction, number, started_at, connected_at, ended_at)
                    SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7
                    WHERE NOT EXISTS (SELECT 1 FROM observed_calls WHERE station = ?1 AND line = ?2 AND started_at = ?5)
                    """,
                arguments: [
                    station, line, direction, row.integer("number"), at, row.integer("connected_at"),
                    row.integer("ended_at"),
                ])
            added += database.changesCount
        }
        brought.observedCalls = added
    }

    /// Files that came in since are named, for a person to import again.
    mutating func noteMissingFiles() {
        let since = mark.backedUpAt.milliseconds
        let names = lost.ask { database in
            try String.fetchAll(
                database,
                sql: """
                    SELECT 'list ' || list_name || ' (' || file || ')' FROM imports
                    WHERE coalesce(ended_at, at) > ?1 AND state = 'done'
                    UNION ALL SELECT 'do-not-call file ' || name || coalesce(' (' || file || ')', '') FROM suppression_sources
                    WHERE name <> '' AND state = 'current' AND loaded_at > ?1
                    """, arguments: [since])
        }
        brought.missingFiles = names ?? []
        if names == nil { brought.notes.append("Which files were imported since cannot be read.") }
    }
}
