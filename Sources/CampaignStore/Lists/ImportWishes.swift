import Campaigns
import GRDB
import PhoneNumbers

/// The wishes of an import's people who want no calls. They are kept aside while the file is read, so that an import that is given up
/// changed nothing, and apply before any of its contacts appears.
///
/// What each import asked for stays on record (`import_wishes`): an entry that several ask for goes with the last of them only.
enum ImportWishes {
    /// Why a contact is suppressed.
    static let reason = "Its list says that the person wants no calls."

    private static let word = "import "

    /// The word under which the entries of an import stand on the do-not-call list. A negative number is that of an import of a lost
    /// database: the numbers here go on from the back-up, so that another import may bear it.
    static func source(of id: Int64) -> String { id < 0 ? "\(word)\(-id) of the lost database" : "\(word)\(id)" }

    /// The import that a source word names; nil where it names none.
    static func importID(of source: String?) -> Int64? {
        guard let source, source.hasPrefix(word) else { return nil }
        return Int64(source.dropFirst(word.count))
    }

    /// Where the wishes of an import hold.
    struct Scope {
        var id: Int64
        var campaign: Int64
        var kind: ImportRequest.DoNotCallScope
        /// Whether a contact of another campaign makes a row a duplicate.
        var isEverywhere: Bool

        /// The campaign that entries are limited to; 0 for everywhere.
        var entries: Int64 { kind == .campaign ? campaign : 0 }

        init?(_ id: Int64, _ database: Database) throws {
            let row = try Row.fetchOne(
                database, sql: "SELECT campaign_id, do_not_call_scope, duplicates_in FROM imports WHERE id = ?",
                arguments: [id])
            guard let row else { return nil }
            self.id = id
            campaign = row["campaign_id"]
            kind = ImportRequest.DoNotCallScope(rawValue: row["do_not_call_scope"]) ?? .house
            isEverywhere = row["duplicates_in"] == ImportRequest.DuplicateScope.everywhere.rawValue
        }
    }

    /// Applies them, piece by piece. What was applied before is found so: a second run after a crash changes nothing.
    static func apply(_ id: Int64, over connection: BulkConnection, at now: Instant) throws {
        guard let scope = try connection.read({ try Scope(id, $0) }) else { return }
        var after: Int64 = 0
        try connection.inPieces { database, rows in
            let numbers = try numbers(of: id, after: after, rows, database)
            guard let last = numbers.last else { return 0 }
            var new = 0
            for number in numbers {
                guard scope.kind != .contact else {
                    new += try mark(holdersOf: number, scope, at: now, database)
                    continue
                }
                new += try suppress(number, scope, at: now, database)
                // The contact has said so: its other numbers rest too, also those that an earlier list gave it.
                for other in try others(of: number, scope, database) {
                    try database.execute(
                        sql: "INSERT INTO import_wishes (import_id, number) VALUES (?, ?) ON CONFLICT DO NOTHING",
                        arguments: [id, other])
                    new += try suppress(other, scope, at: now, database)
                }
            }
            after = last
            try database.execute(
                sql: "UPDATE imports SET do_not_call_entries = do_not_call_entries + ? WHERE id = ?",
                arguments: [new, id])
            return numbers.count
        }
    }

    private static func numbers(of id: Int64, after: Int64, _ most: Int, _ database: Database) throws -> [Int64] {
        try Int64.fetchAll(
            database.cachedStatement(
                sql: "SELECT number FROM import_wishes WHERE import_id = ? AND number > ? ORDER BY number LIMIT ?"),
            arguments: [id, after, most])
    }

    /// The other numbers of the contacts that hold one: in the campaign, or, where duplicates are looked for everywhere, in all.
    private static func others(of digits: Int64, _ scope: Scope, _ database: Database) throws -> [Int64] {
        try Int64.fetchAll(
            database.cachedStatement(
                sql: """
                    SELECT o.number FROM numbers n JOIN numbers o ON o.id BETWEEN n.contact_id * 16 AND n.contact_id * 16 + 15
                    WHERE n.number = ?1 AND (?3 OR n.campaign_id = ?2) AND o.number <> ?1
                    """), arguments: [digits, scope.campaign, scope.isEverywhere])
    }

    private static func suppress(
        _ digits: Int64, _ scope: Scope, at now: Instant, _ database: Database
    ) throws -> Int {
        guard let number = PhoneNumber(digits: digits) else { return 0 }
        let former = try entry(digits, scope.entries, database)
        let added = try Suppressions.add(
            .number(number), campaign: scope.entries, source: source(of: scope.id), end: nil, at: now.milliseconds,
            isTold: false, database)
        guard added.isNew else {
            // An entry that was there holds already; a contact of this file may be its first.
            _ = try ContactNumbers.refresh(
                covered: .number(number), campaign: scope.entries, database, at: now.milliseconds)
            return 0
        }
        // It took the place of one that ends by itself, which comes back with the wish taken back.
        if let former {
            try database.execute(
                sql: "UPDATE import_wishes SET former_note = ?, former_end = ? WHERE import_id = ? AND number = ?",
                arguments: [former["note"] as String?, former["ends_at"] as Int64?, scope.id, digits])
        }
        return 1
    }

    /// The single entry of a number in a scope.
    private static func entry(_ digits: Int64, _ campaign: Int64, _ database: Database) throws -> Row? {
        try Row.fetchOne(
            database.cachedStatement(
                sql: """
                    SELECT s.source_id, s.note, s.ends_at FROM suppression_sources q
                    JOIN suppressions s ON s.source_id = q.id AND s.number = ?
                    WHERE q.name = '' AND q.campaign_id = ? AND q.state = 'current'
                    """), arguments: [digits, campaign])
    }

    private static func mark(
        holdersOf number: Int64, _ scope: Scope, at now: Instant, _ database: Database
    ) throws -> Int {
        let holders = try Row.fetchAll(
            database.cachedStatement(
                sql: """
                    SELECT c.id, c.campaign_id, c.do_not_call_import FROM numbers n JOIN contacts c ON c.id = n.contact_id
                    WHERE n.number = ?
                    """), arguments: [number])
        // A duplicate of another campaign's contact has none here: that one is the person who asked.
        let own = holders.filter { $0["campaign_id"] == scope.campaign }
        let meant = (own.isEmpty && scope.isEverywhere ? holders : own)
            .filter { $0["do_not_call_import"] as Int64? == nil }.map { $0["id"] as Int64 }
        for contact in meant {
            try database.execute(
                sql: "UPDATE contacts SET do_not_call_import = ? WHERE id = ?", arguments: [scope.id, contact])
        }
        try ContactNumbers.refresh(contacts: meant, database, at: now.milliseconds)
        return meant.count
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

    /// Somebody else asks for an entry that an import made: it is theirs from now on, and outlasts the import. One that ends by itself
    /// comes back when the import's is taken back.
    static func joined(
        by source: String?, end: Int64?, number: Int64, bucket: Int64, _ database: Database
    ) throws {
        guard importID(of: source) == nil else { return }
        let note = try String.fetchOne(
            database.cachedStatement(sql: "SELECT note FROM suppressions WHERE source_id = ? AND number = ?"),
            arguments: [bucket, number])
        guard let owner = importID(of: note) else { return }
        if end == nil {
            try database.execute(
                sql: "UPDATE suppressions SET note = ? WHERE source_id = ? AND number = ?",
                arguments: [source, bucket, number])
        } else {
            try database.execute(
                sql: "UPDATE import_wishes SET former_note = ?, former_end = ? WHERE import_id = ? AND number = ?",
                arguments: [source, end, owner, number])
        }
    }
}
