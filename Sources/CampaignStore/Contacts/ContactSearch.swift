import Campaigns
import Foundation
import GRDB
import PhoneNumbers

/// What contacts are looked for by.
public enum ContactQuery: Sendable, Hashable {
    /// Exactly this number.
    case number(PhoneNumber)
    /// Numbers that begin with these digits of E.164, 3 to 14 of them.
    case numberPrefix(Int64)
    /// A part of the name; capitals of a to z are ignored.
    case name(String)
    /// A custom field by its exact name, and a part of its text.
    case field(name: String, text: String)
}

/// A contact as a search shows it.
public struct FoundContact: Sendable, Hashable {
    public var id: ContactID
    public var campaign: CampaignID
    public var campaignName: String
    public var list: String
    public var name: String?
    public var number: PhoneNumber?
    public var state: ContactState
}

/// What a search found.
public struct ContactSearchResult: Sendable, Hashable {
    public var contacts: [FoundContact]
    /// The search stopped at its limit of contacts; there may be more.
    public var isCut: Bool
    /// The contact before which the search goes on, where it did not look at all contacts: names and fields have no index.
    public var before: ContactID?
}

extension CampaignStore {
    /// Contacts that one search by name or field looks at.
    public static let searchedContacts = 200_000

    /// Looks for contacts, the newest first.
    ///
    /// Numbers are found by an index, whatever the size of the lists. Names and fields are looked for in the newest
    /// ``searchedContacts`` contacts; the result says where to go on.
    /// - Parameters:
    ///   - campaigns: only theirs; nil for all.
    ///   - before: only contacts with lower numbers.
    ///   - limit: at most so many.
    public func searchContacts(
        _ query: ContactQuery, campaigns: Set<CampaignID>? = nil, before: ContactID? = nil, limit: Int = 50,
        looking searched: Int = CampaignStore.searchedContacts
    ) throws -> ContactSearchResult {
        try read { database in
            let ids = campaigns.map { $0.sorted().map { String($0.value) }.joined(separator: ", ") }
            let isVisible = ids.map { "c.campaign_id IN (\($0))" } ?? "1"
            let upper = before?.value ?? .max
            switch query {
            case .number(let number):
                return try indexed([number.digits...number.digits], isVisible, upper, limit, database)
            case .numberPrefix(let prefix):
                return try indexed(ContactNumbers.ranges(of: prefix), isVisible, upper, limit, database)
            case .name(let text):
                return try scanned(
                    "c.name LIKE :text ESCAPE '\\'", ["text": "%\(Self.escaped(text))%"], isVisible, upper, limit,
                    searched, database)
            case .field(let name, let text):
                return try scanned(
                    """
                    EXISTS (SELECT 1 FROM json_each(c.fields) f WHERE lower(json_extract(f.value, '$[0]')) = lower(:name)
                        AND json_extract(f.value, '$[1]') LIKE :text ESCAPE '\\')
                    """, ["name": name, "text": "%\(Self.escaped(text))%"], isVisible, upper, limit, searched, database)
            }
        }
    }

    private static let foundColumns = """
        SELECT c.id, c.campaign_id, k.name AS campaign, l.name AS list, c.name, c.state,
            (SELECT n.number FROM numbers n WHERE n.id = coalesce(c.next_number_id, c.id * 16)) AS number
        FROM contacts c JOIN campaigns k ON k.id = c.campaign_id JOIN lists l ON l.id = c.list_id
        """

    private func indexed(
        _ ranges: [ClosedRange<Int64>], _ isVisible: String, _ upper: Int64, _ limit: Int, _ database: Database
    ) throws -> ContactSearchResult {
        var contacts: [FoundContact] = []
        for range in ranges where contacts.count <= limit {
            let rows = try Row.fetchAll(
                database,
                sql: """
                    \(Self.foundColumns) WHERE c.id IN
                        (SELECT contact_id FROM numbers WHERE number BETWEEN ? AND ? LIMIT 10000)
                    AND l.state <> 'loading' AND \(isVisible) AND c.id < ? ORDER BY c.id DESC LIMIT ?
                    """, arguments: [range.lowerBound, range.upperBound, upper, limit + 1 - contacts.count])
            contacts += rows.compactMap(FoundContact.init)
        }
        return ContactSearchResult(contacts: Array(contacts.prefix(limit)), isCut: contacts.count > limit)
    }

    private func scanned(
        _ condition: String, _ arguments: [String: String], _ isVisible: String, _ upper: Int64, _ limit: Int,
        _ searched: Int, _ database: Database
    ) throws -> ContactSearchResult {
        // The contacts of one look are a range of numbers, so that neither side of it costs more than the range.
        let lowest = try Int64.fetchOne(
            database, sql: "SELECT id FROM contacts WHERE id < ? ORDER BY id DESC LIMIT 1 OFFSET ?",
            arguments: [upper, searched - 1])
        var all: StatementArguments = ["lowest": lowest ?? 0, "upper": upper, "limit": limit + 1]
        all += StatementArguments(arguments)
        let found = try Row.fetchAll(
            database,
            sql: """
                \(Self.foundColumns) WHERE c.id >= :lowest AND c.id < :upper AND \(isVisible) AND l.state <> 'loading'
                AND \(condition) ORDER BY c.id DESC LIMIT :limit
                """, arguments: all
        ).compactMap(FoundContact.init)
        let contacts = Array(found.prefix(limit))
        let isCut = found.count > limit
        let isMore = try lowest.map {
            try Int.fetchOne(database, sql: "SELECT 1 FROM contacts WHERE id < ? LIMIT 1", arguments: [$0]) != nil
        }
        return ContactSearchResult(
            contacts: contacts, isCut: isCut,
            before: isCut ? contacts.last?.id : isMore == true ? lowest.map(ContactID.init) : nil)
    }

    /// Text in which LIKE's own signs stand for themselves.
    private static func escaped(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("%", with: "\\%").replacing("_", with: "\\_")
    }
}

extension FoundContact {
    fileprivate init?(_ row: Row) {
        guard let state = ContactState(rawValue: row["state"]) else { return nil }
        self.init(
            id: ContactID(row["id"]), campaign: CampaignID(row["campaign_id"]), campaignName: row["campaign"],
            list: row["list"], name: row["name"], number: (row["number"] as Int64?).flatMap(PhoneNumber.init(digits:)),
            state: state)
    }
}
