import Campaigns
import GRDB

/// Something that somebody did through a page or the interface.
public struct AuditEntry: Sendable, Hashable {
    public var id: Int64
    public var at: Instant
    /// The user's name, with the token's where a program did it; nil where nobody was logged in.
    public var user: String?
    /// The address it came from.
    public var address: String
    /// A stable word, such as `user_added`.
    public var act: String
    /// What it was done to, such as `user 7` or `campaign spring`.
    public var subject: String?
    public var detail: String?

    init(_ row: Row) {
        id = row["id"]
        at = Instant(milliseconds: row["at"])
        user = row["user"]
        address = row["address"]
        act = row["act"]
        subject = row["subject"]
        detail = row["detail"]
    }
}

extension CampaignStore {
    /// Appends to the audit log. Ids and numbers only for contacts: a person can be erased, this log cannot.
    ///
    /// Names and addresses are cut, and control characters in them become spaces: nobody can fill the log, or write lines of their own
    /// into it.
    public func audit(
        _ act: String, by user: String?, from address: String, subject: String? = nil, detail: String? = nil,
        at now: Instant
    ) throws {
        // A token's name comes after its user's.
        let user = user.map { NameText.logged($0, to: 2 * NameText.mostOfName + 16) }
        let address = NameText.logged(address, to: NameText.mostOfAddress)
        try write { database in
            try database.execute(
                sql: "INSERT INTO audit (at, user, address, act, subject, detail) VALUES (?, ?, ?, ?, ?, ?)",
                arguments: [now.milliseconds, user, address, act, subject, detail])
        }
    }

    /// Entries before a number, the newest first.
    ///
    /// - Parameters:
    ///   - before: a number of an entry; nil for the newest.
    ///   - user: whose acts; nil for everybody's.
    public func auditLog(before: Int64? = nil, user: String? = nil, limit: Int = 100) throws -> [AuditEntry] {
        try read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT * FROM audit WHERE (?1 IS NULL OR id < ?1) AND (?2 IS NULL OR user = ?2)
                    ORDER BY id DESC LIMIT ?3
                    """, arguments: [before, user, limit]
            ).map(AuditEntry.init)
        }
    }

    /// What was done to one subject, such as `campaign 7`, the newest first.
    public func auditLog(of subject: String, limit: Int = 100) throws -> [AuditEntry] {
        try read { database in
            try Row.fetchAll(
                database, sql: "SELECT * FROM audit WHERE subject = ? ORDER BY id DESC LIMIT ?",
                arguments: [subject, limit]
            ).map(AuditEntry.init)
        }
    }
}
