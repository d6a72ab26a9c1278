import Foundation
import GRDB

/// SQLite's write-ahead log, the file `-wal` beside the database: what was written and is not moved into the database yet.
///
/// It is moved now and then, but not while any reader still needs the former state: a program that reads and does not finish lets
/// the log grow with every call, about 0.3 MB each, until the disk is full.
public struct WriteAheadLog: Sendable, Hashable {
    /// Where it is.
    public var path: String
    /// How large the file is; 0 where there is none.
    public var bytes: Int

    /// From this size on it is warned of: over six times the 40 MB at which it is moved, more than an import needs beside a
    /// dialer, and small against any disk that has room for a campaign.
    public static let large = 256 * 1024 * 1024

    /// What the file is cut to once it is moved and begins anew; SQLite leaves it as large as it ever was otherwise, and its
    /// size would warn for good. Above the 40 MB at which it is moved, so that it is not cut and extended all the time.
    static let kept = 64 * 1024 * 1024

    /// A log as given.
    public init(path: String, bytes: Int) {
        self.path = path
        self.bytes = bytes
    }

    /// Whether something keeps it from being moved.
    public var isLarge: Bool { bytes >= Self.large }

    /// Its size for people: `312 MB`.
    public var size: String { "\(bytes / (1024 * 1024)) MB" }

    /// What to do about a large one.
    public static let remedy = """
        Some program reads the database and does not finish, such as a report in a pager that waits or a database tool: close it. \
        The log grows by about 0.3 MB a call until then.
        """

    /// Lets a connection cut the file when it begins anew.
    static func keepSmall(_ database: Database) throws {
        // The pragma answers with the new limit: it is a query.
        _ = try Int.fetchOne(database, sql: "PRAGMA journal_size_limit = \(kept)")
    }
}

extension CampaignStore {
    /// The write-ahead log as it is now.
    ///
    /// By `stat` alone: to open and close the file in this process would drop SQLite's locks.
    public var writeAheadLog: WriteAheadLog {
        let log = path + "-wal"
        var status = stat()
        return WriteAheadLog(path: log, bytes: stat(log, &status) == 0 ? Int(status.st_size) : 0)
    }
}
