import Campaigns
import GRDB

/// Which entries of the audit log are looked for; nil is any.
public struct AuditFilter: Sendable, Hashable {
    /// Who acted, as the log has it or the beginning of it: `anna` finds her tokens' acts too.
    public var user: String?
    /// The word of the act.
    public var act: String?
    public var from: Instant?
    /// The first instant that does not belong.
    public var until: Instant?

    /// A filter; by default everything.
    public init(user: String? = nil, act: String? = nil, from: Instant? = nil, until: Instant? = nil) {
        self.user = user
        self.act = act
        self.from = from
        self.until = until
    }
}

extension CampaignStore {
    /// Entries that fit, the newest first.
    ///
    /// - Parameters:
    ///   - before: a number of an entry; nil for the newest.
    ///   - limit: how many at most.
    public func auditLog(_ filter: AuditFilter, before: Int64? = nil, limit: Int = 100) throws -> [AuditEntry] {
        try read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT * FROM audit WHERE (?1 IS NULL OR id < ?1)
                    AND (?2 IS NULL OR user = ?2 OR substr(user, 1, length(?2) + 7) = ?2 || ' (token')
                    AND (?3 IS NULL OR act = ?3) AND (?4 IS NULL OR at >= ?4) AND (?5 IS NULL OR at < ?5)
                    ORDER BY id DESC LIMIT ?6
                    """,
                arguments: [
                    before, filter.user, filter.act, filter.from?.milliseconds, filter.until?.milliseconds, limit,
                ]
            ).map(AuditEntry.init)
        }
    }

    /// The acts that the log knows, by word.
    public func auditActs() throws -> [String] {
        try read { try String.fetchAll($0, sql: "SELECT DISTINCT act FROM audit ORDER BY act") }
    }
}
