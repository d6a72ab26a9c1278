import CallingRules
import Campaigns
import Eligibility
import GRDB
import PhoneNumbers

extension CampaignStore {
    /// How many contacts of a campaign that may still be called lack a consent that the rules ask for where they are.
    ///
    /// The fields of every contact in such an area are read.
    public func contactsWithoutConsent(
        of campaign: CampaignID, under rules: EligibilityRules, at now: Instant
    ) throws -> Int {
        try read { database in
            let areas = Dictionary(
                uniqueKeysWithValues: try Row.fetchAll(database, sql: "SELECT * FROM areas").map {
                    ($0["id"] as Int64, Areas.area($0))
                }
            ).filter { rules.demands(on: .unknown, in: $0.value, at: now).consent != nil }
            guard !areas.isEmpty else { return 0 }
            let settings = rules.campaign.consent
            let rows = try Row.fetchCursor(
                database,
                sql: """
                    SELECT c.fields, c.next_area_id, n.number FROM contacts c JOIN numbers n ON n.id = c.next_number_id
                    WHERE c.campaign_id = ? AND c.state IN ('ready', 'waiting_retry', 'callback')
                    AND c.next_area_id IN (\(areas.keys.sorted().map(String.init).joined(separator: ",")))
                    """, arguments: [campaign.value])
            var lacking = 0
            while let row = try rows.next() {
                let fields = FactsReader.fields(row["fields"])
                guard let area = areas[row["next_area_id"]], let number = PhoneNumber(digits: row["number"]) else {
                    continue
                }
                let subject = rules.subject(fields: fields, number: number, in: area, at: now)
                let demands = rules.demands(on: subject, in: area, at: now)
                guard demands.consent != nil else { continue }
                let lasts = [settings.lasts, demands.consentLasts].compactMap { $0 }.min()
                let consent = Consent(fields: fields, settings: settings)
                let clocks = rules.rules(of: area).clocks
                if !consent.verdict(at: now, lasts: lasts, clocks: clocks).isAllowed { lacking += 1 }
            }
            return lacking
        }
    }
}
