import Campaigns
import GRDB

/// What a back-up says of itself: when it was made, and how far it goes.
public struct BackupMark: Sendable, Hashable {
    /// The instant that it shows.
    public var backedUpAt: Instant
    /// The number of the newest event that it shares with the database it was made of.
    public var lastEvent: Int64
    /// The number of the newest attempt in it.
    public var lastAttempt: Int64
    /// The id of the database that it was made of.
    var origin: String
    /// The calls since are known, or a person accepted that they are not.
    public var isCleared: Bool

    /// The setting that holds a database's id.
    static let originSetting = "database_id"
    /// What a person types who accepts that calls since the back-up are not known.
    public static let acceptance = "people may be called twice"

    private init(_ row: Row) {
        backedUpAt = Instant(milliseconds: row["backed_up_at"])
        lastEvent = row["last_event"]
        lastAttempt = row["last_attempt"]
        origin = row["origin"]
        isCleared = (row["cleared_at"] as Int64?) != nil
    }

    /// The mark of a database that is a back-up, or was put in place from one, and does not know the calls since: the oldest,
    /// where back-ups were made of such a one; nil where nothing is missing.
    static func open(_ database: Database) throws -> BackupMark? {
        guard try database.tableExists("restores") else { return nil }
        return try Row.fetchOne(
            database.cachedStatement(sql: "SELECT * FROM restores WHERE cleared_at IS NULL ORDER BY id LIMIT 1")
        ).map(BackupMark.init)
    }

    /// The mark of the last restore, cleared or not; nil where the database was never restored.
    static func last(_ database: Database) throws -> BackupMark? {
        guard try database.tableExists("restores") else { return nil }
        return try Row.fetchOne(database, sql: "SELECT * FROM restores ORDER BY id DESC LIMIT 1").map(BackupMark.init)
    }

    /// Marks a copy as the back-up of an instant, and pauses what is started in it.
    ///
    /// - Returns: the campaigns that were started.
    static func add(to database: Database, of instant: Instant, at now: Instant) throws -> [String] {
        // A database of an older version is copied as it stands: its upgrade tells by its last events that it is a back-up.
        guard try database.tableExists("restores") else { return try pauseStarted(database, at: now) }
        let lastEvent = try Int64.fetchOne(database, sql: "SELECT max(seq) FROM journal") ?? 0
        try database.execute(
            sql: """
                INSERT INTO restores (origin, backed_up_at, last_event, last_attempt)
                VALUES (coalesce((SELECT value FROM settings WHERE key = ?), ''), ?, ?,
                    max(coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'attempts'), 0),
                        coalesce((SELECT max(id) FROM attempts), 0)))
                """, arguments: [originSetting, instant.milliseconds, lastEvent])
        return try pauseStarted(database, at: now)
    }

    private static func pauseStarted(_ database: Database, at now: Instant) throws -> [String] {
        var paused: [String] = []
        for row in try Row.fetchAll(
            database, sql: "SELECT id, name FROM campaigns WHERE state = 'started' ORDER BY id")
        {
            try database.execute(
                sql: "UPDATE campaigns SET state = 'paused', state_at = ? WHERE id = ?",
                arguments: [now.milliseconds, row["id"] as Int64])
            try database.journal(
                "campaign_paused", at: now, JournalSubject(campaign: row["id"]), detail: CampaignStore.backupPause)
            paused.append(row["name"])
        }
        return paused
    }

    /// Nothing may be dialed from a database that does not know the calls since its back-up.
    ///
    /// - Throws: `StoreError.refused`, with the commands that clear it.
    static func requireKnownCalls(_ database: Database, path: String) throws {
        guard let mark = try open(database) else { return }
        throw StoreError.refused(mark.refusal(path: path))
    }

    /// Why nothing is dialed from the database at a path, and what to do.
    public func refusal(path: String) -> String {
        """
        The database \(path) was restored from a back-up of \(backedUpAt.iso8601); calls since then are not in it, so whoever was \
        called since could be called again, and every campaign is closed. \(Self.ways(path: path))
        """
    }

    /// The commands that open the campaigns of a restored database again.
    public static func ways(path: String, lost: String? = nil) -> String {
        let command = "offhook restore --db \(Self.quoted(path))"
        return """
            Run one of:
              \(command) --calls-from \(lost.map(Self.quoted) ?? "LOST.db")
                  brings the calls in from the lost database; it may be damaged, and its -wal file belongs beside it
              \(command) --calls-from NUMBERS.csv
                  takes the numbers that were called since from a list, with a column of times where there is one
              \(command) --accept-repeats "\(Self.acceptance)"
                  goes on without knowing
            """
    }

    /// A path as a shell takes it.
    static func quoted(_ path: String) -> String {
        let plain = path.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "/._-+:@".contains($0)) }
        return plain ? path : "'" + path.replacing("'", with: "'\\''") + "'"
    }
}
