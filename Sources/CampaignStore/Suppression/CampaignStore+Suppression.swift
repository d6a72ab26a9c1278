import Campaigns
import GRDB
import PhoneNumbers

extension CampaignStore {
    /// Adds entries to the do-not-call list, in order, and stops their contacts in every campaign in scope. Many are added in pieces:
    /// should the program end in between, those before are there.
    ///
    /// - Parameters:
    ///   - campaign: limits the entries to one campaign; nil for everywhere.
    ///   - source: a word for where they come from; if a file was loaded under that name, they join it.
    ///   - end: when the entries end by themselves; nil for never.
    /// - Returns: how many entries are new, and how many contacts hold a number that they cover.
    public func suppress(
        _ subjects: [SuppressionSubject], campaign: CampaignID?, source: String, until end: Instant? = nil,
        at now: Instant
    ) throws -> (added: Int, contacts: Int) {
        var added = 0
        var contacts = 0
        // Each entry holds from its own transaction on; a thousand in one would keep the dialer waiting.
        var left = subjects[...]
        try LockTurns(database: path).inPieces { rows in
            let piece = left.prefix(rows)
            guard !piece.isEmpty else { return 0 }
            let done = try write { database in
                try piece.map { subject in
                    try Suppressions.add(
                        subject, campaign: campaign?.value ?? 0, source: source, end: end?.milliseconds,
                        at: now.milliseconds, database)
                }
            }
            for (subject, result) in zip(piece, done) where result.isNew {
                added += 1
                contacts +=
                    try result.contacts
                    ?? read { try ContactNumbers.count(covered: subject, campaign: campaign?.value ?? 0, $0) }
            }
            left = left.dropFirst(piece.count)
            return piece.count
        }
        try reviewContacts(at: now)
        return (added, contacts)
    }

    /// Adds numbers to the do-not-call list; see ``suppress(_:campaign:source:until:at:)-(SuppressionSubject,_,_,_,_)``.
    public func suppress(
        _ numbers: [PhoneNumber], campaign: CampaignID?, source: String, until end: Instant? = nil, at now: Instant
    ) throws -> (added: Int, contacts: Int) {
        try suppress(
            numbers.map(SuppressionSubject.number), campaign: campaign, source: source, until: end, at: now)
    }

    /// Removes an entry in one scope, whatever its source; its contacts get their former state back unless another entry
    /// covers them.
    ///
    /// - Parameter evenIfErased: whether an entry goes that keeps an erased person from coming back.
    /// - Returns: how many entries were removed.
    /// - Throws: `StoreError.erased` where the number's holder was erased and that is not said.
    public func unsuppress(
        _ subject: SuppressionSubject, campaign: CampaignID?, evenIfErased: Bool = false, at now: Instant
    ) throws -> Int {
        defer { try? reviewContacts(at: now) }
        return try write { database in
            if !evenIfErased, campaign == nil, case .number(let number) = subject,
                try ErasedNumbers(database).contains(number.digits)
            {
                throw StoreError.erased(number: number.e164)
            }
            let scope = campaign?.value ?? 0
            let (table, column, value) =
                switch subject {
                case .number(let number): ("suppressions", "number", number.digits)
                case .prefix(let prefix): ("suppression_prefixes", "prefix", prefix)
                }
            let sources = try Int64.fetchAll(
                database,
                sql: """
                    SELECT s.source_id FROM \(table) s JOIN suppression_sources q ON q.id = s.source_id
                    WHERE q.state = 'current' AND q.campaign_id = ? AND s.\(column) = ?
                    """, arguments: [scope, value])
            for source in sources {
                try database.execute(
                    sql: "DELETE FROM \(table) WHERE source_id = ? AND \(column) = ?", arguments: [source, value])
                try database.execute(
                    sql: "UPDATE suppression_sources SET entries = entries - 1 WHERE id = ?", arguments: [source])
            }
            let wishes = try ImportWishes.lift(subject, campaign: scope, database)
            if !sources.isEmpty || wishes > 0 {
                _ = try ContactNumbers.refresh(covered: subject, campaign: scope, database, at: now.milliseconds)
                try database.journal(
                    "suppression_removed", at: now, Suppressions.journalSubject(subject, campaign: scope),
                    detail: subject.description)
            }
            return sources.count + wishes
        }
    }

