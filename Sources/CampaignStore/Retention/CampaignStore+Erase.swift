import Campaigns
import GRDB
import PhoneNumbers

/// What was erased of a person, and what had to stay.
public struct ErasureSummary: Sendable, Hashable {
    /// Contacts that lost their name, fields and other words.
    public var contacts = 0
    /// Rows that had not become contacts, whose text is gone.
    public var quarantinedRows = 0
    /// Callbacks that were agreed with the person and are owed no more.
    public var callbacks = 0
    /// Call records that stay, as the retention of their campaigns says.
    public var keptAttempts = 0
    /// When the last of these may go; nil where none stays.
    public var keptUntil: Instant?
    /// Call records older than that, which are gone.
    public var erasedAttempts = 0
    /// Whether the erased words are gone from the database's log too. While somebody reads what was there before, the log
    /// keeps it; see ``CampaignStore/clearErasureResidue(at:)``.
    public var isComplete = false
}

extension CampaignStore {
    /// Every column of `contacts` that says something about the person, and what stands there afterwards.
    static let personalColumns: [(name: String, erased: String)] = [
        ("external_id", "NULL"), ("name", "NULL"), ("fields", "'[]'"), ("reason", "'\(ErasedWords.reason)'"),
        ("agent", "NULL"),
    ]

    /// Erases what is known of whoever holds a number, in every campaign, in one transaction.
    ///
    /// Names, fields, the text of quarantined rows, notes and the words of a consent go, wherever they were copied to; call
    /// records stay as long as their campaign's `retention` says, with numbers, times, outcomes and rules alone; do-not-call
    /// entries stay, and the number gets one. The contacts' numbers are dead: nobody calls them again, and callbacks that
    /// were agreed end. A contact that is set aside for a station, or shown to its agent, is erased all the same: it is not
    /// shown any more, a call to it is refused, and it goes back parked for good.
    /// - Parameter patience: how long the log is tried to be emptied before the residue is reported; nobody who dials waits.
    /// - Throws: `StoreError.refused` while one of them is being called.
    public func eraseContact(
        _ number: PhoneNumber, at now: Instant, patience: Duration = .seconds(2)
    ) throws -> ErasureSummary {
        let wide = try retentionPeriods()
        let retention = Dictionary(
            uniqueKeysWithValues: try campaigns().map {
                ($0.id.value, $0.campaign.retention.over(wide)[.calls].wholeMilliseconds)
            })
        // What takes long to find is looked for before the write, which looks again at what came since.
        let found = try read { try ErasedWords.Found(of: number, after: .none, $0) }
        var summary = try writeSecurely { database in
            var summary = ErasureSummary()
            let contacts = try PersonRows.contacts(holding: number, database)
            let list = PersonRows.list(contacts)
            let mine = "(number = \(number.digits) OR contact_id IN \(list))"
            let open = try Int.fetchOne(
                database, sql: "SELECT count(*) FROM attempts WHERE phase <> 'settled' AND \(mine)")
            guard open == 0 else {
                throw StoreError.refused("\(number) is being called now; erase it when the call has ended.")
            }
            let newer = try ErasedWords.Found(of: number, after: found, database)
            summary.callbacks = try ErasedWords.erase(
                of: contacts, number, found.and(newer), at: now.milliseconds, database)
            summary.contacts = contacts.count
            summary.quarantinedRows = found.quarantined.count + newer.quarantined.count
            for contact in contacts {
                try ContactNumbers.refresh(contact: contact, database, at: now.milliseconds)
                try database.journal("contact_erased", at: now, JournalSubject(contact: contact))
            }
            for row in try Row.fetchAll(
                database, sql: "SELECT id, campaign_id, intended_at FROM attempts WHERE \(mine)")
            {
                let kept = (row["campaign_id"] as Int64?).flatMap { retention[$0] }
                let until = Instant(
                    milliseconds: (row["intended_at"] as Int64) + (kept ?? wide[.calls].wholeMilliseconds))
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
            try ErasureResidue.mark(at: now, database)
            return summary
        }
        summary.isComplete = try emptyLogOfErasure(within: patience, at: now)
        return summary
    }

    /// Removes the call records of erased persons whose time is over, some at a time; the engine asks now and then.
    ///
    /// - Returns: how many there were.
    public func sweepErased(at now: Instant) throws -> Int {
        let due = try read {
            try Int64.fetchAll(
                $0, sql: "SELECT attempt_id FROM erasures WHERE kept_until <= ? LIMIT 200",
                arguments: [now.milliseconds])
        }
        guard !due.isEmpty else { return 0 }
        try writeSecurely { database in
            for id in due { try Self.eraseAttempt(id, at: now, database) }
        }
        return due.count
    }

    /// A write that overwrites what it deletes: without, SQLite only forgets where the words stood, and their bytes stay in
    /// the file.
    func writeSecurely<Result>(_ body: (Database) throws -> Result) throws -> Result {
        let former = try pool.writeWithoutTransaction { database in
            let former = try Int.fetchOne(database, sql: "PRAGMA secure_delete") ?? 0
            try database.execute(sql: "PRAGMA secure_delete = ON")
            return former
        }
        // 2 is FAST.
        defer {
            _ = try? pool.writeWithoutTransaction {
                try $0.execute(sql: "PRAGMA secure_delete = \(former == 2 ? "FAST" : String(former))")
            }
        }
        return try write(body)
    }

    private static func eraseAttempt(_ id: Int64, at now: Instant, _ database: Database) throws {
        try CallRollups.remove(id, database)
        try database.execute(sql: "DELETE FROM attempts WHERE id = ?", arguments: [id])
        try database.journal("attempt_erased", at: now, JournalSubject(attempt: id))
    }
}
