import Campaigns
import GRDB
import PhoneNumbers

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
    /// Entries that a list of changes took off.
    public private(set) var removed = 0
    /// Numbers that it says are to be taken off, whether they were there or not.
    var toRemove: Int { removals.count }
    private let connection: BulkConnection
    private let source: Int64
    private let addedAt: Int64?
    private var numbers: [Int64] = []
    private var prefixes: [Int64] = []
    private var removals: Set<Int64> = []

    init(source: Int64, addedAt: Int64?, connection: BulkConnection) {
        self.source = source
        self.addedAt = addedAt
        self.connection = connection
        numbers.reserveCapacity(Self.piece)
    }

    /// Takes numbers, as E.164 digits.
    public func add(_ digits: [Int64]) throws {
        numbers.append(contentsOf: digits)
        // Of several rows with one number, the last says what holds.
        if !removals.isEmpty { removals.subtract(digits) }
        if numbers.count >= Self.piece { try flush([]) }
    }

    /// Takes numbers that a list of changes takes off its source, as E.164 digits. They go last, when the file was read whole.
    public func remove(_ digits: [Int64]) { removals.formUnion(digits) }

    /// Takes a prefix, as its E.164 digits. Prefixes are written last, when what they touch is known to be meant.
    public func add(prefix: Int64) {
        prefixes.append(prefix)
    }

    /// Writes what is left.
    ///
    /// - Parameter check: told of the prefixes before they are written; what it throws is thrown on.
    func finish(_ check: ([Int64]) throws -> Void) throws {
        try flush([])
        try check(prefixes)
        try flush(prefixes)
        prefixes.removeAll()
    }

    /// Takes off what a list of changes says, and looks at the contacts that may be called again.
    func takeOff(at now: Int64, scope: Int64) throws {
        var left = removals.sorted()[...]
        try connection.inPieces { database, rows in
            let piece = left.prefix(rows)
            left = left.dropFirst(piece.count)
            for number in piece {
                try database.cachedStatement(sql: "DELETE FROM suppressions WHERE source_id = ? AND number = ?")
                    .execute(arguments: [source, number])
                guard database.changesCount > 0, let entry = PhoneNumber(digits: number) else { continue }
                removed += 1
                try database.cachedStatement(sql: "UPDATE suppression_sources SET entries = entries - 1 WHERE id = ?")
                    .execute(arguments: [source])
                _ = try ContactNumbers.refresh(covered: .number(entry), campaign: scope, database, at: now)
            }
            return piece.count
        }
    }

    private func flush(_ prefixes: [Int64]) throws {
        guard !numbers.isEmpty || !prefixes.isEmpty else { return }
        var prefixes = prefixes
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
