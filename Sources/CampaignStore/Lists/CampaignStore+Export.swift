import Campaigns
import GRDB
import PhoneNumbers

/// A contact as an export shows it.
public struct ExportedContact: Sendable, Hashable {
    /// A number with the extension that its list gave.
    public struct Number: Sendable, Hashable {
        public var number: PhoneNumber
        public var fileExtension: String?

        /// `+14155550123`, or `+14155550123 x204`, which an import reads again.
        public var text: String { fileExtension.map { "\(number.e164) x\($0)" } ?? number.e164 }
    }

    public var contact: Int64
    public var list: String
    public var externalID: String?
    public var name: String?
    public var state: String
    public var reason: String?
    /// In calling order.
    public var numbers: [Number]
    /// Attempts that count.
    public var attempts: Int
    public var lastAttemptAt: Instant?
    public var lastOutcome: String?
    public var lastDisposition: String?
    public var fields: ContactFields
}

extension CampaignStore {
    /// The names of all custom fields of a campaign's contacts, in the order of the files that brought them.
    public func fieldNames(campaign: CampaignID, list: String? = nil) throws -> [String] {
        try read { database in
            let held = try String.fetchAll(
                database,
                sql: """
                    SELECT json_extract(f.value, '$[0]') AS field FROM contacts c JOIN lists l ON l.id = c.list_id,
                        json_each(c.fields) f
                    WHERE c.campaign_id = ?1 AND l.state <> 'loading' AND (?2 IS NULL OR l.name = ?2)
                    GROUP BY field ORDER BY min(c.id), min(f.key)
                    """, arguments: [campaign.value, list])
            // A contact keeps no empty fields, so the contacts alone do not tell the order of a file's columns.
            let declared = try String.fetchAll(
                database,
                sql: """
                    SELECT f.value FROM imports i, json_each(i.columns) f WHERE i.campaign_id = ?1 ORDER BY i.id, f.key
                    """, arguments: [campaign.value])
            var left = Set(held)
            return (declared + held).filter { left.remove($0) != nil }
        }
    }

    private static func exported(_ text: Substring) -> ExportedContact.Number? {
        let parts = text.split(separator: "x", maxSplits: 1)
        return parts.first.flatMap { Int64($0) }.flatMap(PhoneNumber.init(digits:)).map {
            ExportedContact.Number(number: $0, fileExtension: parts.count > 1 ? String(parts[1]) : nil)
        }
    }

    /// A campaign's contacts in the order in which they came, handed over one by one.
    public func exportContacts(
        campaign: CampaignID, list: String? = nil, _ body: (ExportedContact) throws -> Void
    ) throws {
        try read { database in
            let rows = try Row.fetchCursor(
                database,
                sql: """
                    SELECT c.*, l.name AS list,
                        (SELECT group_concat(number || coalesce('x' || extension, '')) FROM (SELECT n.number, n.extension FROM numbers n
                            WHERE n.id BETWEEN c.id * 16 AND c.id * 16 + 15 ORDER BY n.id)) AS numbers,
                        c.attempts_made AS attempts,
                        t.intended_at, t.outcome, t.disposition
                    FROM contacts c JOIN lists l ON l.id = c.list_id
                    LEFT JOIN attempts t ON t.id = (SELECT max(id) FROM attempts x WHERE x.contact_id = c.id)
                    WHERE c.campaign_id = ?1 AND l.state <> 'loading' AND (?2 IS NULL OR l.name = ?2) ORDER BY c.id
                    """, arguments: [campaign.value, list])
            while let row = try rows.next() {
                let numbers = (row["numbers"] as String? ?? "").split(separator: ",")
                try body(
                    ExportedContact(
                        contact: row["id"], list: row["list"], externalID: row["external_id"], name: row["name"],
                        state: row["state"], reason: row["reason"],
                        numbers: numbers.compactMap(Self.exported),
                        attempts: row["attempts"],
                        lastAttemptAt: (row["intended_at"] as Int64?).map(Instant.init(milliseconds:)),
                        lastOutcome: row["outcome"], lastDisposition: row["disposition"],
                        fields: ContactFields(json: row["fields"])))
            }
        }
    }
}
