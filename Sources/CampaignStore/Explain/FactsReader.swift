import Campaigns
import Eligibility
import GRDB
import PhoneNumbers

/// Reads, inside one transaction, all that the calling rules may look at.
enum FactsReader {
    /// How far back attempts are read: the longest window of the caps.
    static let history: Int64 = 30 * 86_400_000

    static func facts(
        contact: Int64, numberID: Int64, at now: Instant, _ database: Database
    ) throws -> EligibilityFacts? {
        let row = try Row.fetchOne(
            database.cachedStatement(
                sql: """
                    SELECT c.state, c.due_at, c.campaign_id, k.state AS campaign_state, l.state AS list_state,
                        n.number, n.state AS number_state, a.zones, a.region, a.jurisdiction
                    FROM contacts c JOIN campaigns k ON k.id = c.campaign_id JOIN lists l ON l.id = c.list_id
                    JOIN numbers n ON n.id = ?2 JOIN areas a ON a.id = n.area_id WHERE c.id = ?1
                    """), arguments: [contact, numberID])
        guard let row, let number = PhoneNumber(digits: row["number"]),
            let state = ContactState(rawValue: row["state"])
        else { return nil }
        let campaign: Int64 = row["campaign_id"]
        let due: Int64 = row["due_at"]
        let start = now.milliseconds - history
        let toContact = try Int64.fetchAll(
            database.cachedStatement(
                sql: """
                    SELECT intended_at FROM attempts WHERE contact_id = ? AND intended_at > ?
                    AND (outcome IS NULL OR outcome NOT IN ('phone_refused', 'not_sent')) ORDER BY intended_at
                    """), arguments: [contact, start])
        let total =
            try Int.fetchOne(
                database.cachedStatement(
                    sql: """
                        SELECT count(*) FROM attempts WHERE contact_id = ?
                        AND (outcome IS NULL OR outcome NOT IN ('phone_refused', 'not_sent'))
                        """), arguments: [contact]) ?? 0
        let open = try Int64.fetchOne(
            database.cachedStatement(sql: "SELECT id FROM attempts WHERE number = ? AND phase <> 'settled'"),
            arguments: [number.digits])
        return EligibilityFacts(
            number: number, area: Areas.area(row), contactState: state,
            campaignStarted: row["campaign_state"] == CampaignState.started.rawValue,
            listPaused: row["list_state"] != "active",
            notBefore: due > 0 ? Instant(milliseconds: due) : nil, numberDead: row["number_state"] == "dead",
            suppressions: try suppressions(number, campaign: campaign, at: now, database), openAttempt: open,
            attemptsToNumber: try attempts(to: number, since: start, database),
            attemptsToContact: toContact.map(Instant.init(milliseconds:)), totalAttempts: total)
    }

    /// Attempts to a number in every campaign, and calls dialled to it by hand where a phone showed them.
    private static func attempts(to number: PhoneNumber, since start: Int64, _ database: Database) throws -> [Instant] {
        try Int64.fetchAll(
            database.cachedStatement(
                sql: """
                    SELECT intended_at AS at FROM attempts WHERE number = ?1 AND intended_at > ?2
                    AND (outcome IS NULL OR outcome NOT IN ('phone_refused', 'not_sent'))
                    UNION ALL
                    SELECT started_at FROM observed_calls WHERE number = ?1 AND started_at > ?2 AND direction = 'by_hand'
                    ORDER BY at
                    """), arguments: [number.digits, start]
        ).map(Instant.init(milliseconds:))
    }

    private static func suppressions(
        _ number: PhoneNumber, campaign: Int64, at now: Instant, _ database: Database
    ) throws -> [EligibilityFacts.SuppressionEntry] {
        try SuppressionLookup.entries(of: number.digits, campaign: campaign, at: now.milliseconds, database).map {
            EligibilityFacts.SuppressionEntry(campaign: $0.campaign, source: $0.source, addedAt: $0.addedAt)
        }
    }
}
