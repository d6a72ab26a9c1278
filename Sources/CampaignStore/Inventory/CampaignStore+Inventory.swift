import CallingRules
import Campaigns
import Eligibility
import GRDB
import PhoneNumbers

/// Contacts of a campaign that the rules cannot tell apart, with the facts of one of them.
public struct InventoryGroup: Sendable {
    public var facts: EligibilityFacts
    public var contacts: Int
    /// Nothing but a person or a file makes them selectable again; the reason that was noted.
    public var parkedBecause: String?
}

extension CampaignStore {
    /// Hands over every contact of a campaign, those that nothing tells apart in groups.
    ///
    /// A contact to which no call was ever placed, nor to one that shares a number with it, differs from others only by its list,
    /// area, state and due time: ten million of them are a few hundred groups. So are contacts that are done or exhausted, whatever
    /// calls they had. The others are handed over one by one.
    /// - Parameter individually: all contacts one by one, where a rule looks at their fields (consent).
    public func inventory(
        of campaign: CampaignID, individually: Bool, at now: Instant, _ body: (InventoryGroup) throws -> Void
    ) throws {
        try read { database in
            let touched = individually ? "SELECT id FROM contacts WHERE campaign_id = :campaign" : Inventory.touched
            let waiting = individually ? "" : "AND c.state NOT IN (\(Inventory.finished))"
            let rows = try Row.fetchCursor(
                database, sql: Inventory.groups(besides: individually ? "SELECT 0" : touched),
                arguments: ["campaign": campaign.value, "now": now.milliseconds])
            while let row = try individually ? nil : rows.next() {
                guard
                    var facts = try FactsReader.facts(
                        contact: row["id"], numberID: row["number_id"], at: now, database)
                else { continue }
                // What the rules say of it now is told first, where they say anything.
                let parked = facts.parkedBecause
                facts.parkedBecause = nil
                try body(InventoryGroup(facts: facts, contacts: row["contacts"], parkedBecause: parked))
            }
            let single = try Row.fetchCursor(
                database,
                sql: """
                    SELECT c.id, \(Inventory.number) AS number_id FROM contacts c
                    WHERE c.campaign_id = :campaign AND c.id IN (\(touched)) \(waiting)
                    """, arguments: ["campaign": campaign.value])
            while let row = try single.next() {
                guard
                    var facts = try FactsReader.facts(
                        contact: row["id"], numberID: row["number_id"], at: now, database)
                else { continue }
                let parked = facts.parkedBecause
                facts.parkedBecause = nil
                try body(InventoryGroup(facts: facts, contacts: 1, parkedBecause: parked))
            }
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

/// The SQL of the inventory.
enum Inventory {
    /// The number that decides: the next one, or the first where there is none.
    static let number = """
        coalesce(c.next_number_id, (SELECT min(n.id) FROM numbers n WHERE n.id BETWEEN c.id * 16 AND c.id * 16 + 15))
        """

    /// Nothing that happened to them matters any more.
    static let finished = "'done', 'exhausted'"

    /// Contacts of the campaign whose past calls may matter: their own, and those of contacts that share a number.
    static let touched = """
        WITH called AS (
            SELECT n.contact_id FROM numbers n
            WHERE n.number IN (SELECT number FROM attempts UNION SELECT number FROM observed_calls WHERE direction = 'by_hand')
            UNION SELECT contact_id FROM attempts WHERE contact_id IS NOT NULL
        )
        SELECT p.contact_id FROM called JOIN numbers n ON n.id BETWEEN called.contact_id * 16 AND called.contact_id * 16 + 15
        JOIN numbers p ON p.number = n.number WHERE p.campaign_id = :campaign
        """

    static func groups(besides touched: String) -> String {
        """
        SELECT min(c.id) AS id, \(number) AS number_id, count(*) AS contacts,
            CASE WHEN c.state IN (\(finished)) THEN 0 WHEN c.due_at <= :now THEN min(c.due_at, 1) ELSE c.due_at END AS due
        FROM contacts c WHERE c.campaign_id = :campaign AND (c.state IN (\(finished)) OR c.id NOT IN (\(touched)))
        GROUP BY c.state, c.list_id, c.next_area_id, due, iif(c.due_at = \(Parking.never), c.reason, NULL)
        """
    }
}
