/// How many rows of a list say that the person wants no calls, and how many say so where nobody heeds it.
public struct OptOutTally: Sendable, Hashable {
    /// Rows that are flagged, contacts and quarantined ones.
    public var flagged = 0
    /// Those of them whose cell is neither yes nor no; it counts as yes.
    public var unclear = 0
    /// What such a cell says, the first of them.
    public var unclearExample: String?
    /// Flagged rows without a number that can be read: nothing could go on the do-not-call list.
    public var withoutNumber = 0
    /// Contacts that say so in a column that is taken for something else, by the column's place from 0.
    public var letThrough: [Int: Int] = [:]
    /// Contacts that say so in any such column.
    public var peopleLetThrough = 0

    /// Nothing counted.
    public init() {}
}

/// What a row says.
struct RowWish {
    var isFlagged = false
    /// A cell that is neither yes nor no.
    var unclear: String?
    /// Columns that say so and are taken for something else.
    var unheeded: [Int] = []
}
