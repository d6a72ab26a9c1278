import PhoneNumbers

/// A row of a list that is a contact. Whether it is new, or one that is known, the store decides.
public struct ContactCandidate: Sendable, Hashable {
    /// The row's place in the list, 1 being the first behind the header.
    public var row: Int
    /// The physical line of the file where the row begins, from 1.
    public var line: Int
    /// The whole name; made of first and last name if the list has no column for it.
    public var name: String?
    /// The contact's identity in the system that the list came from.
    public var externalID: String?
    /// Higher ones are called first; 0 if the list does not say.
    public var priority: Int
    /// 1...10 numbers in calling order, all different.
    public var numbers: [NumberEntry]
    /// Everything else that the row says, in the file's order: columns that were not recognised, and first and last name, state,
    /// postal code, time zone and country. Empty ones are left out. A text in a phone column that is no number to dial stands here
    /// under “COLUMN (not dialable)”.
    public var fields: [ContactField]
    /// Whether the row says where the person is, by state, postal code or time zone.
    public var isPlaceStated = false
    /// Whether the row says that the person wants no calls.
    public var isDoNotCall = false
    /// All numbers of such a row, also those that are not dialed.
    public var doNotCall: [PhoneNumber] = []
    /// What the row says and nobody can use.
    public var remarks: [RowRemark] = []
    /// The row as it stands in the file; empty unless ``ListOptions/keepsRawText`` is set.
    public var raw = ""

    /// A candidate from its parts.
    public init(
        row: Int, line: Int, name: String?, externalID: String?, priority: Int, numbers: [NumberEntry],
        fields: [ContactField]
    ) {
        self.row = row
        self.line = line
        self.name = name
        self.externalID = externalID
        self.priority = priority
        self.numbers = numbers
        self.fields = fields
    }
}
