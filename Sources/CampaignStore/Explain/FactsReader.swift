import Campaigns
import Eligibility
import Foundation
import GRDB
import PhoneNumbers

/// Reads, inside one transaction, all that the calling rules may look at.
enum FactsReader {
    /// - Parameters:
    ///   - withPast: whether the calls so far are read; they are left out where no rule could hold them against it.
    ///   - registries: those of the campaign, where the caller has read them for many contacts.
    static func facts(
        contact: Int64, numberID: Int64, at now: Instant, withPast: Bool = true, registries: [String: Instant]? = nil,
        _ database: Database
    ) throws -> EligibilityFacts? {
        let row = try Row.fetchOne(
            database.cachedStatement(
                sql: """
                    SELECT c.state, c.due_at, c.reason, c.campaign_id, c.fields, c.attempts_made, c.do_not_call_import,
                        c.state_at, k.name AS campaign_name,
                        k.state AS campaign_state, l.state AS list_state, n.number,
                        n.state AS number_state, a.zones, a.region, a.jurisdiction
                    FROM contacts c JOIN campaigns k ON k.id = c.campaign_id JOIN lists l ON l.id = c.list_id
                    JOIN numbers n ON n.id = ?2 JOIN areas a ON a.id = n.area_id WHERE c.id = ?1
                    """), arguments: [contact, numberID])
        guard let row, let number = PhoneNumber(digits: row["number"]),
            let state = ContactState(rawValue: row["state"])
        else { return nil }
        let campaign: Int64 = row["campaign_id"]
        let due: Int64 = row["due_at"]
        let past =
            withPast
            ? try PastCallReader.calls(contact: contact, number: number.digits, database)
            : PastCallReader.Calls(calls: [], open: nil)
        var facts = EligibilityFacts(
            number: number, area: Areas.area(row), contactState: state,
            campaignStarted: row["campaign_state"] == CampaignState.started.rawValue,
            listPaused: row["list_state"] != "active",
            notBefore: due > 0 && due < Parking.never ? Instant(milliseconds: due) : nil,
            numberDead: row["number_state"] == "dead",
            suppressions: try suppressions(number, campaign: campaign, at: now, database), openAttempt: past.open,
            pastCalls: past.calls, totalAttempts: row["attempts_made"], fields: fields(row["fields"]))
        if let id = row["do_not_call_import"] as Int64? {
            facts.suppressions.append(
                EligibilityFacts.SuppressionEntry(
                    campaign: row["campaign_name"], source: "\(ImportWishes.source(of: id)), for this contact alone",
                    addedAt: Instant(milliseconds: row["state_at"])))
        }
        if due == Parking.never, state.isSelectable || state == .reserved {
            facts.parkedBecause = row["reason"] ?? Parking.noReason
        }
        facts.closures = try PlaceClosures.read(at: now, database)
        facts.registries = try registries ?? SuppressionSources.loaded(campaign: campaign, database)
        return facts
    }

    /// Custom fields as stored; `[]`, which most lists have, is not worth a decoder.
    static func fields(_ text: String) -> [[String]] {
        text == "[]" ? [] : (try? JSONDecoder().decode([[String]].self, from: Data(text.utf8))) ?? []
    }

    static func suppressions(
        _ number: PhoneNumber, campaign: Int64, at now: Instant, asOf past: Instant? = nil, _ database: Database
    ) throws -> [EligibilityFacts.SuppressionEntry] {
        try SuppressionLookup.entries(
            of: number.digits, campaign: campaign, at: now.milliseconds, asOf: past, database
        ).map {
            EligibilityFacts.SuppressionEntry(campaign: $0.campaign, source: $0.source, addedAt: $0.addedAt)
        }
    }
}
