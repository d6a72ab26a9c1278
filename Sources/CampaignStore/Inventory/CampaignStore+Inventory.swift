import CallingRules
import Campaigns
import Eligibility
import GRDB
import PhoneNumbers

extension CampaignStore {
    /// Hands over every contact of some campaigns, those that nothing tells apart in groups.
    ///
    /// A contact whose past calls cannot hold it back, nor those to a contact that shares a number with it, differs from others
    /// only by the state of its list, its area, its own state, when it is due, and whether its attempts are used up: ten million
    /// of them are a few hundred groups, counted from indexes alone. The others are handed over one by one.
    public func inventory(
        of questions: [InventoryQuestion], at now: Instant, _ body: (CampaignID, InventoryGroup) throws -> Void
    ) throws {
        try read { database in
            var reader = try InventoryReader(database, questions, at: now)
            try reader.countFinished(body)
            try reader.countFresh()
            try reader.countWaiting()
            try reader.tellFieldsApart()
            try reader.handSingles(reader.mayBeHeldBack(), body)
            try reader.handGroups(body)
        }
    }

    /// The areas of a campaign's contacts that may still be called, with how many there are.
    public func areasInUse(by campaign: CampaignID) throws -> [(area: Area, contacts: Int)] {
        try read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT a.*, k.contacts FROM (
                        SELECT next_area_id AS area_id, count(*) AS contacts FROM contacts
                        WHERE campaign_id = ? AND state IN ('ready', 'waiting_retry', 'callback') GROUP BY next_area_id
                    ) k JOIN areas a ON a.id = k.area_id ORDER BY k.contacts DESC
                    """, arguments: [campaign.value]
            ).map { (Areas.area($0), $0["contacts"]) }
        }
    }

    /// The next numbers of a campaign's contacts that are still to be called, in groups of one area and one beginning, all but the
    /// last seven digits: one number of each group with how many contacts it has.
    public func nextNumbers(of campaign: CampaignID) throws -> [(number: PhoneNumber, area: Area, contacts: Int)] {
        try read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT a.*, k.number, k.contacts FROM (
                        SELECT c.next_area_id AS area_id, min(n.number) AS number, count(*) AS contacts
                        FROM contacts c JOIN numbers n ON n.id = c.next_number_id
                        WHERE c.campaign_id = ? AND c.state IN ('ready', 'waiting_retry', 'callback')
                        GROUP BY c.next_area_id, n.number / 10000000
                    ) k JOIN areas a ON a.id = k.area_id ORDER BY k.number
                    """, arguments: [campaign.value]
            ).compactMap { row in
                PhoneNumber(digits: row["number"]).map { ($0, Areas.area(row), row["contacts"]) }
            }
        }
    }

    /// The last state of each station that an engine recorded, in the order of their names.
    public func lastStationStates() throws -> [(station: String, state: StationState, at: Instant)] {
        try read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT j.station, substr(j.event, 9) AS state, j.at, max(j.seq) FROM journal j
                    JOIN stations s ON s.name = j.station AND s.removed_at IS NULL
                    WHERE j.event GLOB 'station_*' AND j.seq > (SELECT coalesce(max(seq), 0) FROM journal) - 1000000
                    GROUP BY j.station ORDER BY j.station
                    """
            ).compactMap { row in
                StationState(rawValue: row["state"]).map { (row["station"], $0, Instant(milliseconds: row["at"])) }
            }
        }
    }

    /// Attempts of a campaign that are open now, wrap-up not included.
    public func openCalls(of campaign: CampaignID) throws -> Int {
        try read {
            try Int.fetchOne(
                $0,
                sql: """
                    SELECT count(*) FROM attempts WHERE phase <> 'settled' AND phase <> 'wrap_up' AND campaign_id = ?
                    """, arguments: [campaign.value]) ?? 0
        }
    }
}
