/// Why a list cannot be imported at all. A single bad row is no such error; it is quarantined.
public enum ListImportError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The file is missing, a folder, or not ours to read.
    case cannotOpen(path: String, reason: String)
    /// Reading failed on the way.
    case cannotRead(path: String, reason: String)
    /// The file is of a kind that holds no delimited text, such as a workbook.
    case noText(path: String, kind: String)
    /// The file is an archive that cannot be read; what is wrong with it, behind “The file X”.
    case archive(path: String, problem: String)
    /// The file is a do-not-call registry's, not a list of people.
    case registry(path: String)
    /// The file has no row at all.
    case noHeader(path: String)
    /// The first row cannot be read.
    case unreadableHeader(path: String, line: Int, problem: CSVProblem)
    /// The region to read numbers by has no numbers.
    case unknownRegion(String)
    /// No column holds phone numbers.
    case noPhoneColumn(headers: [String])
    /// The list has more columns than ``ColumnMapping/most``, or more were mapped.
    case tooManyColumns(Int)
    /// A column that was mapped is not in the header; the nearest that are.
    case unknownColumn(String, nearest: [String])
    /// A column that was mapped stands in the header more than once.
    case columnRepeated(String)
    /// A column was mapped to a field that does not exist; the nearest that do.
    case unknownField(String, column: String, nearest: [String])
    /// Several columns were mapped to one field.
    case fieldMappedTwice(field: String, columns: [String])

    /// One sentence: what is wrong, with what, and what to do.
    public var description: String {
        switch self {
        case .cannotOpen(let path, let reason):
            "The list “\(path)” cannot be opened (\(reason)): check the path and its permissions."
        case .cannotRead(let path, let reason):
            "The list “\(path)” could not be read to its end (\(reason)): import it again, what was loaded is recognised."
        case .noText(let path, let kind):
            "The list “\(path)” is \(kind), not a text file: open it and save it as CSV (UTF-8), then import that."
        case .archive(let path, let problem):
            "The file “\(path)” \(problem): unpack it (or, if it is a workbook, save it as CSV (UTF-8)), and import the one file with the numbers."
        case .registry(let path):
            "The file “\(path)” is a do-not-call registry, not a list of people to call: load it with offhook dnc import, or on the page Do not call."
        case .noHeader(let path):
            "The list “\(path)” is empty: there is nothing to import."
        case .unreadableHeader(let path, let line, let problem):
            "The header of “\(path)” in line \(line) cannot be read: \(problem)."
        case .unknownRegion(let region):
            "“\(region)” is not a region that has phone numbers: write a two-letter code of ISO 3166, like US or GB."
        case .noPhoneColumn(let headers) where headers.filter({ !$0.isEmpty }).count == 1:
            "None of the columns holds phone numbers (\(Self.quoted(headers))): if that is a title above the header, take its line "
                + "out; else map the column to phone (--map COLUMN=phone), or say that there is no header where the first row is data (--no-header)."
        case .noPhoneColumn(let headers):
            "None of the columns holds phone numbers (\(Self.quoted(headers))): map the one that does to phone (--map COLUMN=phone)."
        case .tooManyColumns(let count):
            "The list has \(count) columns, and at most \(ColumnMapping.most) are read: take out those that nobody needs."
        case .unknownColumn(let column, let nearest):
            "There is no column “\(column)” to map: the nearest are \(Self.quoted(nearest))."
        case .columnRepeated(let column):
            "The column “\(column)” stands in the header more than once: rename one of them before mapping it."
        case .unknownField(let field, let column, let nearest):
            "The column “\(column)” cannot be mapped to “\(field)”, which is no field: "
                + "the nearest are \(Self.quoted(nearest)); anything else is custom:NAME."
        case .fieldMappedTwice(let field, let columns):
            "The columns \(Self.quoted(columns)) are all mapped to \(field): map only one of them."
        }
    }

    /// The same of a file that its sender calls otherwise than the computer that reads it.
    public func naming(_ name: String) -> ListImportError {
        switch self {
        case .cannotOpen(_, let reason): .cannotOpen(path: name, reason: reason)
        case .cannotRead(_, let reason): .cannotRead(path: name, reason: reason)
        case .noText(_, let kind): .noText(path: name, kind: kind)
        case .archive(_, let problem): .archive(path: name, problem: problem)
        case .registry: .registry(path: name)
        case .noHeader: .noHeader(path: name)
        case .unreadableHeader(_, let line, let problem): .unreadableHeader(path: name, line: line, problem: problem)
        case .unknownRegion, .noPhoneColumn, .tooManyColumns, .unknownColumn, .columnRepeated, .unknownField,
            .fieldMappedTwice:
            self
        }
    }

    private static func quoted(_ names: [String]) -> String {
        // A header may have line ends in it; the sentence has none.
        let shown = names.prefix(20).map { $0.split(whereSeparator: \.isNewline).joined(separator: " ") }
            .map { $0.count > 60 ? "“\($0.prefix(60))…”" : "“\($0)”" }.joined(separator: ", ")
        return names.count > 20 ? shown + " and \(names.count - 20) more" : shown
    }
}
