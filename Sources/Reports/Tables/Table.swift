/// One cell of a report: what it is decides how each format writes it.
public enum Cell: Sendable, Hashable {
    case text(String)
    case integer(Int64)
    /// A number that is read with one place behind the point, such as calls an hour.
    case decimal(Double)
    /// A share from 0 to 1, written as a percentage in tables.
    case share(Double)
    case none

    /// Text, or nothing where it is nil.
    public init(_ text: String?) {
        self = text.map(Cell.text) ?? .none
    }

    /// A number, or nothing where it is nil.
    public init(_ number: Int64?) {
        self = number.map(Cell.integer) ?? .none
    }

    /// A count.
    public init(_ number: Int) {
        self = .integer(Int64(number))
    }
}

/// A report as rows of cells under named columns.
public struct Table: Sendable, Hashable {
    /// Column names as machines read them, such as `ring_ms`.
    public var columns: [String]
    public var rows: [[Cell]]
    /// A last row of totals for people; machines add up by themselves.
    public var totals: [Cell]?

    /// A table from its parts; each row has one cell a column.
    public init(columns: [String], rows: [[Cell]], totals: [Cell]? = nil) {
        self.columns = columns
        self.rows = rows
        self.totals = totals
    }
}
