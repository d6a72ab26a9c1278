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

    /// A contact from its parts; it needs at least one number.
    public init(
        name: String?, externalID: String?, priority: Int, numbers: [Number], fields: ContactFields = ContactFields(),
        isPlaceStated: Bool = false
    ) {
        self.name = name
        self.externalID = externalID
        self.priority = priority
        self.numbers = numbers
        self.fields = fields
        self.isPlaceStated = isPlaceStated
    }
}

/// A row that is no contact.
public struct NewQuarantinedRow: Sendable, Hashable {
    public var row: Int
    public var line: Int
    public var raw: String
    public var reason: String

    /// A row from its parts.
    public init(row: Int, line: Int, raw: String, reason: String) {
        self.row = row
        self.line = line
        self.raw = raw
        self.reason = reason
    }
}

/// What an import did. read = imported + updated + duplicates + quarantined; suppressed is a part of imported.
public struct ImportCounts: Sendable, Hashable, Codable {
    public var read = 0
    public var imported = 0
    public var updated = 0
    public var duplicates = 0
    public var quarantined = 0
    public var suppressed = 0

    /// Nothing counted.
    public init() {}
}
