import Campaigns
import GRDB
import PhoneNumbers

extension ImportWishes {
    /// Takes off the do-not-call list what an import put there, and lets contacts be called again that it suppressed alone; except for
    /// what another import or a person asks for as well.
    ///
    /// - Returns: how many entries and contacts.
    static func takeBack(_ id: Int64, over connection: BulkConnection, at now: Instant) throws -> Int {
        guard let scope = try connection.read({ try Scope(id, $0) }) else { return 0 }
        var taken = 0
        // Contacts first: what else asks for them is looked up among the wishes.
        if scope.kind == .contact {
            try connection.inPieces { database, rows in
                let contacts = try Int64.fetchAll(
                    database, sql: "SELECT id FROM contacts WHERE do_not_call_import = ? LIMIT ?",
                    arguments: [id, rows])
                for contact in contacts where try !release(contact: contact, scope, at: now, database) { taken += 1 }
                return contacts.count
            }
        }
        try connection.inPieces { database, rows in
            let wishes = try Row.fetchAll(
                database, sql: "SELECT * FROM import_wishes WHERE import_id = ? ORDER BY number LIMIT ?",
                arguments: [id, rows])
            guard let last = wishes.last?["number"] as Int64? else { return 0 }
            if scope.kind != .contact {
                for wish in wishes where try takeOff(wish, scope, at: now, database) { taken += 1 }
            }
            try database.execute(
                sql: "DELETE FROM import_wishes WHERE import_id = ? AND number <= ?", arguments: [id, last])
            return wishes.count
        }
        try connection.write { database in
            try database.execute(sql: "UPDATE imports SET do_not_call_entries = 0 WHERE id = ?", arguments: [id])
            guard taken > 0 else { return }
            // It has no number of its own; whoever may be called again is.
            try database.journal(
                "suppression_removed", at: now, JournalSubject(campaign: scope.entries == 0 ? nil : scope.entries),
                detail: "import \(id): \(taken) taken off")
        }
        return taken
    }

    /// Another import that asks the same for a number, in the same scope.
    private static func other(
        _ digits: Int64, than scope: Scope, _ database: Database
    ) throws -> Int64? {
        try Int64.fetchOne(
            database.cachedStatement(
                sql: """
                    SELECT w.import_id FROM import_wishes w JOIN imports i ON i.id = w.import_id
                    WHERE w.number = ?1 AND w.import_id <> ?2 AND i.do_not_call_scope = ?3 AND i.state IN ('done', 'undone')
                        AND (?3 = 'house' OR i.campaign_id = ?4) ORDER BY w.import_id LIMIT 1
                    """), arguments: [digits, scope.id, scope.kind.rawValue, scope.campaign])
    }

    /// - Returns: whether the entry is not there any more as this import's wish, nor as another's.
    private static func takeOff(_ wish: Row, _ scope: Scope, at now: Instant, _ database: Database) throws -> Bool {
        let digits: Int64 = wish["number"]
        let held = try Row.fetchOne(
            database.cachedStatement(
                sql: """
                    SELECT s.source_id FROM suppression_sources q JOIN suppressions s ON s.source_id = q.id AND s.number = ?
                    WHERE q.name = '' AND q.campaign_id = ? AND q.state = 'current' AND s.note = ?
                    """), arguments: [digits, scope.entries, source(of: scope.id)])
        guard let bucket = held?["source_id"] as Int64?, let number = PhoneNumber(digits: digits) else { return false }
        if let other = try other(digits, than: scope, database) {
            try database.execute(
                sql: "UPDATE suppressions SET note = ? WHERE source_id = ? AND number = ?",
                arguments: [source(of: other), bucket, digits])
            return false
        }
        let end = wish["former_end"] as Int64?
        if let end, end > now.milliseconds {
            try database.execute(
                sql: "UPDATE suppressions SET note = ?, ends_at = ? WHERE source_id = ? AND number = ?",
                arguments: [wish["former_note"] as String?, end, bucket, digits])
            return true
        }
        try database.execute(
            sql: "DELETE FROM suppressions WHERE source_id = ? AND number = ?", arguments: [bucket, digits])
        try database.execute(
            sql: "UPDATE suppression_sources SET entries = entries - 1 WHERE id = ?", arguments: [bucket])
        _ = try ContactNumbers.refresh(
            covered: .number(number), campaign: scope.entries, database, at: now.milliseconds)
        return true
    }

    /// - Returns: whether another import asks for the contact as well, so that it stays suppressed.
    private static func release(contact: Int64, _ scope: Scope, at now: Instant, _ database: Database) throws -> Bool {
        let numbers = try Int64.fetchAll(
            database, sql: "SELECT number FROM numbers WHERE id BETWEEN ?1 * 16 AND ?1 * 16 + 15", arguments: [contact])
        var other: Int64?
        for number in numbers where other == nil { other = try self.other(number, than: scope, database) }
        try database.execute(
            sql: "UPDATE contacts SET do_not_call_import = ? WHERE id = ?", arguments: [other, contact])
        if other == nil { try ContactNumbers.refresh(contacts: [contact], database, at: now.milliseconds) }
        return other != nil
    }
}

extension CampaignStore {
    /// Takes an import's do-not-call entries back, whatever became of its contacts; see ``undoImport(_:withDoNotCall:at:)``.
    ///
    /// - Returns: how many entries and contacts may be called again by that.
    /// - Throws: `StoreError.notFound`; `.refused` while another import runs.
    public func takeBackWishes(ofImport id: Int64, at now: Instant) throws -> Int {
        let connection = try BulkConnection(path: path)
        defer { connection.close() }
        try connection.beDurable()
        try ImportRelease.clearInterrupted(over: connection, at: now)
        _ = try storedImport(id)
        return try ImportWishes.takeBack(id, over: connection, at: now)
    }
}
