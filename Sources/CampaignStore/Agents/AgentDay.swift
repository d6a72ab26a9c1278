import Campaigns
import GRDB
import PhoneNumbers

/// What an agent did in a stretch of time.
public struct AgentDay: Sendable, Hashable {
    /// How often something was said, in one campaign.
    public struct Result: Sendable, Hashable {
        public var campaign: CampaignID
        /// The code of the disposition; the outcome where nothing was said.
        public var code: String
        public var isDisposition: Bool
        public var calls: Int
    }

    /// Calls that dialled something.
    public var calls = 0
    /// Calls that were answered.
    public var answered = 0
    public var talkMilliseconds: Int64 = 0
    /// What came of them, the most frequent first.
    public var results: [Result] = []

    /// A day on which nothing happened.
    public init() {}
}

/// A callback that was agreed and is not done.
public struct AgreedCallback: Sendable, Hashable {
    public var card: ContactCard
    public var dueAt: Instant
}

extension CampaignStore {
    /// What an agent did from one instant to another.
    public func day(of agent: String, from start: Instant, to end: Instant) throws -> AgentDay {
        try read { database in
            var day = AgentDay()
            // By campaign, so that the index on it and the time is used.
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT campaign_id, coalesce(disposition, outcome) AS code, disposition IS NOT NULL AS is_disposition,
                        count(*) AS calls, total(talk_ms) AS talk,
                        total(outcome IN ('answered', 'short_answer')) AS answered
                    FROM attempts WHERE campaign_id IN (SELECT id FROM campaigns)
                    AND intended_at >= ? AND intended_at < ? AND agent = ?
                    AND outcome NOT IN ('phone_refused', 'not_sent')
                    GROUP BY campaign_id, code, is_disposition ORDER BY calls DESC, code
                    """, arguments: [start.milliseconds, end.milliseconds, agent])
            for row in rows {
                let calls: Int = row["calls"]
                day.calls += calls
                day.answered += Int(row["answered"] as Double)
                day.talkMilliseconds += Int64(row["talk"] as Double)
                day.results.append(
                    AgentDay.Result(
                        campaign: CampaignID(row["campaign_id"]), code: row["code"],
                        isDisposition: row["is_disposition"], calls: calls))
            }
            return day
        }
    }

    /// The callbacks that wait for an agent, the earliest first.
    public func callbacks(for agent: String, limit: Int) throws -> [AgreedCallback] {
        try read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT c.id, c.campaign_id, c.name, c.external_id, c.fields, c.due_at, n.number FROM contacts c
                    LEFT JOIN numbers n ON n.id = coalesce(c.next_number_id, c.id * 16)
                    WHERE c.campaign_id IN (SELECT id FROM campaigns WHERE state <> 'archived') AND c.class = 'callback'
                    AND c.due_at > 0 AND c.due_at < ? AND c.state IN ('ready', 'waiting_retry', 'callback')
                    AND c.agent = ? ORDER BY c.due_at LIMIT ?
                    """, arguments: [Parking.never, agent, limit]
            ).map { AgreedCallback(card: ContactCard($0), dueAt: Instant(milliseconds: $0["due_at"])) }
        }
    }
}
