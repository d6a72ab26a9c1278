import Campaigns
import GRDB
import PhoneNumbers

/// What was erased of a person, and what had to stay.
public struct ErasureSummary: Sendable, Hashable {
    /// Contacts that lost their name, fields and other words.
    public var contacts = 0
    /// Rows that had not become contacts, whose text is gone.
    public var quarantinedRows = 0
    /// Call records that stay, as the retention of their campaigns says.
    public var keptAttempts = 0
    /// When the last of these may go; nil where none stays.
    public var keptUntil: Instant?
    /// Call records older than that, which are gone.
    public var erasedAttempts = 0
}

extension CampaignStore {
    /// Every column of `contacts` that says something about the person, and what stands there afterwards.
    static let personalColumns: [(name: String, erased: String)] = [
        ("external_id", "NULL"), ("name", "NULL"), ("fields", "'[]'"), ("reason", "'Erased.'"), ("agent", "NULL"),
    ]

    /// Erases what is known of whoever holds a number, in every campaign, in one transaction.
    ///
    /// Names, fields and the text of quarantined rows go; call records stay as long as their campaign's `retention` says, with
    /// numbers, times and outcomes alone; do-not-call entries stay, and the number gets one. The contacts' numbers are dead:
    /// nobody calls them again. A contact that is set aside for a station, or shown to its agent, is erased all the same: it
    /// is not shown any more, a call to it is refused, and it goes back parked for good.
    /// - Throws: `StoreError.refused` while one of them is being called.
    public func eraseContact(_ number: PhoneNumber, at now: Instant) throws -> ErasureSummary {
        let retention = Dictionary(
            uniqueKeysWithValues: try campaigns().map { ($0.id.value, $0.campaign.retention.wholeMilliseconds) })
        // Without this SQLite only forgets where the words stand; the bytes would stay in the file.
        try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA secure_delete = ON") }
        let summary = try write { database in
            var summary = ErasureSummary()
            let contacts = try PersonRows.contacts(holding: number, database)
            let list = PersonRows.list(contacts)
            let mine = "(number = \(number.digits) OR contact_id IN \(list))"
            let open = try Int.fetchOne(
                database, sql: "SELECT count(*) FROM attempts WHERE phase <> 'settled' AND \(mine)")
            guard open == 0 else {
                throw StoreError.refused("\(number) is being called now; erase it when the call has ended.")
            }
            try Self.eraseWords(of: list, at: now, database)
            try ErasedNumbers.add(number, at: now.milliseconds, database)
            for contact in contacts {
                try ContactNumbers.refresh(contact: contact, database, at: now.milliseconds)
                try database.journal("contact_erased", at: now, JournalSubject(contact: contact))
            }
            summary.contacts = contacts.count
            let rows = PersonRows.list(try PersonRows.quarantined(naming: number, database))
            try database.execute(sql: "UPDATE quarantined_rows SET raw = '' WHERE id IN \(rows)")
            summary.quarantinedRows = database.changesCount
            for row in try Row.fetchAll(
                database, sql: "SELECT id, campaign_id, intended_at FROM attempts WHERE \(mine)")
            {
                let kept = (row["campaign_id"] as Int64?).flatMap { retention[$0] }
                let until = Instant(
                    milliseconds: (row["intended_at"] as Int64)
                        + (kept ?? Campaign.defaultRetention.wholeMilliseconds))
                if until > now {
                    summary.keptAttempts += 1
                    summary.keptUntil = max(summary.keptUntil ?? until, until)
                    try database.execute(
                        sql: "INSERT OR REPLACE INTO erasures (attempt_id, kept_until) VALUES (?, ?)",
                        arguments: [row["id"] as Int64, until.milliseconds])
                } else {
                    try Self.eraseAttempt(row["id"], at: now, database)
                    summary.erasedAttempts += 1
                }
            }
            return summary
        }
        // The log still holds the pages as they were; where others read just now, it is emptied by a later write.
        _ = try? pool.writeWithoutTransaction { try $0.checkpoint(.truncate) }
        return summary
    }

    /// Removes the call records of erased persons whose time is over; the engine asks now and then.
    ///
    /// - Returns: how many there were.
    public func sweepErased(at now: Instant) throws -> Int {
        let due = try read {
            try Int64.fetchAll(
                $0, sql: "SELECT attempt_id FROM erasures WHERE kept_until <= ? LIMIT 1000",
                arguments: [now.milliseconds])
        }
        guard !due.isEmpty else { return 0 }
        try write { database in
            for id in due { try Self.eraseAttempt(id, at: now, database) }
        }
        return due.count
    }

    private static func eraseWords(of contacts: String, at now: Instant, _ database: Database) throws {
        let words = personalColumns.map { "\($0.name) = \($0.erased)" }.joined(separator: ", ")
        // Parked for good: a contact that nobody knows any more is nobody's to call.
        try database.execute(
            sql: "UPDATE contacts SET \(words), due_at = ? WHERE id IN \(contacts)", arguments: [Parking.never])
        try database.execute(
            sql: "UPDATE stations SET offer_contact_id = NULL, offer_until = NULL WHERE offer_contact_id IN \(contacts)"
        )
        try database.execute(sql: "UPDATE attempts SET note = NULL WHERE contact_id IN \(contacts)")
        try database.execute(sql: "UPDATE numbers SET state = 'dead' WHERE id IN \(PersonRows.numbers(of: contacts))")
    }

    private static func eraseAttempt(_ id: Int64, at now: Instant, _ database: Database) throws {
        try CallRollups.remove(id, database)
        try database.execute(sql: "DELETE FROM attempts WHERE id = ?", arguments: [id])
        try database.journal("attempt_erased", at: now, JournalSubject(attempt: id))
    }
}
