import Campaigns
import GRDB

/// What a campaign's pacing remembers over a restart.
public struct PacingHistory: Sendable, Hashable {
    /// When calls were started in the last hour, ascending.
    public var starts: [Instant]
    /// Answered calls, oldest first: whether the agent was absent.
    public var agentAbsent: [Bool]
    /// Calls, oldest first: whether they failed at once.
    public var failedFast: [Bool]

    /// A history from its parts; empty by default.
    public init(starts: [Instant] = [], agentAbsent: [Bool] = [], failedFast: [Bool] = []) {
        self.starts = starts
        self.agentAbsent = agentAbsent
        self.failedFast = failedFast
    }
}

extension CampaignStore {
    /// What the pacing of a campaign has to know of the time before: starts of the last hour, and how its calls ended since it was
    /// started, the latest `limit`.
    public func pacingHistory(
        of campaign: CampaignID, startedAt: Instant, limit: Int, at now: Instant
    ) throws -> PacingHistory {
        try read { database in
            let starts = try Int64.fetchAll(
                database,
                sql: """
                    SELECT intended_at FROM attempts WHERE campaign_id = ? AND intended_at > ?
                    AND coalesce(outcome, '') <> 'not_sent' ORDER BY intended_at
                    """, arguments: [campaign.value, (now - .seconds(3600)).milliseconds])
            let ended = { (condition: String, flag: String) in
                try Bool.fetchAll(
                    database,
                    sql: """
                        SELECT \(flag) FROM (
                            SELECT id, outcome, agent_absent FROM attempts WHERE campaign_id = ? AND intended_at >= ?
                            AND outcome \(condition) ORDER BY intended_at DESC, id DESC LIMIT ?
                        ) ORDER BY id
                        """, arguments: [campaign.value, startedAt.milliseconds, limit])
            }
            return PacingHistory(
                starts: starts.map(Instant.init(milliseconds:)),
                agentAbsent: try ended("IN ('answered', 'short_answer')", "agent_absent"),
                failedFast: try ended("NOT IN ('phone_refused', 'not_sent')", "outcome = 'failed_fast'"))
        }
    }

    /// When the last call of each station ended, wrap-up included, by the station's name; of calls that began since an instant.
    public func lastEnds(since: Instant) throws -> [String: Instant] {
        try read { database in
            // By campaign, so that the index on it and the time is used: there may be millions of older calls.
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT station, max(coalesce(settled_at, ended_at)) AS ended FROM attempts
                    WHERE campaign_id IN (SELECT id FROM campaigns) AND intended_at >= ? AND ended_at IS NOT NULL
                    GROUP BY station
                    """, arguments: [since.milliseconds])
            return Dictionary(
                uniqueKeysWithValues: rows.map { ($0["station"], Instant(milliseconds: $0["ended"])) })
        }
    }

    /// The desk's page was gone when the call was answered.
    public func noteAgentAbsent(_ attempt: AttemptID, at now: Instant) throws {
        try write { database in
            try CallRollups.remove(attempt.value, database)
            try database.execute(sql: "UPDATE attempts SET agent_absent = 1 WHERE id = ?", arguments: [attempt.value])
            try CallRollups.add(attempt.value, database)
            try database.journal("agent_absent", at: now, JournalSubject(attempt: attempt.value))
        }
    }
}
