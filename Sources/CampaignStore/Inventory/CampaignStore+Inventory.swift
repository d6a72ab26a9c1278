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
    /// A contact to which no call was placed that a rule could still remember, nor to one that shares a number with it, differs
    /// from others only by its list, area, state, due time, and whether its attempts are used up: ten million of them are a few
    /// hundred groups. Those that are due in more than 25 hours, on another day, are one of each, and so are contacts that are
    /// done or exhausted, whatever calls they had. The others are handed over one by one.
    /// - Parameters:
    ///   - individually: all contacts one by one, where a rule looks at their fields (consent).
    ///   - memory: how long a call matters to any cap or silence; nil for ever.
    ///   - total: at how many attempts a contact's are used up.
    public func inventory(
        of campaign: CampaignID, individually: Bool, memory: Duration? = nil, total: Int = .max, at now: Instant,
        _ body: (InventoryGroup) throws -> Void
    ) throws {
        // A silence begins when the call ends. Without any, only calls that are open now matter.
        let since = memory.map { $0 == .zero ? now : now - $0 - .seconds(86_400) } ?? Instant(milliseconds: .min)
        try read { database in
            let touched =
                individually
                ? "SELECT id FROM contacts WHERE campaign_id = :campaign"
                : Inventory.touched(since: since.milliseconds)
            let waiting = individually ? "" : "AND c.state NOT IN (\(Inventory.finished))"
            func hand(_ row: Row, _ contacts: Int, dues: [Int64] = []) throws {
                guard
                    var facts = try FactsReader.facts(
                        contact: row["id"], numberID: row["number_id"], at: now, database)
                else { return }
                // What the rules say of it now is told first, where they say anything.
                let parked = facts.parkedBecause
                facts.parkedBecause = nil
                guard !dues.isEmpty else {
                    return try body(InventoryGroup(facts: facts, contacts: contacts, parkedBecause: parked))
                }
                for due in dues {
                    facts.notBefore = Instant(milliseconds: due)
                    try body(InventoryGroup(facts: facts, contacts: 1, parkedBecause: parked))
                }
            }
            if !individually {
                let groups = Inventory.groups(besides: touched, total: memory == nil ? nil : total)
                for sql in [Inventory.finishedGroups, Inventory.freshGroups(besides: touched), groups] {
                    let rows = try Row.fetchCursor(
                        database, sql: sql, arguments: ["campaign": campaign.value, "now": now.milliseconds])
                    while let row = try rows.next() {
                        // Nothing but when they are due tells these apart: the facts are read once.
                        let dues = (row["dues"] as String?)?.split(separator: ",").compactMap { Int64($0) } ?? []
                        try hand(row, row["contacts"], dues: dues)
                    }
                }
            }
            let single = try Row.fetchCursor(
                database,
                sql: """
                    SELECT c.id, \(Inventory.number) AS number_id FROM contacts c
                    WHERE c.campaign_id = :campaign AND c.id IN (\(touched)) \(waiting)
                    """, arguments: ["campaign": campaign.value])
            while let row = try single.next() { try hand(row, 1) }
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
    ///
    /// CROSS JOIN keeps the order: SQLite would pair every called contact with every number of the campaign.
    /// - Parameter since: calls that began before matter to nobody any more, in milliseconds.
    static func touched(since: Int64) -> String {
        let calls = { (column: String) in
            "SELECT \(column) FROM attempts WHERE intended_at > \(since) "
                + "UNION SELECT \(column) FROM attempts WHERE phase <> 'settled'"
        }
        return """
            WITH called AS (
                SELECT n.contact_id FROM numbers n
                WHERE n.number IN (\(calls("number")) UNION
                    SELECT number FROM observed_calls WHERE direction = 'by_hand' AND started_at > \(since))
                UNION SELECT contact_id FROM (\(calls("contact_id"))) WHERE contact_id IS NOT NULL
            )
            SELECT p.contact_id FROM called
            CROSS JOIN numbers n ON n.id BETWEEN called.contact_id * 16 AND called.contact_id * 16 + 15
            CROSS JOIN numbers p ON p.number = n.number WHERE p.campaign_id = :campaign
            """
    }

    /// All that are done, and all that are exhausted: counted without reading them.
    static let finishedGroups = """
        SELECT c.id, \(number) AS number_id, k.contacts FROM (
            SELECT min(id) AS first, count(*) AS contacts, :now AS now FROM contacts INDEXED BY contacts_list_state
            WHERE list_id IN (SELECT id FROM lists WHERE campaign_id = :campaign) AND state IN (\(finished))
                AND NOT (state = 'ready' AND due_at = 0) GROUP BY state
        ) k JOIN contacts c ON c.id = k.first
        """

    /// Those that are fresh, by list and area: counted without reading them.
    static func freshGroups(besides touched: String) -> String {
        """
        SELECT c.id, \(number) AS number_id, k.contacts FROM (
            SELECT min(id) AS first, count(*) AS contacts, :now AS now FROM contacts INDEXED BY contacts_fresh
            WHERE list_id IN (SELECT id FROM lists WHERE campaign_id = :campaign) AND state = 'ready' AND due_at = 0
                AND id NOT IN (\(touched)) GROUP BY list_id, next_area_id
        ) k JOIN contacts c ON c.id = k.first
        """
    }

    /// Who is due later is one group, and the first of it speaks for all: no day is longer, so they wait for another.
    private static let soon = 25 * 3_600_000

    /// All others that wait; the contact that is due first speaks for its group.
    ///
    /// - Parameter total: at how many attempts a contact's are used up; nil where contacts with any attempt are told apart anyway.
    static func groups(besides touched: String, total: Int?) -> String {
        let isUsedUp = total.map {
            """
            CASE WHEN (SELECT count(*) FROM attempts t WHERE t.contact_id = c.id) < \($0) THEN 0
                ELSE (SELECT count(*) FROM attempts t
                    WHERE t.contact_id = c.id AND (t.outcome IS NULL OR \(CallRollup.counts))) >= \($0) END
            """
        }
        return """
            SELECT c.id AS id, \(number) AS number_id, count(*) AS contacts, min(c.due_at) AS first_due,
                CASE WHEN c.due_at <= :now THEN min(c.due_at, 1) WHEN c.due_at = \(Parking.never) THEN c.due_at
                    WHEN c.due_at > :now + \(soon) THEN 3 ELSE 2 END AS due,
                group_concat(iif(c.due_at > :now AND c.due_at <= :now + \(soon), c.due_at, NULL)) AS dues
            FROM contacts c INDEXED BY contacts_list_state
            WHERE c.list_id IN (SELECT id FROM lists WHERE campaign_id = :campaign)
                AND c.state IN ('ready', 'reserved', 'in_attempt', 'waiting_retry', 'callback', 'suppressed')
                AND NOT (c.state = 'ready' AND c.due_at = 0)
                AND c.id NOT IN (\(touched))
            GROUP BY c.state, c.list_id, c.next_area_id, due, iif(c.due_at = \(Parking.never), c.reason, NULL)
                \(isUsedUp.map { ", \($0)" } ?? "")
            """
    }
}
