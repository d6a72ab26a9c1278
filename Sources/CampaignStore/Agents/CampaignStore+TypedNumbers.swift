import Campaigns
import GRDB
import PhoneNumbers

extension NewContact.Number {
    /// A number that somebody typed, with where it is.
    public init(_ reading: NumberReading, atlas: NumberAtlas) {
        let location = atlas.location(of: reading.number, region: reading.region, kind: reading.kind)
        self.init(
            number: reading.number, fileExtension: reading.extension, kind: reading.kind, validity: reading.validity,
            area: Area(zones: location.zones, region: location.region, jurisdiction: location.jurisdiction))
    }
}

extension CampaignStore {
    /// The list that holds the contacts whose number an agent typed in.
    public static let typedList = "typed by hand"

    /// The contact of a campaign that holds a number; made where there is none, in a list of its own, so that every rule,
    /// cap and retry holds for it as for any other.
    ///
    /// - Parameters:
    ///   - number: as ``NewContact`` holds it: with kind, validity and area.
    ///   - by: who typed it, for the journal.
    public func contact(
        typed number: NewContact.Number, campaign: CampaignID, by person: String?, at now: Instant
    ) throws -> ContactID {
        try write { database in
            let known = try Int64.fetchOne(
                database, sql: "SELECT contact_id FROM numbers WHERE number = ? AND campaign_id = ?",
                arguments: [number.number.digits, campaign.value])
            if let known { return ContactID(known) }
            try database.execute(
                sql: "INSERT INTO lists (campaign_id, name, created_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                arguments: [campaign.value, Self.typedList, now.milliseconds])
            let list = try Int64.fetchOne(
                database, sql: "SELECT id FROM lists WHERE campaign_id = ? AND name = ?",
                arguments: [campaign.value, Self.typedList])
            let area = try Areas.id(of: number.area, database)
            try database.execute(
                sql: """
                    INSERT INTO contacts (campaign_id, list_id, state, next_area_id, created_at, state_at)
                    VALUES (?, ?, 'ready', ?, ?, ?)
                    """, arguments: [campaign.value, list, area, now.milliseconds, now.milliseconds])
            let id = database.lastInsertedRowID
            try database.execute(
                sql: """
                    INSERT INTO numbers (id, contact_id, campaign_id, position, number, extension, kind, validity, area_id)
                    VALUES (?1 * 16, ?1, ?2, 0, ?3, ?4, ?5, ?6, ?7)
                    """,
                arguments: [
                    id, campaign.value, number.number.digits, number.fileExtension, number.kind.rawValue,
                    number.validity.rawValue, area,
                ])
            try ContactNumbers.refresh(contact: id, database, at: now.milliseconds)
            try database.journal(
                "contact_typed", at: now,
                JournalSubject(
                    campaign: campaign.value, contact: id, number: number.number.digits, agent: person))
            return ContactID(id)
        }
    }
}
