import Campaigns
import GRDB

/// Takes the numbers of a do-not-call file and writes them in pieces.
///
/// A file that replaces its source is loaded beside it and takes its place in one step, so that at every instant either
/// the old file holds whole or the new one. A file that adds to its source holds from each piece on; a second try after a
/// crash finds what is there.
public final class SuppressionLoader {
    /// Entries in a piece; sorted, so that a piece touches each page of the tree once.
    private static let piece = 500_000
    /// Entries that one statement writes: it goes on from where the last entry stands in the tree, where a statement each
    /// looks for its place from the root (0.20 against 0.62 microseconds an entry).
    private static let entriesAStatement = 100

    /// Entries that were new in this source.
    public private(set) var added = 0
    /// Entries that stood there already, or twice in the file.
    public private(set) var known = 0
    private let connection: BulkConnection
    private let source: Int64
    private let addedAt: Int64?
    private var numbers: [Int64] = []
    private var prefixes: [Int64] = []

    init(source: Int64, addedAt: Int64?, connection: BulkConnection) {
        self.source = source
        self.addedAt = addedAt
        self.connection = connection
        numbers.reserveCapacity(Self.piece)
    }

    /// Takes numbers, as E.164 digits.
    public func add(_ digits: [Int64]) throws {
        numbers.append(contentsOf: digits)
        if numbers.count >= Self.piece { try flush() }
    }

    /// Takes a prefix, as its E.164 digits.
    public func add(prefix: Int64) {
        prefixes.append(prefix)
    }

    func flush() throws {
        guard !numbers.isEmpty || !prefixes.isEmpty else { return }
        numbers.sort()
        var left = numbers[...]
        // Alone, the whole buffer is one transaction.
        let isAlone = !connection.turns.areShared
        try connection.inPieces { database, rows in
            let piece = left.prefix(isAlone ? left.count : rows)
            left = left.dropFirst(piece.count)
            let last = left.isEmpty ? prefixes : []
            if left.isEmpty { prefixes.removeAll() }
            guard !piece.isEmpty || !last.isEmpty else { return 0 }
            try write(piece, last, database)
            return piece.count + last.count
        }
        numbers.removeAll(keepingCapacity: true)
    }

    private func write(_ numbers: ArraySlice<Int64>, _ prefixes: [Int64], _ database: Database) throws {
        let before = database.totalChangesCount
        let whole = numbers.count - numbers.count % Self.entriesAStatement
        try insert(numbers.prefix(whole), entriesAStatement: Self.entriesAStatement, database)
        try insert(numbers.dropFirst(whole), entriesAStatement: 1, database)
        for prefix in prefixes {
            try database.execute(
                sql: """
                    INSERT INTO suppression_prefixes (prefix, source_id, added_at) VALUES (?, ?, ?)
                    ON CONFLICT DO NOTHING
                    """, arguments: [prefix, source, addedAt])
        }
        let new = database.totalChangesCount - before
        try database.execute(
            sql: "UPDATE suppression_sources SET entries = entries + ? WHERE id = ?", arguments: [new, source])
        added += new
        known += numbers.count + prefixes.count - new
    }
}

extension SuppressionLoader {
    /// - Parameter numbers: a multiple of `entriesAStatement`.
    private func insert(_ numbers: ArraySlice<Int64>, entriesAStatement: Int, _ database: Database) throws {
        guard !numbers.isEmpty else { return }
        let rows = (0..<entriesAStatement).map { "(\(source), ?\($0 + 2), ?1)" }.joined(separator: ", ")
        let statement = try BulkStatement(
            database,
            "INSERT INTO suppressions (source_id, number, added_at) VALUES \(rows) ON CONFLICT DO NOTHING")
        statement.bind(addedAt, at: 1)
        for start in stride(from: numbers.startIndex, to: numbers.endIndex, by: entriesAStatement) {
            for place in 0..<entriesAStatement { statement.bind(numbers[start + place], at: Int32(place + 2)) }
            try statement.run()
        }
    }
}

/// What was loaded of a do-not-call file.
public struct SuppressionLoad: Sendable, Hashable {
    public var added: Int
    public var known: Int
    /// Entries of the file that this one replaced.
    public var replaced: Int
    /// Contacts that were stopped or given back.
    public var contacts: Int
}

