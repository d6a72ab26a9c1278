import Campaigns
import GRDB
import PhoneNumbers

extension CampaignStore {
    /// Sets aside the next contact of a campaign for a station: callbacks that are due, then retries, then fresh contacts.
    ///
    /// A list of higher priority comes first; among lists of one priority, the contacts' own priority decides, then load order. Only
    /// areas in `openAreas` are looked at; the cost is one index probe an area, class and list, whatever the list's length.
    /// - Parameters:
    ///   - agent: who sits at the station; nil for nobody in particular.
    ///   - grace: how long an agent's callback is kept for its agent.
    ///   - order: retries or fresh contacts first; callbacks that are due come before either.
    public func reserveNextContact(
        campaign: CampaignID, station: String, agent: String? = nil, openAreas: [Int64], grace: Duration = .zero,
        order: RetrySettings.Order = .retriesFirst, at now: Instant
    ) throws -> Reservation? {
        guard !openAreas.isEmpty else { return nil }
        return try writeForNow { database in
            let ranks = try Self.ranks(of: campaign, database)
            let areas = Self.json(openAreas)
            let classes = order == .retriesFirst ? ["callback", "retry", "fresh"] : ["callback", "fresh", "retry"]
            for contactClass in classes {
                for lists in ranks {
                    let arguments: StatementArguments = [
                        "campaign": campaign.value, "class": contactClass, "lists": lists, "areas": areas,
                        "now": now.milliseconds, "station": station, "agent": agent,
                        "grace": grace.wholeMilliseconds,
                    ]
                    let due = try database.cachedStatement(sql: SelectionQueries.due)
                    if let id = try Int64.fetchOne(due, arguments: arguments) {
                        return try reserve(id, station: station, at: now, database)
                    }
                    guard contactClass == "fresh" else { continue }
                    let fresh = try database.cachedStatement(sql: SelectionQueries.fresh)
                    if let id = try Int64.fetchOne(fresh, arguments: ["lists": lists, "areas": areas]) {
                        return try reserve(id, station: station, at: now, database)
                    }
                }
            }
            return nil
        }
    }

    /// The active lists of a campaign, those of one priority together as an array of JSON, the highest priority first.
    private static func ranks(of campaign: CampaignID, _ database: Database) throws -> [String] {
        try String.fetchAll(
            database.cachedStatement(
                sql: """
                    SELECT json_group_array(id) FROM lists WHERE campaign_id = ? AND state = 'active'
                    GROUP BY priority ORDER BY priority DESC
                    """), arguments: [campaign.value])
    }

    private static func json(_ values: [Int64]) -> String { "[\(values.map(String.init).joined(separator: ","))]" }

    /// Sets aside a contact that an agent picked; nil where it is not the campaign's, or cannot be called in its state.
    public func reserve(
        _ contact: ContactID, of campaign: CampaignID, station: String, at now: Instant
    ) throws -> Reservation? {
        try write { try reserve(contact.value, of: campaign, station: station, at: now, $0) }
    }

    /// - Parameter numberID: which of the contact's numbers is to be called; nil for its next one.
    func reserve(
        _ contact: Int64, number numberID: Int64? = nil, of campaign: CampaignID, station: String, at now: Instant,
        _ database: Database
    ) throws -> Reservation? {
        let state = try String.fetchOne(
            database,
            sql: """
                SELECT c.state FROM contacts c JOIN lists l ON l.id = c.list_id
                WHERE c.id = ? AND c.campaign_id = ? AND l.state <> 'loading'
                """, arguments: [contact, campaign.value])
        guard state.flatMap(ContactState.init(rawValue:))?.isSelectable == true else { return nil }
        return try reserve(contact, number: numberID, station: station, at: now, database)
    }

