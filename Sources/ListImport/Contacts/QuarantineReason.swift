import PhoneNumbers

/// How a file of quarantined rows tells its reasons, so that the file can be read again as the list was.
public enum QuarantineReason {
    /// The header of the column of reasons, which is the first.
    public static let header = "offhook problem"
    /// What a reason begins with in a file without a header: such a first field is no part of the row.
    public static let mark = "offhook problem: "

    /// Whether a row's text comes from a file of quarantined rows without a header: its cells have their apostrophes already.
    public static func isMarked(_ raw: String) -> Bool { raw.drop { $0 == "\"" }.hasPrefix(mark) }

    /// The row without its reason, in a file without a header.
    static func removed(from row: CSVRow) -> CSVRow {
        guard case .fields(let fields) = row.content, let first = fields.first, first.hasPrefix(mark) else {
            return row
        }
        var bare = row
        bare.content = .fields(fields.dropFirst().map(SpreadsheetCell.original))
        return bare
    }

    /// The row as it stood in the list, in a file with a header: without the apostrophes for spreadsheets.
    static func original(of row: CSVRow) -> CSVRow {
        guard case .fields(let fields) = row.content else { return row }
        var original = row
        original.content = .fields(fields.map(SpreadsheetCell.original))
        return original
    }
}
