import Campaigns
import GRDB

extension AttemptFilter {
    /// The attempts of a report's scope, open ones included.
    public init(_ scope: ReportScope) {
        self.init()
        campaigns = scope.campaigns
        list = scope.list
        agent = scope.agent
        station = scope.station
        since = scope.from
        until = scope.to
    }
}

extension CampaignStore {
    /// Attempts of a scope, open ones included, the newest first.
    ///
    /// They are read backwards by their times until there are enough: of an agent, a list or a station that called little, that
    /// may be every attempt of the stretch.
    /// - Parameter limit: most that are handed over.
    public func newestAttempts(in scope: ReportScope, limit: Int) throws -> [AttemptRow] {
        var filter = AttemptFilter(scope)
        // One campaign's attempts stand in the order of their times; those of several would have to be sorted.
        let several = scope.campaigns.flatMap { $0.count == 1 ? nil : $0 }
        if several != nil { filter.campaigns = nil }
        var (conditions, arguments) = filter.conditions()
        if several != nil { conditions.append(scope.inCampaigns("+t.campaign_id")) }
        return try read { database in
            try Row.fetchAll(
                database,
                sql: """
                    \(AttemptRow.select) WHERE \(conditions.joined(separator: " AND "))
                    ORDER BY t.intended_at DESC, t.id DESC LIMIT ?
                    """, arguments: arguments + [limit]
            ).map(AttemptRow.init)
        }
    }
}
