import Campaigns
import Foundation
import GRDB

/// What a back-up holds.
public struct BackupSummary: Sendable, Hashable {
    /// Its size in bytes.
    public var bytes: Int
    /// The number of the newest event in it.
    public var lastEvent: Int64
    /// Campaigns that were started, and stand paused in the back-up.
    public var pausedCampaigns: [String]
}

extension CampaignStore {
    /// How many bytes the database holds, what still stands in its log included.
    public func size() throws -> Int64 {
        try read { database in
            try Int64.fetchOne(database, sql: "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
                ?? 0
        }
    }

    /// Copies the database as it stands at one instant, while engines and imports go on.
    ///
    /// The copy is made beside its final name, checked, brought to disk and only then given that name. Calls placed after it
    /// are not in it, so it carries a ``BackupMark``, and its started campaigns stand paused: from whatever place it is opened,
    /// nothing is dialed until those calls are known.
    /// - Parameter path: a file that does not exist yet. It gets mode 0600.
    /// - Throws: `StoreError.refused` where it exists, cannot be written, or the copy is not sound.
    public func backUp(to path: String, at now: Instant) throws -> BackupSummary {
        let files = FileManager.default
        guard !files.fileExists(atPath: path) else {
            throw StoreError.refused("There is a file \(path) already; give the back-up another name.")
        }
        try OwnFiles.refuse(path, of: self.path)
        let part = path + ".\(ProcessInfo.processInfo.processIdentifier).part"
        try? files.removeItem(atPath: part)
        defer { try? files.removeItem(atPath: part) }
        // Created with its final mode, so that no moment leaves the contacts readable to others.
        guard files.createFile(atPath: part, contents: nil, attributes: [.posixPermissions: 0o600]) else {
            throw StoreError.refused("The back-up \(path) cannot be written; check the folder and its permissions.")
        }
        do {
            let copy = try DatabaseQueue(path: part)
            try pool.backup(to: copy)
            let summary = try copy.writeWithoutTransaction { try Self.finish($0, at: now) }
            try copy.close()
            try Self.sync(part)
            try files.moveItem(atPath: part, toPath: path)
            let attributes = try files.attributesOfItem(atPath: path)
            return BackupSummary(
                bytes: attributes[.size] as? Int ?? 0, lastEvent: summary.lastEvent,
                pausedCampaigns: summary.paused)
        } catch let error as DatabaseError {
            // The copy is new: damage is the database's.
            if StoreFault(error) == .damaged { throw StoreError.unavailable(path: self.path, .damaged) }
            let detail = StoreFault(error).map(\.sentence) ?? error.message ?? "SQLite gave an error."
            throw StoreError.refused("The back-up \(path) \(detail)")
        }
    }

    private static func finish(
        _ database: Database, at now: Instant
    ) throws -> (lastEvent: Int64, paused: [String]) {
        // One file, with no log beside it that could be forgotten.
        try database.execute(sql: "PRAGMA journal_mode = DELETE")
        let verdict = try String.fetchAll(database, sql: "PRAGMA integrity_check(1)")
        guard verdict == ["ok"] else { throw DatabaseError(resultCode: .SQLITE_CORRUPT) }
        let paused = try database.immediately { try BackupMark.add(to: $0, of: now, at: now) }
        let last = try Int64.fetchOne(database, sql: "SELECT max(seq) FROM journal") ?? 0
        return (last, paused)
    }

    private static func sync(_ path: String) throws {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        defer { if descriptor >= 0 { Foundation.close(descriptor) } }
        guard descriptor >= 0, fsync(descriptor) == 0 else { throw DatabaseError(resultCode: .SQLITE_IOERR) }
    }
}
