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

    /// Its parts by name.
    fileprivate var arguments: StatementArguments {
        ["user": user, "act": act, "from": from?.milliseconds, "until": until?.milliseconds]
    }
}

/// How often something was done.
public struct AuditCount: Sendable, Hashable {
    /// The word of the act.
    public var act: String
    public var entries: Int

    /// A count from its parts.
    public init(act: String, entries: Int) {
        self.act = act
        self.entries = entries
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
                    SELECT * FROM audit WHERE (:before IS NULL OR id < :before) AND \(Self.fits) ORDER BY id DESC LIMIT :limit
                    """, arguments: filter.arguments + ["before": before, "limit": limit]
            ).map(AuditEntry.init)
        }
    }

    /// How often each act is among the entries that fit, by word.
    public func auditCounts(_ filter: AuditFilter) throws -> [AuditCount] {
        try read { database in
            try Row.fetchAll(
                database,
                sql: "SELECT act, count(*) FROM audit WHERE \(Self.fits) GROUP BY act ORDER BY act",
                arguments: filter.arguments
            ).map { AuditCount(act: $0[0], entries: $0[1]) }
        }
    }

    /// The condition of a filter, with its arguments by name.
    private static let fits = """
        (:user IS NULL OR user = :user OR substr(user, 1, length(:user) + 7) = :user || ' (token')
        AND (:act IS NULL OR act = :act) AND (:from IS NULL OR at >= :from) AND (:until IS NULL OR at < :until)
        """

    /// The acts that the log knows, by word.
    public func auditActs() throws -> [String] {
        try read { try String.fetchAll($0, sql: "SELECT DISTINCT act FROM audit ORDER BY act") }
    }
}
