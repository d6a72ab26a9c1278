import Campaigns
import GRDB

/// How many contacts of a list stand in each state.
public struct ListContacts: Sendable, Hashable {
    public var campaign: Int64
    public var list: Int64
    public var name: String
    public var byState: [ContactState: Int]

    /// A list's contacts from their parts.
    public init(campaign: Int64, list: Int64, name: String, byState: [ContactState: Int]) {
        (self.campaign, self.list, self.name, self.byState) = (campaign, list, name, byState)
    }

    /// All contacts.
    public var total: Int { byState.values.reduce(0, +) }
    /// Contacts whose state allows another call, a call that goes on included.
    public var left: Int {
        [.ready, .reserved, .inAttempt, .waitingRetry, .callback].reduce(0) { $0 + (byState[$1] ?? 0) }
    }
}

extension CampaignStore {
    /// The contacts of lists by state, counted by an index; lists without contacts are there, those that load are not.
    ///
    /// - Parameters:
    ///   - campaigns: only of these; nil for all.
    ///   - list: only this one.
    public func listContacts(campaigns: Set<CampaignID>? = nil, list: Int64? = nil) throws -> [ListContacts] {
        let scope = ReportScope(from: Instant(milliseconds: 0), to: Instant(milliseconds: 0), campaigns: campaigns)
        return try read { database in
            let lists = try Row.fetchAll(
                database,
                sql: """
                    SELECT l.id, l.campaign_id, l.name FROM lists l WHERE l.state <> 'loading'
                        AND \(scope.inCampaigns("l.campaign_id")) AND (?1 IS NULL OR l.id = ?1) ORDER BY l.id
                    """, arguments: [list])
            let counts = try database.makeStatement(
                sql: """
                    SELECT state, count(*) FROM contacts INDEXED BY contacts_list_state
                    WHERE list_id = ?1 AND NOT (state = 'ready' AND due_at = 0) GROUP BY state
                    UNION ALL
                    SELECT 'ready', count(*) FROM contacts INDEXED BY contacts_fresh
                    WHERE list_id = ?1 AND state = 'ready' AND due_at = 0
                    """)
            return try lists.map { row in
                let id: Int64 = row[0]
                var found = ListContacts(campaign: row[1], list: id, name: row[2], byState: [:])
                for count in try Row.fetchAll(counts, arguments: [id]) {
                    if let state = ContactState(rawValue: count[0]) {
                        found.byState[state, default: 0] += count[1] as Int
                    }
                }
                return found
            }
        }
    }

    /// How many contacts are suppressed, of some campaigns or all, counted by an index.
    public func suppressedContacts(campaigns: Set<CampaignID>? = nil) throws -> Int {
        let scope = ReportScope.always(campaigns: campaigns)
        return try read { database in
            try Int.fetchOne(
                database,
                sql: """
                    SELECT count(*) FROM lists l CROSS JOIN contacts c INDEXED BY contacts_list_state
                        ON c.list_id = l.id AND c.state = 'suppressed' AND NOT (c.state = 'ready' AND c.due_at = 0)
                    WHERE l.state <> 'loading' AND \(scope.inCampaigns("l.campaign_id"))
                    """) ?? 0
        }
    }
}
