import Campaigns
import GRDB

/// How often agents said something, by code.
public struct DispositionCount: Sendable, Hashable {
    /// 0 for calls of no campaign.
    public var campaign: Int64
    /// Empty where nobody sat at the station.
    public var agent: String
    public var outcome: Outcome
    /// Empty where nothing was said.
    public var disposition: String
    public var dispositionClass: DispositionClass?
    public var calls: Int
}

/// How many calls that count were placed under a version of a rule pack.
public struct PackCount: Sendable, Hashable {
    public var campaign: Int64
    public var pack: String
    public var version: String
    public var calls: Int
}

/// How long a station was in a state, for an agent.
public struct StationTimeSum: Sendable, Hashable {
    public var station: String
    /// Empty where nobody sat there.
    public var agent: String
    public var state: StationState
    /// Why it was paused; empty in other states.
    public var reason: String
    public var milliseconds: Int64
}

extension CampaignStore {
    /// What agents said in a scope, by code.
    public func dispositionCounts(in scope: ReportScope, readingAttempts: Bool = false) throws -> [DispositionCount] {
        let rollup = CallRollup.dispositions(ofOneList: scope.list != nil)
        let keys = [CallDimension.campaign, .agent].compactMap(\.key) + CallRollup.said
        let sql =
            rollup.tells(scope) && !readingAttempts
            ? """
            SELECT \(keys.map(\.column).joined(separator: ", ")), sum(calls) FROM \(RollupStretch.of(rollup.table, scope))
            WHERE \(rollup.rows(of: scope))
            GROUP BY 1, 2, 3, 4, 5 HAVING sum(calls) > 0
            """
            : """
            SELECT \(keys.map(\.sql).joined(separator: ", ")), count(*) FROM attempts t
            WHERE \(TallyQuery.attempts(in: scope)) GROUP BY 1, 2, 3, 4, 5
            """
        return try read { database in
            try Row.fetchAll(database, sql: sql, arguments: TallyQuery.arguments(of: scope)).compactMap { row in
                guard let outcome = Outcome(rawValue: row[2]) else { return nil }
                return DispositionCount(
                    campaign: row[0], agent: row[1], outcome: outcome, disposition: row[3],
                    dispositionClass: DispositionClass(rawValue: row[4]), calls: row[5])
            }
        }
    }

    /// Calls that count by rule pack and version; a scope of one list, agent or station reads every attempt.
    public func packCounts(in scope: ReportScope, readingAttempts: Bool = false) throws -> [PackCount] {
        let rollup = CallRollup.packs
        let sql =
            rollup.tells(scope) && !readingAttempts
            ? """
            SELECT campaign_id, rule_pack, rule_pack_version, sum(calls) FROM \(RollupStretch.of(rollup.table, scope))
            WHERE \(rollup.rows(of: scope))
            GROUP BY 1, 2, 3 HAVING sum(calls) > 0
            """
            : """
            SELECT \(rollup.keys.map(\.sql).joined(separator: ", ")), count(*) FROM attempts t
            WHERE \(TallyQuery.attempts(in: scope)) AND \(CallRollup.counts) GROUP BY 1, 2, 3
            """
        return try read { database in
            try Row.fetchAll(database, sql: sql, arguments: TallyQuery.arguments(of: scope)).map {
                PackCount(campaign: $0[0], pack: $0[1], version: $0[2], calls: $0[3])
            }
        }
    }

    /// How long stations were in which state in a stretch of time; campaigns and lists of the scope do not matter.
    ///
    /// - Parameter now: up to when a state that still lasts is counted; nil where no engine runs.
    public func stationTime(in scope: ReportScope, countingUntil now: Instant?) throws -> [StationTimeSum] {
        var conditions = ["true"]
        if scope.agent != nil { conditions.append("agent = :agent") }
        if scope.station != nil { conditions.append("station = :station") }
        let filter = conditions.joined(separator: " AND ")
        return try read { database in
            let arguments = TallyQuery.arguments(of: scope)
            let open =
                "max(0, min(\(now?.milliseconds ?? 0), \(scope.to.milliseconds)) - max(since, \(scope.from.milliseconds)))"
            return try Row.fetchAll(
                database,
                sql: """
                    SELECT station, agent, state, reason, sum(ms) FROM (
                        SELECT station, agent, state, reason, ms FROM \(RollupStretch.of("station_time", scope))
                        WHERE \(filter)
                        UNION ALL SELECT station, agent, state, reason, \(open) FROM station_states WHERE \(filter))
                    GROUP BY 1, 2, 3, 4 HAVING sum(ms) > 0
                    """, arguments: arguments
            ).compactMap { row in
                guard let state = StationState(rawValue: row[2]) else { return nil }
                return StationTimeSum(
                    station: row[0], agent: row[1], state: state, reason: row[3], milliseconds: row[4])
            }
        }
    }
}
