import Campaigns
import Foundation
import GRDB

/// A database that was lost, as far as it can still be read: a private copy of it is opened, so that the file itself stays as it
/// is, and rows that cannot be read are skipped and counted.
public final class LostDatabase {
    /// As a person named it.
    public let path: String
    private let folder: String
    private let queue: DatabaseQueue
    /// Its log is damaged before its end: what stands behind is lost, without a trace in the tables.
    let logBreaksOff: Bool

    private static let magic = Data("SQLite format 3\0".utf8)

    /// Whether a file is a database, or was one: its beginning tells, else its name.
    ///
    /// - Parameter place: the database that this process has open, which SQLite alone may look into.
    public static func isDatabase(_ path: String, beside place: String) -> Bool {
        if let identity = FileIdentity(path: place), identity == FileIdentity(path: path) { return true }
        guard let file = FileHandle(forReadingAtPath: path) else { return false }
        defer { try? file.close() }
        if (try? file.read(upToCount: magic.count)) == magic { return true }
        let name = URL(fileURLWithPath: path).lastPathComponent.lowercased()
        return name.hasSuffix(".db") || name.contains(".db.before-restore-") || name.hasSuffix(".sqlite")
    }

    /// Copies a database beside another, with the log that belongs to it, and opens the copy.
    ///
    /// - Parameter place: the database beside which there is room for the copy.
    /// - Throws: `StoreError.refused` where it is in use, or cannot be read at all.
    public init(_ path: String, beside place: String) throws {
        self.path = path
        guard let identity = FileIdentity(path: path) else {
            throw StoreError.refused("There is no file \(path); check the path.")
        }
        guard identity != FileIdentity(path: place) else {
            throw StoreError.refused("\(path) is the restored database itself; name the one that was lost.")
        }
        guard !EngineLock.isHeld(database: path) else { throw StoreError.engineRunning(path: path) }
        folder = "\(place).lost-\(UUID().uuidString)"
        let copy = folder + "/lost.db"
        do {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
            try PrivateCopy.make(of: path, at: copy)
            if DatabaseFile.size(of: path + "-wal") > 0 { try PrivateCopy.make(of: path + "-wal", at: copy + "-wal") }
            logBreaksOff = try LostLog.breaksOff(copy + "-wal")
            var configuration = Configuration()
            configuration.foreignKeysEnabled = false
            // A page that was written over is noticed before its rows are taken for rows.
            configuration.prepareDatabase {
                try $0.execute(sql: "PRAGMA cell_size_check = ON; PRAGMA trusted_schema = OFF")
            }
            queue = try DatabaseQueue(path: copy, configuration: configuration)
            guard try queue.read({ try $0.tableExists("attempts") && $0.tableExists("journal") }) else {
                throw StoreError.refused(
                    "\(path) is no database of Offhook; name the one that was lost, or a CSV file.")
            }
        } catch {
            try? FileManager.default.removeItem(atPath: folder)
            guard error is DatabaseError else { throw error }
            throw StoreError.refused(
                "\(path) is damaged so much that nothing in it can be read; bring the numbers that were called since in from a CSV file with --calls-from, from the phones' call lists or the carrier's."
            )
        }
    }

    deinit {
        try? queue.close()
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// Asks something; nil where what it needs cannot be read.
    func ask<Value>(_ body: (Database) throws -> Value?) -> Value? {
        try? queue.read(body)
    }

    /// Rows of a table by a number of theirs, in order; each range that cannot be read is halved until the rows are known that
    /// cannot.
    ///
    /// - Returns: the numbers of rows that cannot be read.
    func rows(
        of table: String, by key: String = "id", _ range: ClosedRange<Int64>, _ body: (LooseRow) throws -> Void
    ) rethrows -> [Int64] {
        var unread: [Int64] = []
        var waiting = stride(from: range.upperBound, through: range.lowerBound, by: -Int(Self.step)).map {
            max(range.lowerBound, $0 - Self.step + 1)...$0
        }
        while let next = waiting.popLast() {
            let rows = ask { database in
                try Row.fetchAll(
                    database, sql: "SELECT * FROM \(table) WHERE \(key) BETWEEN ? AND ? ORDER BY \(key)",
                    arguments: [next.lowerBound, next.upperBound])
            }
            if let rows {
                for row in rows { try body(LooseRow(row)) }
            } else if next.count == 1 {
                unread.append(next.lowerBound)
            } else {
                let middle = next.lowerBound + (next.upperBound - next.lowerBound) / 2
                waiting += [(middle + 1)...next.upperBound, next.lowerBound...middle]
            }
        }
        return unread
    }

    private static let step: Int64 = 256

    /// The highest number that a table has given, by whatever tells; nil where nothing does.
    func highest(in table: String, by key: String = "id") -> Int64? {
        let given = ask {
            try Row.fetchOne($0, sql: "SELECT seq FROM sqlite_sequence WHERE name = ?", arguments: [table])
        }.flatMap { LooseRow($0).integer("seq") }
        let stored = ask { try Row.fetchOne($0, sql: "SELECT max(\(key)) AS last FROM \(table)") }.map {
            LooseRow($0).integer("last") ?? 0
        }
        guard given != nil || stored != nil else { return nil }
        return max(given ?? 0, stored ?? 0)
    }
}