extension CampaignStore {
    /// Loads a file of do-not-call entries under a source's name.
    ///
    /// - Parameters:
    ///   - campaign: limits the entries to one campaign; nil for everywhere.
    ///   - replace: whether the file takes the place of what the source held, in one step.
    ///   - renews: whether a file that is added brings its source up to date, as a registry's list of changes does. Its age
    ///     counts from now on then; else it stays what it was.
    ///   - body: hands the entries over; if it throws, the source stays as it was (or, where it is added to, keeps what
    ///     was handed over so far).
    /// - Throws: `StoreError.refused` while another import runs, and for a file without a single entry: that is a wrong
    ///   file, and a registry without entries would let everybody be called.
    public func loadSuppressions(
        source name: String, campaign: CampaignID?, replace: Bool, renews: Bool = false, file: String, sha256: String,
        at now: Instant,
        _ body: (SuppressionLoader) throws -> Void
    ) throws -> SuppressionLoad {
        let connection = try BulkConnection(path: path)
        defer { connection.close() }
        try SuppressionRelease.clearInterrupted(over: connection, at: now)
        let scope = campaign?.value ?? 0
        let (old, target) = try connection.write { database in
            let old = try Int64.fetchOne(
                database,
                sql: "SELECT id FROM suppression_sources WHERE campaign_id = ? AND name = ? AND state = 'current'",
                arguments: [scope, name])
            if let old, !replace { return (old as Int64?, old) }
            try database.execute(
                sql: """
                    INSERT INTO suppression_sources (name, campaign_id, state, file, sha256, loaded_at)
                    VALUES (?, ?, 'loading', ?, ?, ?)
                    """, arguments: [name, scope, file, sha256, now.milliseconds])
            return (old, database.lastInsertedRowID)
        }
        let loader = SuppressionLoader(
            source: target, addedAt: old == target ? now.milliseconds : nil, connection: connection)
        do {
            try body(loader)
            try loader.flush()
            guard loader.added + loader.known > 0 else {
                throw StoreError.refused(
                    "\(file) holds no number, so nothing was loaded and “\(name)” stays as it was; check that it is the right file."
                )
            }
        } catch {
            _ = try? SuppressionRelease.clearInterrupted(over: connection, at: now)
            throw error
        }
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
                        """, arguments: [renews, now.milliseconds, target])
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
                detail: "\(name): \(loader.added) entries")
            return replaced ?? 0
        }
        let contacts = try SuppressionRelease.clearInterrupted(over: connection, at: now)
        try reviewContacts(at: now)
        return SuppressionLoad(added: loader.added, known: loader.known, replaced: replaced, contacts: contacts)
    }
}

/// What follows a change of a whole source: its contacts are stopped or given back, and the entries of a file that was
/// replaced go. Each step is short, and each can be taken up again after a crash.
enum SuppressionRelease {
    /// - Returns: how many contacts were looked at.
    @discardableResult
    static func clearInterrupted(over connection: BulkConnection, at now: Instant) throws -> Int {
        var contacts = 0
        let due = try connection.read { database in
            try Int64.fetchAll(database, sql: "SELECT id FROM suppression_sources WHERE contacts_due = 1")
        }
        for source in due {
            contacts += try refreshContacts(of: source, over: connection, at: now)
        }
        let leftovers = try connection.read {
            try Int64.fetchAll($0, sql: "SELECT id FROM suppression_sources WHERE state <> 'current'")
        }
        for source in leftovers {
            try connection.inPieces { try deletePiece(of: source, rows: $1, $0) }
        }
        return contacts
    }

    /// Numbers that are sought at once, without the write lock.
    private static let chunk = 10_000

    private static func refreshContacts(of source: Int64, over connection: BulkConnection, at now: Instant) throws
        -> Int
    {
        var total = 0
        let prefixes = try connection.read {
            try Int64.fetchAll(
                $0, sql: "SELECT prefix FROM suppression_prefixes WHERE source_id = ?", arguments: [source])
        }
        for prefix in prefixes {
            total += try connection.write { database in
                try ContactNumbers.refresh(covered: .prefix(prefix), campaign: 0, database, at: now.milliseconds)
                    ?? ContactNumbers.count(covered: .prefix(prefix), campaign: 0, database)
            }
        }
        var last: Int64 = 0
        while true {
            let found = try connection.read { database in
                // Numbers and entries both stand in the order of their digits, so this walks along both.
                try Row.fetchAll(
                    database.cachedStatement(
                        sql: """
                            SELECT n.number, n.contact_id FROM numbers n WHERE n.number > ?1
                            AND EXISTS (SELECT 1 FROM suppressions s WHERE s.source_id = ?2 AND s.number = n.number)
                            ORDER BY n.number LIMIT \(chunk)
                            """), arguments: [last, source])
            }
            guard let number = found.last?["number"] as Int64? else { break }
            // All rows of the last number belong to one chunk; the next begins behind it.
            let isEnd = found.count < chunk
            let complete = isEnd ? found : found.filter { ($0["number"] as Int64) < number }
            var contacts = Set(complete.map { $0["contact_id"] as Int64 }).sorted()[...]
            try connection.inPieces { database, rows in
                let piece = contacts.prefix(rows)
                contacts = contacts.dropFirst(piece.count)
                try ContactNumbers.refresh(contacts: Array(piece), database, at: now.milliseconds)
                return piece.count
            }
            total += complete.count
            guard !isEnd, let done = complete.last?["number"] as Int64? else { break }
            last = done
        }
        try connection.write {
            try $0.execute(sql: "UPDATE suppression_sources SET contacts_due = 0 WHERE id = ?", arguments: [source])
        }
        return total
    }

    /// - Returns: how many entries went; 0 where the source went with its last one, or was gone.
    private static func deletePiece(of source: Int64, rows: Int, _ database: Database) throws -> Int {
        let end = try Int64.fetchOne(
            database,
            sql: "SELECT number FROM suppressions WHERE source_id = ? ORDER BY number LIMIT 1 OFFSET ?",
            arguments: [source, rows])
        try database.execute(
            sql: "DELETE FROM suppressions WHERE source_id = ? AND number <= ?", arguments: [source, end ?? .max])
        let deleted = database.changesCount
        guard end == nil else { return deleted }
        try database.execute(sql: "DELETE FROM suppression_prefixes WHERE source_id = ?", arguments: [source])
        try database.execute(sql: "DELETE FROM suppression_sources WHERE id = ?", arguments: [source])
        return 0
    }
}
