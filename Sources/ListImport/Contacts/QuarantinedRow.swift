import PhoneNumbers

/// A row of a list that is no contact, kept so that it can be corrected.
public struct QuarantinedRow: Sendable, Hashable {
    /// The row's place in the list, 1 being the first behind the header.
    public var row: Int
    /// The physical line of the file where the row begins, from 1.
    public var line: Int
    /// The row's text as it stands in the file; see ``CSVReader/rawText``.
    public var raw: String
    /// Why it is no contact, in words.
    public var reason: String
    /// The kind of the problem, the same words for all rows that have it.
    public var category: String
    /// The numbers that the row has, where it says that the person wants no calls.
    public var doNotCall: [PhoneNumber] = []

    /// A quarantined row from its parts.
    public init(row: Int, line: Int, raw: String, reason: String, category: String) {
        self.row = row
        self.line = line
        self.raw = raw
        self.reason = reason
        self.category = category
    }
}
