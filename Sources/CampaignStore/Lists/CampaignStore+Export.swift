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

    /// The most numbers that one of a campaign's contacts has; 0 where there is none.
    public func mostNumbers(campaign: CampaignID, list: String? = nil) throws -> Int {
        try read { database in
            try Int.fetchOne(
                database,
                sql: """
                    SELECT max((SELECT count(*) FROM numbers n WHERE n.id BETWEEN c.id * 16 AND c.id * 16 + 15))
                    FROM contacts c JOIN lists l ON l.id = c.list_id
                    WHERE c.campaign_id = ?1 AND l.state <> 'loading' AND (?2 IS NULL OR l.name = ?2)
                    """, arguments: [campaign.value, list]) ?? 0
        }
    }

    /// A campaign's contacts in the order in which they came, handed over one by one.
    ///
    /// They are read in pieces, and nothing of the database is held while `body` runs, however long that takes: each row is right
    /// as of when it was read, none comes twice, and none is missing that was there throughout.
    /// - Parameter piece: contacts that are read at once, 1 or more.
    public func exportContacts(
        campaign: CampaignID, list: String? = nil, piece: Int = 1000, _ body: (ExportedContact) throws -> Void
    ) throws {
        var after: Int64 = 0
        while let found = try exported(campaign: campaign, list: list, after: after, piece: max(1, piece)) {
            try found.contacts.forEach(body)
            after = found.through
        }
    }

    /// How many numbers of contacts, of whatever campaign, one short read looks at.
    private static let exportSpan: Int64 = 50_000

    /// - Returns: the contacts after a number, and how far was looked; nil where there is no contact of any campaign after it.
    private func exported(
        campaign: CampaignID, list: String?, after: Int64, piece: Int
    ) throws -> (contacts: [ExportedContact], through: Int64)? {
        try read { database in
            let first = try Int64.fetchOne(
                database.cachedStatement(sql: "SELECT min(id) FROM contacts WHERE id > ?"), arguments: [after])
            guard let first else { return nil }
            let end = first + Self.exportSpan
            let rows = try Row.fetchCursor(
                database.cachedStatement(
                    sql: """
                        SELECT c.*, l.name AS list,
                            (SELECT group_concat(number || coalesce('x' || extension, '')) FROM (SELECT n.number, n.extension FROM numbers n
                                WHERE n.id BETWEEN c.id * 16 AND c.id * 16 + 15 ORDER BY n.id)) AS numbers,
                            c.attempts_made AS attempts,
                            t.intended_at, t.outcome, t.disposition
                        FROM contacts c NOT INDEXED CROSS JOIN lists l ON l.id = c.list_id
                        LEFT JOIN attempts t ON t.id = (SELECT max(id) FROM attempts x WHERE x.contact_id = c.id)
                        WHERE c.id >= :first AND c.id < :end AND c.campaign_id = :campaign AND l.state <> 'loading'
                            AND (:list IS NULL OR l.name = :list)
                        ORDER BY c.id LIMIT :piece
                        """),
                arguments: ["first": first, "end": end, "campaign": campaign.value, "list": list, "piece": piece])
            var contacts: [ExportedContact] = []
            while let row = try rows.next() { contacts.append(Self.contact(row)) }
            let isFull = contacts.count == piece
            return (contacts, isFull ? contacts[piece - 1].contact : end - 1)
        }
    }

    private static func contact(_ row: Row) -> ExportedContact {
        let numbers = (row["numbers"] as String? ?? "").split(separator: ",")
        return ExportedContact(
            contact: row["id"], list: row["list"], externalID: row["external_id"], name: row["name"],
            state: row["state"], reason: row["reason"], numbers: numbers.compactMap(exported),
            attempts: row["attempts"],
            lastAttemptAt: (row["intended_at"] as Int64?).map(Instant.init(milliseconds:)),
            lastOutcome: row["outcome"], lastDisposition: row["disposition"],
            fields: ContactFields(json: row["fields"]))
    }
}
