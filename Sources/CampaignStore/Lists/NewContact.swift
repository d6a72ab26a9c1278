import Campaigns
import PhoneNumbers

/// A contact to store, as a list reader understood it.
public struct NewContact: Sendable, Hashable {
    /// One number in calling order.
    public struct Number: Sendable, Hashable, Codable {
        public var number: PhoneNumber
        public var fileExtension: String?
        public var kind: NumberKind
        public var validity: NumberValidity
        public var area: Area

        /// A number from its parts.
        public init(
            number: PhoneNumber, fileExtension: String?, kind: NumberKind, validity: NumberValidity, area: Area
        ) {
            self.number = number
            self.fileExtension = fileExtension
            self.kind = kind
            self.validity = validity
            self.area = area
        }
    }

    public var name: String?
    public var externalID: String?
    public var priority: Int
    public var numbers: [Number]
    /// Custom fields in file order.
    public var fields: ContactFields
    /// Whether the row said where the person is, so that an update takes its word over what was known.
    public var isPlaceStated: Bool
    /// Whether the row said that the person wants no calls.
    public var isDoNotCall: Bool
    /// Further numbers that it gave then, beside those that may be dialed.
    public var doNotCall: [PhoneNumber] = []

    /// A contact from its parts; it needs at least one number.
    public init(
        name: String?, externalID: String?, priority: Int, numbers: [Number], fields: ContactFields = ContactFields(),
        isPlaceStated: Bool = false, isDoNotCall: Bool = false
    ) {
        self.name = name
        self.externalID = externalID
        self.priority = priority
        self.numbers = numbers
        self.fields = fields
        self.isPlaceStated = isPlaceStated
        self.isDoNotCall = isDoNotCall
    }
}

/// A row that is no contact.
public struct NewQuarantinedRow: Sendable, Hashable {
    public var row: Int
    public var line: Int
    public var raw: String
    public var reason: String
    /// Its numbers, where it said that the person wants no calls.
    public var doNotCall: [PhoneNumber]

    /// A row from its parts.
    public init(row: Int, line: Int, raw: String, reason: String, doNotCall: [PhoneNumber] = []) {
        self.row = row
        self.line = line
        self.raw = raw
        self.reason = reason
        self.doNotCall = doNotCall
    }
}

/// What an import did. read = imported + updated + duplicates + quarantined; suppressed is a part of imported.
public struct ImportCounts: Sendable, Hashable, Encodable {
    public var read = 0
    public var imported = 0
    public var updated = 0
    public var duplicates = 0
    public var quarantined = 0
    public var suppressed = 0
    /// Rows that say that the person wants no calls, whatever became of them.
    public var doNotCall = 0
    /// Those of them that say neither yes nor no, which counts as yes.
    public var doNotCallUnclear = 0
    /// Those of them without a number that can be read.
    public var doNotCallUnread = 0
    /// Do-not-call entries that are new by the import; contacts, where the wish holds for the contact alone.
    public var doNotCallEntries = 0
    /// Contacts that say so in a column that is taken for something else: they are called.
    public var letThrough = 0

    /// Nothing counted.
    public init() {}

    /// As scripts read them.
    enum CodingKeys: String, CodingKey {
        case read, imported, updated, duplicates, quarantined, suppressed
        case doNotCall = "do_not_call"
        case doNotCallUnclear = "do_not_call_unclear"
        case doNotCallUnread = "do_not_call_unread"
        case doNotCallEntries = "do_not_call_entries"
        case letThrough = "let_through"
    }

    /// The six plain counts always; what is said of opt-outs where it is not zero.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        let plain = [
            (CodingKeys.read, read), (.imported, imported), (.updated, updated), (.duplicates, duplicates),
            (.quarantined, quarantined), (.suppressed, suppressed),
        ]
        for (key, count) in plain { try values.encode(count, forKey: key) }
        let wishes = [
            (CodingKeys.doNotCall, doNotCall), (.doNotCallUnclear, doNotCallUnclear),
            (.doNotCallUnread, doNotCallUnread),
            (.doNotCallEntries, doNotCallEntries), (.letThrough, letThrough),
        ]
        for (key, count) in wishes where count > 0 { try values.encode(count, forKey: key) }
    }
}
