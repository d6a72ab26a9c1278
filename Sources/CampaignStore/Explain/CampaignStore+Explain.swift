import Campaigns
import Eligibility
import GRDB
import PhoneNumbers

/// A contact that holds a number, with what the rules look at.
public struct ContactHistory: Sendable {
    public var contact: ContactID
    public var campaign: String
    public var list: String
    public var name: String?
    public var state: ContactState
    /// Why it stands where it stands.
    public var reason: String?
    /// Whether this number is the contact's next one.
    public var isNextNumber: Bool
    public var facts: EligibilityFacts
    public var attempts: [AttemptRow]
    /// Where the facts are those of an instant of the past: what could not be taken back and is as of today; else empty.
    public var asOfToday: [String]
}

extension CampaignStore {
    /// Every contact, in any campaign, that holds a number.
    ///
    /// - Parameter past: takes facts, state and attempts back to this instant, as far as the database tells what they were; nil
    ///   for all that is known.
    public func contacts(
        holding number: PhoneNumber, at now: Instant, asOf past: Instant? = nil
    ) throws -> [ContactHistory] {
        try read { database in
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT c.*, n.id AS number_id, k.name AS campaign, l.name AS list FROM numbers n
                    JOIN contacts c ON c.id = n.contact_id JOIN campaigns k ON k.id = c.campaign_id
                    JOIN lists l ON l.id = c.list_id WHERE n.number = ? ORDER BY k.name, c.id
                    """, arguments: [number.digits])
            return try rows.compactMap { row in
                let id: Int64 = row["id"]
                let numberID: Int64 = row["number_id"]
                guard var facts = try FactsReader.facts(contact: id, numberID: numberID, at: now, database)
                else { return nil }
                let stored = facts.contactState
                let asOfToday =
                    try past.map {
                        try PastFacts(past: $0, contact: id, numberID: numberID, database: database).apply(to: &facts)
                    } ?? []
                let attempts = try Row.fetchAll(
                    database,
                    sql: "\(AttemptRow.select) WHERE t.contact_id = ? AND t.intended_at <= ? ORDER BY t.id",
                    arguments: [id, past?.milliseconds ?? Int64.max])
                return ContactHistory(
                    contact: ContactID(id), campaign: row["campaign"], list: row["list"], name: row["name"],
                    state: facts.contactState, reason: facts.contactState == stored ? row["reason"] : nil,
                    isNextNumber: (row["next_number_id"] as Int64?).map { $0 == numberID } ?? true,
                    facts: facts, attempts: attempts.map(AttemptRow.init), asOfToday: asOfToday)
            }
        }
    }

    /// The query plans of the selection, for a test that holds them to index probes.
    public func selectionPlans() throws -> [String] {
        try read { database in
            let due: StatementArguments = [
                "campaign": 1, "class": "retry", "lists": "[1]", "areas": "[1]", "now": 0, "station": "s",
                "agent": nil, "grace": 0,
            ]
            let queries: [(String, StatementArguments)] = [
                (SelectionQueries.due, due), (SelectionQueries.fresh, ["lists": "[1]", "areas": "[1]"]),
                (
                    SelectionQueries.earliestDue,
                    ["campaign": 1, "never": Parking.never, "station": "s", "agents": "[]", "grace": 0]
                ),
            ]
            return try queries.map { sql, arguments in
                try Row.fetchAll(database, sql: "EXPLAIN QUERY PLAN \(sql)", arguments: arguments).map {
                    $0["detail"] as String
                }.joined(separator: "\n")
            }
        }
    }
}
