/// How a list is to be read.
public struct ListOptions: Sendable, Hashable {
    /// ISO 3166-1 alpha-2: how to read numbers that have no country code in rows that name no country.
    public var region: String
    /// From a column's header (or, without a header, its number from 1) to a field; see ``ColumnMapping``.
    public var overrides: [String: String]
    /// What separates fields; nil: the first line tells.
    public var delimiter: CSVDelimiter?
    /// How characters are written; nil: the file's beginning tells, and a row that is different is read as Windows-1252.
    public var encoding: TextEncoding?
    /// Whether the first row names the columns.
    public var hasHeader: Bool
    /// Whether contacts keep the text of their row.
    public var keepsRawText = false

    /// Options; by default everything is detected.
    public init(
        region: String, overrides: [String: String] = [:], delimiter: CSVDelimiter? = nil,
        encoding: TextEncoding? = nil, hasHeader: Bool = true
    ) {
        self.region = region
        self.overrides = overrides
        self.delimiter = delimiter
        self.encoding = encoding
        self.hasHeader = hasHeader
    }
}
