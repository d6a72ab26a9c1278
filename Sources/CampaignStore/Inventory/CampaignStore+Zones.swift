import Campaigns
import Eligibility
import GRDB

extension CampaignStore {
    /// How many contacts of campaigns that are not archived are still to be called at a number that may be in one of some zones, and how
    /// many of them wait for a callback.
    ///
    /// - Parameter zones: IANA names.
    public func contacts(inZones zones: Set<String>) throws -> (contacts: Int, callbacks: Int) {
        let rows = try read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT a.*, k.contacts, k.callbacks FROM (
                        SELECT next_area_id AS area_id, count(*) AS contacts,
                            count(*) FILTER (WHERE state = 'callback') AS callbacks
                        FROM contacts
                        WHERE state IN ('ready', 'waiting_retry', 'callback')
                            AND campaign_id IN (SELECT id FROM campaigns WHERE state <> 'archived')
                        GROUP BY next_area_id
                    ) k JOIN areas a ON a.id = k.area_id
                    """)
        }
        return rows.filter { !zones.isDisjoint(with: Areas.area($0).zones) }.reduce(into: (0, 0)) { sum, row in
            sum.0 += row["contacts"]
            sum.1 += row["callbacks"]
        }
    }
}
