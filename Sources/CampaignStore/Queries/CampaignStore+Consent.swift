import CallingRules
import Campaigns
import Eligibility
import GRDB

extension CampaignStore {
    /// How many contacts of a campaign that may still be called lack a consent that the rules ask for where they are.
    ///
    /// The fields of every contact in such an area are read.
    public func contactsWithoutConsent(
        of campaign: CampaignID, under rules: EligibilityRules, at now: Instant
    ) throws -> Int {
        try read { database in
            let areas = try Row.fetchAll(database, sql: "SELECT * FROM areas").filter {
                rules.rules(of: Areas.area($0)).consentAskedBy != nil
            }.map { $0["id"] as Int64 }
            guard !areas.isEmpty else { return 0 }
            let settings = rules.campaign.consent
            let rows = try Row.fetchCursor(
                database,
                sql: """
                    SELECT fields FROM contacts WHERE campaign_id = ? AND state IN ('ready', 'waiting_retry', 'callback')
                    AND next_area_id IN (\(areas.map(String.init).joined(separator: ",")))
                    """, arguments: [campaign.value])
            var lacking = 0
            while let row = try rows.next() {
                let consent = Consent(fields: FactsReader.fields(row["fields"]), settings: settings)
                if !consent.verdict(at: now, lasts: settings.lasts).isAllowed { lacking += 1 }
            }
            return lacking
        }
    }
}
