import Campaigns
import GRDB
import PhoneNumbers

/// Which attempts are wanted; what is nil is not asked for.
public struct AttemptFilter: Sendable, Hashable {
    /// Of these campaigns; nil for all, calls by hand included.
    public var campaigns: Set<CampaignID>?
    /// Of contacts of this list, by its number.
    public var list: Int64?
    public var contact: ContactID?
    public var number: PhoneNumber?
    public var station: String?
    public var agent: String?
    public var outcome: Outcome?
    /// The code of what the agent said.
    public var disposition: String?
    /// Intended at this instant or later.
    public var since: Instant?
    /// Intended before this instant.
    public var until: Instant?
    /// Whether they are over; nil for both.
    public var isSettled: Bool?

    /// All attempts.
    public init() {}

    func conditions() -> (sql: [String], arguments: StatementArguments) {
        var sql: [String] = []
        var arguments: StatementArguments = []
        let ask = { (condition: String, value: (any DatabaseValueConvertible)?) in
            guard let value else { return }
            sql.append(condition)
            arguments += [value]
        }
        if let campaigns {
            sql.append("t.campaign_id IN (\(campaigns.map { String($0.value) }.sorted().joined(separator: ",")))")
        }
        ask("t.list_id = ?", list)
        ask("t.contact_id = ?", contact?.value)
        ask("t.number = ?", number?.digits)
        ask("t.station = ?", station)
        ask("t.agent = ?", agent)
        ask("t.outcome = ?", outcome?.rawValue)
        ask("t.disposition = ?", disposition)
        ask("t.intended_at >= ?", since?.milliseconds)
        ask("t.intended_at < ?", until?.milliseconds)
        if let isSettled { sql.append(isSettled ? "t.phase = 'settled'" : "t.phase <> 'settled'") }
        return (sql, arguments)
    }
}

extension CampaignStore {
    /// Attempts, the latest first.
    ///
    /// - Parameters:
    ///   - before: only earlier ones than this; nil from the latest.
    ///   - limit: most that are handed over.
    public func attempts(_ filter: AttemptFilter, before: AttemptID? = nil, limit: Int) throws -> [AttemptRow] {
        var (conditions, arguments) = filter.conditions()
        if let before {
            conditions.append("t.id < ?")
            arguments += [before.value]
        }
        return try attempts(where: conditions, arguments, order: "DESC", limit: limit)
    }

    /// Attempts in the order of their intents.
    ///
    /// - Parameter after: only later ones than this; nil from the first.
    public func attempts(_ filter: AttemptFilter, after: AttemptID?, limit: Int) throws -> [AttemptRow] {
        var (conditions, arguments) = filter.conditions()
        if let after {
            conditions.append("t.id > ?")
            arguments += [after.value]
        }
        return try attempts(where: conditions, arguments, order: "ASC", limit: limit)
    }

    /// One attempt.
    ///
    /// - Throws: `StoreError.notFound`.
    public func attempt(_ id: AttemptID) throws -> AttemptRow {
        guard let row = try attempts(where: ["t.id = ?"], [id.value], order: "ASC", limit: 1).first else {
            throw StoreError.notFound(what: "attempt", name: String(id.value), hint: "")
        }
        return row
    }

    private func attempts(
        where conditions: [String], _ arguments: StatementArguments, order: String, limit: Int
    ) throws -> [AttemptRow] {
        let condition = conditions.isEmpty ? "" : "WHERE \(conditions.joined(separator: " AND "))"
        return try read {
            try Row.fetchAll(
                $0, sql: "\(AttemptRow.select) \(condition) ORDER BY t.id \(order) LIMIT ?",
                arguments: arguments + [limit]
            ).map(AttemptRow.init)
        }
    }
}
