import Campaigns
import GRDB

/// What was loaded of a do-not-call file.
public struct SuppressionLoad: Sendable, Hashable {
    public var added: Int
    public var known: Int
    /// Entries that a list of changes took off.
    public var removed: Int
    /// Entries of the file that this one replaced.
    public var replaced: Int
    /// Contacts that were stopped or given back.
    public var contacts: Int
    /// Why a source was not made younger though it was to be; nil where it was, or was not to be.
    public var doubt: SuppressionDoubt?
}

extension CampaignStore {
    /// Loads a file of do-not-call entries under a source's name.
    ///
    /// - Parameters:
    ///   - campaign: limits the entries to one campaign; nil for everywhere.
    ///   - replace: whether the file takes the place of what the source held, in one step.
    ///   - renews: whether a file that is added brings its source up to date, as a registry's list of changes does. Its age
    ///     counts from now on then; else it stays what it was.
    ///   - isConfirmed: whether a person means what is in doubt otherwise, see ``SuppressionDoubt``.
    ///   - body: hands the entries over; if it throws, the source stays as it was (or, where it is added to, keeps what
    ///     was handed over so far).
    /// - Throws: `StoreError.refused` while another import runs, and for a file without a single entry: that is a wrong
    ///   file, and a registry without entries would let everybody be called. ``SuppressionDoubt`` for a file that nobody can be
    ///   sure is meant: its source stays as it was, and what is added keeps the numbers, which stop single people only.
    public func loadSuppressions(
        source name: String, campaign: CampaignID?, replace: Bool, renews: Bool = false, isConfirmed: Bool = false,
        file: String, sha256: String, at now: Instant,
        _ body: (SuppressionLoader) throws -> Void
    ) throws -> SuppressionLoad {
        let connection = try BulkConnection(path: path)
        defer { connection.close() }
        try SuppressionRelease.clearInterrupted(over: connection, at: now)
        let scope = campaign?.value ?? 0
        let (old, target, before) = try connection.write { database in
            let row = try Row.fetchOne(
                database,
                sql: """
                    SELECT id, entries FROM suppression_sources WHERE campaign_id = ? AND name = ? AND state = 'current'
                    """, arguments: [scope, name])
            let (old, before) = (row?["id"] as Int64?, row?["entries"] as Int? ?? 0)
            if let old, !replace { return (old as Int64?, old, before) }
            try database.execute(
                sql: """
                    INSERT INTO suppression_sources (name, campaign_id, state, file, sha256, loaded_at)
                    VALUES (?, ?, 'loading', ?, ?, ?)
                    """, arguments: [name, scope, file, sha256, now.milliseconds])
            return (old, database.lastInsertedRowID, before)
        }
        let loader = SuppressionLoader(
            source: target, addedAt: old == target ? now.milliseconds : nil, connection: connection)
        do {
            try body(loader)
            try loader.finish { prefixes in
                if !isConfirmed { try Self.doubt(prefixes, scope: scope, at: now, connection) }
            }
            if replace, !isConfirmed, let old, old != target {
                try SuppressionDoubt.check(replacing: name, before, by: loader.added)
            }
            if !isConfirmed { try SuppressionDoubt.check(removing: loader.toRemove, from: name, before) }
            guard loader.added + loader.known > 0 || (!replace && loader.toRemove > 0) else {
                throw StoreError.refused(
                    "\(file) holds no number, so nothing was loaded and “\(name)” stays as it was; check that it is the right file."
                )
            }
            try loader.takeOff(at: now.milliseconds, scope: scope)
        } catch {
            // What was added already stops its contacts.
            if old == target {
                try? connection.write {
                    try $0.execute(
                        sql: "UPDATE suppression_sources SET contacts_due = 1 WHERE id = ?", arguments: [target])
                }
            }
            _ = try? SuppressionRelease.clearInterrupted(over: connection, at: now)
            throw error
        }
        var doubt: SuppressionDoubt?
        if renews, old == target {
            let former = try connection.read { try SuppressionRenewals.last(of: name, scope: scope, $0) }
            doubt = SuppressionDoubt.renewing(
                name, numbers: loader.added + loader.known + loader.toRemove, new: loader.added + loader.removed,
                lastTime: former, entries: before)
        }
        let isRenewed = renews && (doubt == nil || isConfirmed)
        try connection.beDurable()
        let replaced = try connection.write { database in
            let replaced = old.flatMap { old in
                old == target
                    ? nil
                    : try? Int.fetchOne(
                        database, sql: "SELECT entries FROM suppression_sources WHERE id = ?", arguments: [old])
            }
            if let old, old != target {
                try database.execute(
                    sql: "UPDATE suppression_sources SET state = 'replaced', contacts_due = 1 WHERE id = ?",
                    arguments: [old])
            }
            if old == target {
                // The entries that were there keep their date, and the source its age.
                try database.execute(
                    sql: """
                        UPDATE suppression_sources SET contacts_due = 1, renewed_at = iif(?, ?, renewed_at) WHERE id = ?
                        """, arguments: [isRenewed, now.milliseconds, target])
                if isRenewed {
                    try SuppressionRenewals.note(
                        name, scope: scope, numbers: loader.added + loader.known + loader.toRemove,
                        at: now.milliseconds, database)
                }
            } else {
                try database.execute(
                    sql: """
                        UPDATE suppression_sources SET state = 'current', contacts_due = 1, loaded_at = ?, file = ?,
                            sha256 = ? WHERE id = ?
                        """, arguments: [now.milliseconds, file, sha256, target])
            }
            // Whoever waited for this very file is looked at again.
            try ContactReview.add(.parked, campaign: 0, database)
            try database.journal(
                "suppressions_loaded", at: now, JournalSubject(campaign: campaign?.value),
                detail: "\(name): \(loader.added) entries"
                    + (loader.removed > 0 ? ", \(loader.removed) taken off" : ""))
            return replaced ?? 0
        }
        let contacts = try SuppressionRelease.clearInterrupted(over: connection, at: now)
        try reviewContacts(at: now)
        return SuppressionLoad(
            added: loader.added, known: loader.known, removed: loader.removed, replaced: replaced, contacts: contacts,
            doubt: isRenewed ? nil : doubt)
    }

    /// - Throws: ``SuppressionDoubt`` where a prefix touches many contacts that none covers yet.
    private static func doubt(
        _ prefixes: [Int64], scope: Int64, at now: Instant, _ connection: BulkConnection
    ) throws {
        for prefix in prefixes {
            let contacts = try connection.read {
                try SuppressionReach.count(.prefix(prefix), scope: scope, within: nil, at: now.milliseconds, $0)
            }
            if contacts > SuppressionReach.most {
                throw SuppressionDoubt.many(.prefix(prefix), contacts: contacts, isRemoval: false)
            }
        }
    }
}
