import Campaigns
import GRDB

/// Contacts that calls came to, each once.
public struct ReachedContacts: Sendable, Hashable {
    /// Called in a way that counts.
    public var attempted: Int
    public var connected: Int
    public var success: Int

    /// Counts of contacts.
    public init(attempted: Int, connected: Int, success: Int) {
        (self.attempted, self.connected, self.success) = (attempted, connected, success)
    }
}

extension CampaignStore {
    /// Each contact with a settled attempt of an outcome, once a group, handed over one by one.
    ///
    /// It reads every attempt of the scope: ask it of few.
    public func calledContacts(
        by dimensions: [CallDimension], in scope: ReportScope,
        _ body: (CallGroup, Outcome, Int64) throws -> Void
    ) throws {
        let query = TallyQuery(by: dimensions, in: scope, parts: [], mayUseRollups: false)
        try read { database in
            let rows = try Row.fetchCursor(
                database, sql: query.contactsSQL, arguments: TallyQuery.arguments(of: scope))
            while let row = try rows.next() {
                guard let outcome = Outcome(rawValue: row[dimensions.count]) else { continue }
                try body(query.group(row), outcome, row[dimensions.count + 1])
            }
        }
    }

    /// Contacts of a campaign that are suppressed and were never called: nobody could have called them.
    public func contactsSuppressedUncalled(in campaign: CampaignID) throws -> Int {
        try read { database in
            try Int.fetchOne(
                database,
                sql: """
                    SELECT count(*) FROM contacts c INDEXED BY contacts_list_state
                    WHERE c.list_id IN (SELECT id FROM lists WHERE campaign_id = ? AND state <> 'loading')
                        AND c.state = 'suppressed' AND NOT (c.state = 'ready' AND c.due_at = 0)
                        AND NOT EXISTS (SELECT 1 FROM attempts t WHERE t.contact_id = c.id
                            AND t.outcome NOT IN ('phone_refused', 'not_sent'))
                    """, arguments: [campaign.value]) ?? 0
        }
    }

    /// Contacts with a settled attempt that was connected, and with one of the class `success`, each once.
    ///
    /// It reads every attempt of the scope: ask it of few.
    public func reachedContacts(in scope: ReportScope) throws -> ReachedContacts {
        try read { database in
            let row = try Row.fetchOne(
                database,
                sql: """
                    SELECT count(DISTINCT iif(\(CallRollup.counts), t.contact_id, NULL)),
                        count(DISTINCT iif(t.outcome IN ('answered', 'short_answer'), t.contact_id, NULL)),
                        count(DISTINCT iif(t.disposition_class = 'success', t.contact_id, NULL))
                    FROM attempts t WHERE \(TallyQuery.attempts(in: scope))
                    """, arguments: TallyQuery.arguments(of: scope))
            return ReachedContacts(attempted: row?[0] ?? 0, connected: row?[1] ?? 0, success: row?[2] ?? 0)
        }
    }
}
