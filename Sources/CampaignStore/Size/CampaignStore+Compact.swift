import Campaigns
import Foundation
import GRDB

/// What compacting won.
public struct CompactSummary: Sendable, Hashable {
    /// Bytes of the database before and after.
    public var before: Int64
    public var after: Int64
    /// Whether the file was written anew: once, where it is of an earlier version.
    public var wasRewritten = false
}

extension CampaignStore {
    /// How long a slice of compacting may hold the writer's lock; slices are made smaller where the disk is slow.
    private static let sliceOfCompacting: Duration = .milliseconds(30)

    /// Gives the pages that hold nothing back to the file system, slice by slice: a running engine never waits long.
    ///
    /// A file that an earlier version made is written anew once, which nobody may dial beside.
    /// - Parameter progress: told the bytes that are free still, after each slice.
    /// - Throws: `StoreError.refused` where the file has to be written anew and an engine runs; `.unavailable` where there is
    ///   no room for that.
    public func compact(at now: Instant, progress: (Int64) -> Void = { _ in }) throws -> CompactSummary {
        try files.beInPlace()
        let before = try databaseSize(at: now)
        var summary = CompactSummary(before: before.bytes, after: before.bytes)
        if try !read(FreePages.canBeGivenBack) {
            try rewrite()
            summary.wasRewritten = true
        }
        var pages = 64
        var free = try freePages()
        while free.count > 0 {
            let start = ContinuousClock.now
            try naming { try pool.writeWithoutTransaction { try FreePages.giveBack(pages, $0) } }
            let took = ContinuousClock.now - start
            pages = took > Self.sliceOfCompacting ? max(8, pages / 2) : min(1024, pages * 2)
            let left = try freePages()
            progress(left.count * left.size)
            guard left.count < free.count else { break }
            free = left
            // Whoever waits for the lock gets it: SQLite gives it to whoever asks first.
            Thread.sleep(forTimeInterval: 0.005)
            try copyLog()
        }
        try copyLog()
        try clearErasureResidue(at: now)
        summary.after = try databaseSize(at: now).bytes
        try write {
            try $0.journal(
                "database_compacted", at: now, JournalSubject(), detail: "\(summary.before) to \(summary.after) bytes")
        }
        return summary
    }

    private func freePages() throws -> (count: Int64, size: Int64) {
        try read { database in
            (
                try Int64.fetchOne(database, sql: "PRAGMA freelist_count") ?? 0,
                try Int64.fetchOne(database, sql: "PRAGMA page_size") ?? 0
            )
        }
    }

    /// Copies what the log holds to the file; waits for nobody, and holds nobody up.
    private func copyLog() throws {
        _ = try? pool.writeWithoutTransaction { try Row.fetchOne($0, sql: "PRAGMA wal_checkpoint(PASSIVE)") }
    }

    private func rewrite() throws {
        let lock: EngineLock
        do {
            lock = try EngineLock(database: path)
        } catch StoreError.engineRunning {
            throw StoreError.refused(
                "The database \(path) was made by an earlier version and has to be rewritten once before it can be "
                    + "compacted, which takes about a minute a gigabyte and nobody can dial beside. Stop Offhook, run "
                    + "offhook compact, and start it again; from then on it can be compacted while an engine runs.")
        }
        defer { lock.release() }
        try naming { try pool.barrierWriteWithoutTransaction { try FreePages.rewrite($0) } }
    }
}
