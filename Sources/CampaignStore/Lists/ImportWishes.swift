import Campaigns
import GRDB
import PhoneNumbers

/// The wishes of an import's people who want no calls. They are kept aside while the file is read, so that an import that is given up
/// changed nothing, and apply before any of its contacts appears.
enum ImportWishes {
    /// Why a contact is suppressed.
    static let reason = "Its list says that the person wants no calls."

    /// The word under which the entries of an import stand on the do-not-call list.
    static func source(of id: Int64) -> String { "import \(id)" }

    /// Applies a piece of them.
    ///
    /// - Returns: how many; 0 where none was left.
    static func applyPiece(of id: Int64, rows most: Int, at now: Instant, _ database: Database) throws -> Int {
        let numbers = try Int64.fetchAll(
            database, sql: "SELECT number FROM import_wishes WHERE import_id = ? ORDER BY number LIMIT ?",
            arguments: [id, most])
        guard let last = numbers.last,
            let row = try Row.fetchOne(
                database, sql: "SELECT campaign_id, do_not_call_scope FROM imports WHERE id = ?", arguments: [id])
        else { return 0 }
        let campaign: Int64 = row["campaign_id"]
        let scope = ImportRequest.DoNotCallScope(rawValue: row["do_not_call_scope"]) ?? .house
        var new = 0
        for number in numbers {
            switch scope {
            case .house: new += try suppress(number, campaign: 0, import: id, at: now, database)
            case .campaign: new += try suppress(number, campaign: campaign, import: id, at: now, database)
            case .contact: new += try mark(holdersOf: number, campaign: campaign, import: id, at: now, database)
            }
        }
        try database.execute(
            sql: "DELETE FROM import_wishes WHERE import_id = ? AND number <= ?", arguments: [id, last])
        try database.execute(
            sql: "UPDATE imports SET do_not_call_entries = do_not_call_entries + ? WHERE id = ?", arguments: [new, id])
        return numbers.count
    }

    private static func suppress(
        _ digits: Int64, campaign: Int64, import id: Int64, at now: Instant, _ database: Database
    ) throws -> Int {
        guard let number = PhoneNumber(digits: digits) else { return 0 }
        let added = try Suppressions.add(
            .number(number), campaign: campaign, source: source(of: id), end: nil, at: now.milliseconds, isTold: false,
            database)
        // An entry that was there holds already; a contact of this file may be its first.
        if !added.isNew {
            _ = try ContactNumbers.refresh(
                covered: .number(number), campaign: campaign, database, at: now.milliseconds)
        }
        return added.isNew ? 1 : 0
    }

    private static func mark(
        holdersOf number: Int64, campaign: Int64, import id: Int64, at now: Instant, _ database: Database
    ) throws -> Int {
        let contacts = try Int64.fetchAll(
            database.cachedStatement(
                sql: """
                    SELECT c.id FROM numbers n JOIN contacts c ON c.id = n.contact_id
                    WHERE n.number = ? AND n.campaign_id = ? AND c.do_not_call_import IS NULL
                    """), arguments: [number, campaign])
        for contact in contacts {
            try database.execute(
                sql: "UPDATE contacts SET do_not_call_import = ? WHERE id = ?", arguments: [id, contact])
        }
        try ContactNumbers.refresh(contacts: contacts, database, at: now.milliseconds)
        return contacts.count
    }

    /// Lifts the wishes of single contacts of a campaign that hold a number; whoever looks at the contacts again is the caller.
    ///
    /// - Returns: how many.
    static func lift(_ subject: SuppressionSubject, campaign: Int64, _ database: Database) throws -> Int {
        guard campaign != 0, case .number(let number) = subject else { return 0 }
        try database.execute(
            sql: """
                UPDATE contacts SET do_not_call_import = NULL WHERE do_not_call_import IS NOT NULL AND id IN
                    (SELECT contact_id FROM numbers WHERE number = ? AND campaign_id = ?)
                """, arguments: [number.digits, campaign])
        return database.changesCount
    }

    /// Takes off the do-not-call list what an import put there, and lets its contacts be called again that it suppressed alone.
    ///
    /// - Returns: how many entries and contacts.
    static func takeBack(_ id: Int64, over connection: BulkConnection, at now: Instant) throws -> Int {
        let found = try connection.read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT q.campaign_id, s.number FROM suppression_sources q JOIN suppressions s ON s.source_id = q.id
                    WHERE q.name = '' AND q.state = 'current' AND s.note = ?
                    """, arguments: [source(of: id)]
            ).map { (campaign: $0["campaign_id"] as Int64, number: $0["number"] as Int64) }
        }
        var left = found[...]
        var taken = 0
        try connection.inPieces { database, rows in
            let piece = left.prefix(rows)
            left = left.dropFirst(piece.count)
            for entry in piece {
                taken += try takeOff(entry.number, campaign: entry.campaign, import: id, at: now, database)
            }
            return piece.count
        }
        try connection.inPieces { database, rows in
            let contacts = try Int64.fetchAll(
                database, sql: "SELECT id FROM contacts WHERE do_not_call_import = ? LIMIT ?", arguments: [id, rows])
            for contact in contacts {
                try database.execute(
                    sql: "UPDATE contacts SET do_not_call_import = NULL WHERE id = ?", arguments: [contact])
            }
            try ContactNumbers.refresh(contacts: contacts, database, at: now.milliseconds)
            taken += contacts.count
            return contacts.count
        }
        guard taken > 0 else { return 0 }
        try connection.write { database in
            try database.execute(sql: "UPDATE imports SET do_not_call_entries = 0 WHERE id = ?", arguments: [id])
            // It has no number of its own; whoever may be called again is.
            try database.journal(
                "suppression_removed", at: now, JournalSubject(), detail: "import \(id): \(taken) entries")
        }
        return taken
    }

    private static func takeOff(
        _ digits: Int64, campaign: Int64, import id: Int64, at now: Instant, _ database: Database
    ) throws -> Int {
        try database.execute(
            sql: """
                DELETE FROM suppressions WHERE number = ?1 AND note = ?2 AND source_id =
                    (SELECT id FROM suppression_sources WHERE name = '' AND campaign_id = ?3 AND state = 'current')
                """, arguments: [digits, source(of: id), campaign])
        let gone = database.changesCount
        guard gone > 0, let number = PhoneNumber(digits: digits) else { return 0 }
        try database.execute(
            sql: """
                UPDATE suppression_sources SET entries = entries - ? WHERE name = '' AND campaign_id = ? AND state = 'current'
                """, arguments: [gone, campaign])
        _ = try ContactNumbers.refresh(covered: .number(number), campaign: campaign, database, at: now.milliseconds)
        return gone
    }
}
