import Campaigns
import Foundation
import GRDB
import PhoneNumbers

/// A contact as stored, whole.
public struct StoredContact: Sendable, Hashable {
    /// One of its numbers, in calling order.
    public struct Number: Sendable, Hashable {
        public var number: PhoneNumber
        public var fileExtension: String?
        /// `mobile`, `fixed` and so on.
        public var kind: String
        /// Whether its range is known to be in use.
        public var isValid: Bool
        /// Whether an agent said that it is wrong or disconnected, or its holder was erased.
        public var isDead: Bool
        /// Whether it is called next.
        public var isNext: Bool
        public var area: Area
    }

    public var id: ContactID
    public var campaign: CampaignID
    public var campaignName: String
    public var list: String
    public var name: String?
    public var externalID: String?
    public var fields: ContactFields
    public var state: ContactState
    /// Why it stands where it stands.
    public var reason: String?
    /// Whose callback it is; nil for anyone's.
    public var agent: String?
    /// When it is due, where that is an instant to come.
    public var dueAt: Instant?
    public var numbers: [Number]
    public var createdAt: Instant
    /// Since when it is in its state.
    public var stateAt: Instant

    /// Another for another name, external id or fields, for edits that must not overwrite another's; 0 or more, below 2^53,
    /// so that a script can hold it.
    public var version: Int64 {
        // FNV-1a, 64 bits: it tells edits apart, it keeps no secret.
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in [name ?? "", externalID ?? "", fields.json].joined(separator: "\u{1F}").utf8 {
            hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
        }
        return Int64((hash ^ (hash >> 53)) & 0x1f_ffff_ffff_ffff)
    }
}

extension CampaignStore {
    /// Events of the journal that ``journal(of:)`` looks at.
    public static let searchedEvents: Int64 = 300_000

    /// One contact.
    ///
    /// - Throws: `StoreError.notFound`.
    public func contact(_ id: ContactID) throws -> StoredContact { try read { try Self.contact(id, $0) } }

    static func contact(_ id: ContactID, _ database: Database) throws -> StoredContact {
        let row = try Row.fetchOne(
            database,
            sql: """
                SELECT c.*, k.name AS campaign, l.name AS list FROM contacts c JOIN campaigns k ON k.id = c.campaign_id
                JOIN lists l ON l.id = c.list_id WHERE c.id = ? AND l.state <> 'loading'
                """, arguments: [id.value])
        guard let row, let state = ContactState(rawValue: row["state"]) else {
            throw StoreError.notFound(what: "contact", name: "\(id.value)", hint: "")
        }
        let numbers = try Row.fetchAll(
            database,
            sql: """
                SELECT n.*, a.zones, a.region, a.jurisdiction FROM numbers n JOIN areas a ON a.id = n.area_id
                WHERE n.id BETWEEN ?1 * 16 AND ?1 * 16 + 15 ORDER BY n.id
                """, arguments: [id.value])
        let due: Int64 = row["due_at"]
        let next = row["next_number_id"] as Int64?
        return StoredContact(
            id: id, campaign: CampaignID(row["campaign_id"]), campaignName: row["campaign"], list: row["list"],
            name: row["name"], externalID: row["external_id"], fields: ContactFields(json: row["fields"]), state: state,
            reason: row["reason"], agent: row["agent"],
            dueAt: state.isSelectable && due > 1 && due < Parking.never ? Instant(milliseconds: due) : nil,
            numbers: numbers.compactMap { number in
                PhoneNumber(digits: number["number"]).map {
                    StoredContact.Number(
                        number: $0, fileExtension: number["extension"], kind: number["kind"],
                        isValid: number["validity"] == "valid", isDead: number["state"] == "dead",
                        isNext: number["id"] == next, area: Areas.area(number))
                }
            }, createdAt: Instant(milliseconds: row["created_at"]), stateAt: Instant(milliseconds: row["state_at"]))
    }

    /// The attempts to a contact, oldest first.
    public func attempts(of contact: ContactID) throws -> [AttemptRow] {
        try read {
            try Row.fetchAll(
                $0, sql: "\(AttemptRow.select) WHERE t.contact_id = ? ORDER BY t.id", arguments: [contact.value]
            ).map(AttemptRow.init)
        }
    }

    /// The newest events of a contact among the last ``searchedEvents`` of the journal, newest first.
    public func journal(of contact: ContactID, limit: Int = 200) throws -> [JournalEntry] {
        try read {
            try Row.fetchAll(
                $0,
                sql: """
                    SELECT * FROM journal WHERE seq > (SELECT coalesce(max(seq), 0) FROM journal) - ? AND contact_id = ?
                    ORDER BY seq DESC LIMIT ?
                    """, arguments: [Self.searchedEvents, contact.value, limit]
            ).map(JournalEntry.init)
        }
    }
}
