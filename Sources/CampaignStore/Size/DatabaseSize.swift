import Campaigns
import GRDB

/// How large a database is, and how fast it grows.
public struct DatabaseSize: Sendable, Hashable {
    /// How many days of sizes are kept.
    static let daysKept: Int64 = 400

    /// Bytes of the database, without its log: free pages included.
    public var bytes: Int64
    /// Bytes of pages that hold nothing, which ``CampaignStore/compact(at:progress:)`` gives back.
    public var freeBytes: Int64
    /// Bytes that it grew by a day, over up to 30 days; nil where it is not known yet. Falls under zero after it was compacted.
    public var growthADay: Int64?
}

/// Bytes for people.
public enum ByteText {
    /// `512 B`, `1.5 MB`, `-3.0 GB`; units of 1000.
    public static func of(_ bytes: Int64) -> String {
        guard bytes >= 0 else { return "-" + of(-bytes) }
        guard bytes >= 1000 else { return "\(bytes) B" }
        var value = Double(bytes)
        var unit = ""
        for next in ["kB", "MB", "GB", "TB"] where value >= 1000 {
            value /= 1000
            unit = next
        }
        return "\((value * 10).rounded() / 10) \(unit)"
    }
}

extension CampaignStore {
    /// How large the database is now.
    public func databaseSize(at now: Instant) throws -> DatabaseSize {
        try read { database in
            let page = try Int64.fetchOne(database, sql: "PRAGMA page_size") ?? 0
            let pages = try Int64.fetchOne(database, sql: "PRAGMA page_count") ?? 0
            let free = try Int64.fetchOne(database, sql: "PRAGMA freelist_count") ?? 0
            let today = now.milliseconds / RollupSpan.day.milliseconds
            let former = try Row.fetchOne(
                database, sql: "SELECT day, bytes FROM database_sizes WHERE day >= ? AND day < ? ORDER BY day LIMIT 1",
                arguments: [today - 30, today])
            return DatabaseSize(
                bytes: page * pages, freeBytes: page * free,
                growthADay: former.map { (page * pages - ($0["bytes"] as Int64)) / (today - ($0["day"] as Int64)) })
        }
    }

    /// Notes the size of the day, once a day; later calls of the day change nothing.
    public func noteDatabaseSize(at now: Instant) throws {
        let day = now.milliseconds / RollupSpan.day.milliseconds
        let isKnown = try read {
            try Int.fetchOne($0, sql: "SELECT 1 FROM database_sizes WHERE day = ?", arguments: [day]) != nil
        }
        guard !isKnown else { return }
        let bytes = try databaseSize(at: now).bytes
        try write {
            try $0.execute(
                sql: "INSERT INTO database_sizes (day, bytes) VALUES (?, ?) ON CONFLICT DO NOTHING",
                arguments: [day, bytes])
        }
    }
}