    /// Removes a number in one scope; see ``unsuppress(_:campaign:at:)-(SuppressionSubject,_,_)``.
    public func unsuppress(_ number: PhoneNumber, campaign: CampaignID?, at now: Instant) throws -> Int {
        try unsuppress(.number(number), campaign: campaign, at: now)
    }

    /// The entries that cover a number now, in any scope.
    public func suppressions(of number: PhoneNumber, at now: Instant) throws -> [SuppressionEntry] {
        try read {
            try SuppressionLookup.entries(of: number.digits, campaign: nil, at: now.milliseconds, $0)
        }
    }

    /// Whether an entry covers a number in a scope now; one probe a source.
    public func isSuppressed(_ number: PhoneNumber, campaign: CampaignID?, at now: Instant) throws -> Bool {
        try read { database in
            let statement = try database.cachedStatement(
                sql: "SELECT \(SuppressionLookup.covers(number: ":number", campaign: ":campaign", now: ":now"))")
            return try Bool.fetchOne(
                statement,
                arguments: ["number": number.digits, "campaign": campaign?.value ?? 0, "now": now.milliseconds])
                ?? false
        }
    }

    /// The entries whose number or prefix begins with some digits, prefixes first.
    ///
    /// - Parameter digits: 1 to 15 digits of E.164, without the plus.
    public func suppressions(beginning digits: Int64, limit: Int) throws -> [SuppressionEntry] {
        try read { database in
            var found: [SuppressionEntry] = []
            for (table, column, other) in [
                ("suppression_prefixes", "prefix", "number"), ("suppressions", "number", "prefix"),
            ] {
                for range in ContactNumbers.ranges(of: digits) where found.count < limit {
                    found += try Row.fetchAll(
                        database,
                        sql: """
                            SELECT s.\(column), NULL AS \(other), s.added_at, s.ends_at, s.note, q.name, q.loaded_at,
                                c.name AS campaign
                            FROM suppression_sources q JOIN \(table) s ON s.source_id = q.id
                            LEFT JOIN campaigns c ON c.id = q.campaign_id
                            WHERE q.state = 'current' AND s.\(column) BETWEEN ? AND ? ORDER BY s.\(column) LIMIT ?
                            """, arguments: [range.lowerBound, range.upperBound, limit - found.count]
                    ).compactMap(SuppressionLookup.entry)
                }
            }
            return found
        }
    }

    /// Entries that end in one go, so that a registry whose entries all end at once keeps nobody waiting.
    private static let endingAtOnce = 200

    /// Lets entries whose end has come go, some at a time, and gives their contacts back; a running engine asks again and again. No
    /// call hangs on it: an entry that has ended covers nobody.
    ///
    /// - Returns: how many ended.
    public func endSuppressions(at now: Instant) throws -> Int {
        let due = try read {
            try Int.fetchOne(
                $0,
                sql: """
                    SELECT EXISTS (SELECT 1 FROM suppressions WHERE ends_at <= ?1)
                        OR EXISTS (SELECT 1 FROM suppression_prefixes WHERE ends_at <= ?1)
                    """, arguments: [now.milliseconds]) ?? 0
        }
        guard due != 0 else { return 0 }
        return try write { database in
            var ended = 0
            for (table, column) in [("suppressions", "number"), ("suppression_prefixes", "prefix")] {
                let rows = try Row.fetchAll(
                    database,
                    sql: """
                        DELETE FROM \(table) WHERE (source_id, \(column)) IN
                            (SELECT source_id, \(column) FROM \(table) WHERE ends_at <= ? LIMIT \(Self.endingAtOnce))
                        RETURNING source_id, \(column) AS value
                        """, arguments: [now.milliseconds])
                for row in rows {
                    let value: Int64 = row["value"]
                    let subject =
                        column == "prefix" ? .prefix(value) : PhoneNumber(digits: value).map(SuppressionSubject.number)
                    guard let subject else { continue }
                    try database.execute(
                        sql: "UPDATE suppression_sources SET entries = entries - 1 WHERE id = ?",
                        arguments: [row["source_id"] as Int64])
                    let scope =
                        try Int64.fetchOne(
                            database, sql: "SELECT campaign_id FROM suppression_sources WHERE id = ?",
                            arguments: [row["source_id"] as Int64]) ?? 0
                    _ = try ContactNumbers.refresh(covered: subject, campaign: scope, database, at: now.milliseconds)
                    try database.journal(
                        "suppression_ended", at: now, Suppressions.journalSubject(subject, campaign: scope),
                        detail: subject.description)
                    ended += 1
                }
            }
            return ended
        }
    }
}