    private func reserve(
        _ id: Int64, number numberID: Int64? = nil, station: String, at now: Instant, _ database: Database
    ) throws -> Reservation? {
        let row = try Row.fetchOne(
            database.cachedStatement(
                sql: """
                    SELECT c.*, n.id AS number_id, n.number, a.id AS area_id, a.zones, a.region, a.jurisdiction
                    FROM contacts c JOIN numbers n ON n.id = coalesce(?2, c.next_number_id)
                    JOIN areas a ON a.id = iif(?2 IS NULL, c.next_area_id, n.area_id) WHERE c.id = ?1
                    """), arguments: [id, numberID])
        guard let row, let number = PhoneNumber(digits: row["number"]) else { return nil }
        try ContactStates.apply(.reserve, to: id, at: now.milliseconds, database)
        try database.journal(
            "contact_reserved", at: now,
            JournalSubject(campaign: row["campaign_id"], contact: id, number: number.digits, station: station))
        return Reservation(
            contact: ContactID(id), campaign: CampaignID(row["campaign_id"]), list: row["list_id"],
            numberID: row["number_id"], number: number, areaID: row["area_id"], area: Areas.area(row),
            isCallback: row["class"] == "callback")
    }

    /// Puts a reserved contact back, not before an instant, with the reason; nil parks it until a person or a file changes something.
    public func release(_ reservation: Reservation, notBefore: Instant?, reason: Reason, at now: Instant) throws {
        try write { database in
            try ContactStates.release(
                reservation.contact.value, notBefore: notBefore, reason: reason, at: now, database)
        }
    }

    /// Puts back every reservation: none outlives its process.
    ///
    /// - Returns: how many there were.
    public func releaseAllReservations(at now: Instant) throws -> Int {
        try write { database in
            let ids = try Int64.fetchAll(database, sql: "SELECT id FROM contacts WHERE state = 'reserved'")
            for id in ids {
                try ContactStates.release(
                    id, notBefore: now, reason: Reason(code: "restart", text: "The program was restarted."), at: now,
                    database)
            }
            return ids.count
        }
    }
}

/// Changes of a contact's state, each by its life cycle's table.
enum ContactStates {
    /// Applies an event.
    ///
    /// - Throws: `StoreError.refused` where the life cycle has no such step.
    @discardableResult
    static func apply(
        _ event: ContactEvent, to contact: Int64, at now: Int64, _ database: Database
    ) throws -> ContactState {
        let row = try Row.fetchOne(
            database.cachedStatement(sql: "SELECT state, former_state FROM contacts WHERE id = ?"), arguments: [contact]
        )
        guard let row, let state = ContactState(rawValue: row["state"]) else {
            throw StoreError.notFound(what: "contact", name: String(contact), hint: "")
        }
        let former = (row["former_state"] as String?).flatMap(ContactState.init(rawValue:))
        guard let next = ContactLifeCycle.next(state, event, former: former) else {
            throw StoreError.refused(
                "Contact \(contact) is “\(state.rawValue)”; “\(event.rawValue)” is no step from there.")
        }
        // The former state is remembered from the reservation to the end of the attempt.
        let kept: ContactState? = state.isSelectable ? state : next == .inAttempt ? former : nil
        try database.cachedStatement(sql: "UPDATE contacts SET state = ?, former_state = ?, state_at = ? WHERE id = ?")
            .execute(arguments: [next.rawValue, kept?.rawValue, now, contact])
        return next
    }

    static func release(
        _ contact: Int64, notBefore: Instant?, reason: Reason, at now: Instant, _ database: Database
    ) throws {
        let state = try String.fetchOne(database, sql: "SELECT state FROM contacts WHERE id = ?", arguments: [contact])
        // A do-not-call entry may have suppressed it while it was set aside.
        guard state == ContactState.reserved.rawValue else { return }
        try apply(.release, to: contact, at: now.milliseconds, database)
        // Erased while it was set aside: there is nothing left to call, then or later.
        let notBefore = try ContactNumbers.hasLive(contact, database) ? notBefore : nil
        let due = notBefore.map { max($0.milliseconds, 1) } ?? Parking.never
        try database.execute(
            sql: "UPDATE contacts SET due_at = ?, reason = ? WHERE id = ?", arguments: [due, reason.text, contact])
        try database.journal(
            "contact_released", at: now, JournalSubject(contact: contact),
            detail: "\(reason.code): \(notBefore.map(\.iso8601) ?? "until something changes")")
    }
}
