import Campaigns
import Eligibility
import Foundation
import GRDB
import PhoneNumbers

/// Reads, inside one transaction, all that the calling rules may look at.
enum FactsReader {
    static func facts(
        contact: Int64, numberID: Int64, at now: Instant, _ database: Database
    ) throws -> EligibilityFacts? {
        let row = try Row.fetchOne(
            database.cachedStatement(
                sql: """
                    SELECT c.state, c.due_at, c.campaign_id, c.fields, k.state AS campaign_state, l.state AS list_state,
                        n.number, n.state AS number_state, a.zones, a.region, a.jurisdiction
                    FROM contacts c JOIN campaigns k ON k.id = c.campaign_id JOIN lists l ON l.id = c.list_id
                    JOIN numbers n ON n.id = ?2 JOIN areas a ON a.id = n.area_id WHERE c.id = ?1
                    """), arguments: [contact, numberID])
        guard let row, let number = PhoneNumber(digits: row["number"]),
            let state = ContactState(rawValue: row["state"])
        else { return nil }
        let campaign: Int64 = row["campaign_id"]
        let due: Int64 = row["due_at"]
        let total =
            try Int.fetchOne(
                database.cachedStatement(
                    sql: """
                        SELECT count(*) FROM attempts WHERE contact_id = ?
                        AND (outcome IS NULL OR outcome NOT IN ('phone_refused', 'not_sent'))
                        """), arguments: [contact]) ?? 0
        let past = try PastCallReader.calls(contact: contact, number: number.digits, database)
        return EligibilityFacts(
            number: number, area: Areas.area(row), contactState: state,
            campaignStarted: row["campaign_state"] == CampaignState.started.rawValue,
            listPaused: row["list_state"] == "paused",
            notBefore: due > 0 ? Instant(milliseconds: due) : nil, numberDead: row["number_state"] == "dead",
            suppressions: try suppressions(number, campaign: campaign, at: now, database), openAttempt: past.open,
            pastCalls: past.calls, totalAttempts: total, fields: fields(row["fields"]))
    }

    /// Custom fields as stored; `[]`, which most lists have, is not worth a decoder.
    static func fields(_ text: String) -> [[String]] {
        text == "[]" ? [] : (try? JSONDecoder().decode([[String]].self, from: Data(text.utf8))) ?? []
    }

    private static func suppressions(
        _ number: PhoneNumber, campaign: Int64, at now: Instant, _ database: Database
    ) throws -> [EligibilityFacts.SuppressionEntry] {
        try Row.fetchAll(
            database.cachedStatement(
                sql: """
                    SELECT s.*, c.name AS campaign FROM suppressions s LEFT JOIN campaigns c ON c.id = s.campaign_id
                    WHERE s.number = ? AND s.campaign_id IN (0, ?) AND (s.ends_at IS NULL OR s.ends_at > ?)
                    """), arguments: [number.digits, campaign, now.milliseconds]
        ).map {
            EligibilityFacts.SuppressionEntry(
                campaign: $0["campaign"], source: $0["source"], addedAt: Instant(milliseconds: $0["added_at"]))
        }
    }
}
