import Campaigns
import GRDB

/// What became of a time that was agreed.
public enum CallbackStanding: String, Sendable, CaseIterable, Hashable {
    /// It is still to come.
    case waiting
    /// It has come, and the grace is not over.
    case due
    /// Called at the agreed time, before it, or within the grace after it.
    case kept
    /// Called when the grace was over.
    case late
    /// The grace is over and nobody has called.
    case missed
    /// Another time was agreed instead.
    case moved
    /// Nobody waits for the call any more: another word was said, or the contact is finished, suppressed or erased.
    case withdrawn

    /// How long after the agreed time a call still keeps it: 15 minutes, for which an agent's callback waits for its agent.
    public static let grace: Duration = .seconds(900)

    /// The standing of a row `p` of agreed callbacks at an instant, as an expression.
    static func sql(at now: Instant) -> String {
        let grace = Self.grace.wholeMilliseconds
        let finished = [ContactState.done, .exhausted, .suppressed].map { "'\($0.rawValue)'" }.joined(separator: ", ")
        return """
            CASE WHEN p.ending = 'called' THEN iif(p.ended_at <= p.due_at + \(grace), 'kept', 'late')
                WHEN p.ending IS NOT NULL THEN p.ending
                WHEN NOT EXISTS (SELECT 1 FROM contacts c WHERE c.id = p.contact_id AND c.state NOT IN (\(finished)))
                    THEN 'withdrawn'
                WHEN p.due_at > \(now.milliseconds) THEN 'waiting'
                WHEN p.due_at + \(grace) >= \(now.milliseconds) THEN 'due' ELSE 'missed' END
            """
    }
}

/// A time that was agreed with a contact.
public struct CallbackPromise: Sendable, Hashable {
    public var campaign: CampaignID
    public var contact: ContactID
    /// Whose it is; nil for anyone's.
    public var agent: String?
    public var agreedAt: Instant
    public var dueAt: Instant
    public var standing: CallbackStanding
    /// When the call was placed that ended it; nil where none did.
    public var calledAt: Instant?

    /// A promise from its parts.
    public init(
        campaign: CampaignID, contact: ContactID, agent: String?, agreedAt: Instant, dueAt: Instant,
        standing: CallbackStanding, calledAt: Instant? = nil
    ) {
        self.campaign = campaign
        self.contact = contact
        self.agent = agent
        self.agreedAt = agreedAt
        self.dueAt = dueAt
        self.standing = standing
        self.calledAt = calledAt
    }
}

/// How many callbacks of an agent stand so.
public struct CallbackCount: Sendable, Hashable {
    /// Nil for anyone's.
    public var agent: String?
    public var standing: CallbackStanding
    public var callbacks: Int

    /// A count from its parts.
    public init(agent: String?, standing: CallbackStanding, callbacks: Int) {
        self.agent = agent
        self.standing = standing
        self.callbacks = callbacks
    }
}

extension CampaignStore {
    /// Callbacks that were agreed for a time in a scope, by agent and by how they stand at an instant. Stations and lists of the
    /// scope do not matter.
    public func callbackCounts(in scope: ReportScope, at now: Instant) throws -> [CallbackCount] {
        try read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT p.agent, \(CallbackStanding.sql(at: now)), count(*) FROM agreed_callbacks p
                    WHERE \(Self.promised(in: scope)) GROUP BY 1, 2
                    """, arguments: Self.promisedArguments(scope)
            ).compactMap { row in
                CallbackStanding(rawValue: row[1]).map {
                    CallbackCount(agent: row[0], standing: $0, callbacks: row[2])
                }
            }
        }
    }

    /// The callbacks that ``callbackCounts(in:at:)`` counts, the earliest first.
    ///
    /// - Parameter limit: most that are handed over; where there are more, the earliest are left out.
    public func callbackPromises(in scope: ReportScope, at now: Instant, limit: Int) throws -> [CallbackPromise] {
        try read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT p.campaign_id, p.contact_id, p.agent, p.agreed_at, p.due_at, p.ending, p.ended_at,
                        \(CallbackStanding.sql(at: now)) FROM agreed_callbacks p
                    WHERE \(Self.promised(in: scope)) ORDER BY p.due_at DESC, p.id DESC LIMIT \(limit)
                    """, arguments: Self.promisedArguments(scope)
            ).reversed().compactMap { row in
                CallbackStanding(rawValue: row[7]).map { standing in
                    CallbackPromise(
                        campaign: CampaignID(row[0]), contact: ContactID(row[1]), agent: row[2],
                        agreedAt: Instant(milliseconds: row[3]), dueAt: Instant(milliseconds: row[4]),
                        standing: standing,
                        calledAt: (row[5] as String?) == "called"
                            ? (row[6] as Int64?).map(Instant.init(milliseconds:)) : nil)
                }
            }
        }
    }

    private static func promised(in scope: ReportScope) -> String {
        """
        p.due_at >= \(scope.from.milliseconds) AND p.due_at < \(scope.to.milliseconds)
            AND \(scope.inCampaigns("p.campaign_id")) \(scope.agent == nil ? "" : "AND p.agent = :agent")
        """
    }

    private static func promisedArguments(_ scope: ReportScope) -> StatementArguments {
        scope.agent.map { ["agent": $0] } ?? StatementArguments()
    }
}
