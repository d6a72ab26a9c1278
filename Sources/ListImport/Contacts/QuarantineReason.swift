/// How a file of quarantined rows tells its reasons, so that the file can be read again as the list was.
public enum QuarantineReason {
    /// The header of the column of reasons, which is the first.
    public static let header = "offhook problem"
    /// What a reason begins with in a file without a header: such a first field is no part of the row.
    public static let mark = "offhook problem: "

    /// The row without its reason, in a file without a header.
    static func removed(from row: CSVRow) -> CSVRow {
        guard case .fields(let fields) = row.content, let first = fields.first, first.hasPrefix(mark) else {
            return row
        }
        var bare = row
        bare.content = .fields(Array(fields.dropFirst()))
        return bare
    }
}
