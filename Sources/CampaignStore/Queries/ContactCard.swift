import Campaigns
import GRDB
import PhoneNumbers

/// What is shown of a contact to whoever speaks with it.
public struct ContactCard: Sendable, Hashable {
    public var contact: ContactID
    public var campaign: CampaignID
    public var name: String?
    public var externalID: String?
    /// Its custom fields, in the list's order.
    public var fields: ContactFields
    /// The number that is called next; the first of its numbers where none is.
    public var number: PhoneNumber?

    /// What a script can name: the fields that every contact has, then its own.
    ///
    /// - Parameters:
    ///   - campaign: the campaign's name.
    ///   - number: the number that is being called; the card's where nil.
    public func scriptValues(campaign: String, number: PhoneNumber? = nil) -> [(name: String, value: String)] {
        [
            ("name", name ?? ""), ("number", (number ?? self.number)?.e164 ?? ""), ("external_id", externalID ?? ""),
            ("campaign", campaign),
        ] + fields.pairs
    }

    init(_ row: Row) {
        contact = ContactID(row["id"])
        campaign = CampaignID(row["campaign_id"])
        name = row["name"]
        externalID = row["external_id"]
        fields = ContactFields(json: row["fields"])
        number = (row["number"] as Int64?).flatMap(PhoneNumber.init(digits:))
    }

    static let select = """
        SELECT c.id, c.campaign_id, c.name, c.external_id, c.fields, n.number FROM contacts c
        LEFT JOIN numbers n ON n.id = coalesce(c.next_number_id, c.id * 16)
        """
}

extension CampaignStore {
    /// The contacts that hold a number, in all campaigns or in one.
    public func cards(holding number: PhoneNumber, campaign: CampaignID? = nil) throws -> [ContactCard] {
        try read { database in
            let contacts = try PersonRows.contacts(holding: number, database)
            let rows = try Row.fetchAll(
                database,
                sql: """
                    \(ContactCard.select) WHERE c.id IN \(PersonRows.list(contacts)) AND (?1 IS NULL OR c.campaign_id = ?1)
                    ORDER BY c.id
                    """, arguments: [campaign?.value])
            return rows.map(ContactCard.init)
        }
    }

    /// Some contacts of a campaign, the latest first: enough to see what fields its lists have.
    public func latestCards(of campaign: CampaignID, limit: Int) throws -> [ContactCard] {
        try read { database in
            let lists = try Int64.fetchAll(
                database, sql: "SELECT id FROM lists WHERE campaign_id = ? AND state <> 'loading'",
                arguments: [campaign.value])
            // By list: contacts of a list have ids in a row, and the imports tell which.
            return try lists.flatMap { list in
                let rows = try Row.fetchAll(
                    database,
                    sql: """
                        \(ContactCard.select) WHERE c.list_id = ?1 AND c.id BETWEEN
                        (SELECT max(last_contact) - ?2 FROM imports WHERE list_id = ?1 AND state = 'done')
                        AND (SELECT max(last_contact) FROM imports WHERE list_id = ?1 AND state = 'done')
                        ORDER BY c.id DESC LIMIT ?2
                        """, arguments: [list, limit])
                return rows.map(ContactCard.init)
            }
        }
    }
}
