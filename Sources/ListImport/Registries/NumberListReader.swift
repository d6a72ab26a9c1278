import Foundation
import PhoneNumbers

/// Reads a file of numbers, as registries and do-not-call exports are: a column of numbers or several, a table with columns
/// that hold them, or area code and number in two columns, with or without a header.
///
/// Where a column says which rows are meant, as in a list of contacts or a result of washing, only these are taken. A list of changes
/// adds numbers and takes others off.
public struct NumberListReader {
    /// What stood in a number of rows.
    public struct Batch: Sendable {
        /// E.164 digits, in the file's order.
        public var numbers: [Int64] = []
        /// Prefixes written as `+1201*`.
        public var prefixes: [NumberPrefix] = []
        /// Numbers that a list of changes takes off, E.164 digits; of several rows with one number, the last says what holds.
        public var removed: [Int64] = []
        /// What the last row with a number says in a list of changes: whether it takes it off.
        fileprivate var changes: [Int64: Bool] = [:]
        /// Rows that are neither.
        public var problems: [QuarantinedRow] = []
        /// Rows that are not meant: their column of flags says no.
        public var unflagged = 0
        /// Rows whose flag says neither yes nor no, which counts as yes.
        public var unclear = 0
        /// Rows in all, blank ones left out.
        public var rows = 0
        public var bytesRead: Int64 = 0
    }

    /// The size of the file; nil for a pipe.
    public let totalBytes: Int64?
    /// Columns that say which rows are meant; empty where all are.
    public var flagColumns: [String] { layout.flags.map(\.name) }
    /// The column that tells additions from removals; nil where the file is no list of changes.
    public var changeColumn: String? { layout.change.map { _ in layout.changeName } }

    /// Rows that are looked at before the first is taken.
    private static let sampleSize = 200

    private var reader: CSVReader
    private var ahead: ArraySlice<(row: CSVRow, raw: String)>
    /// How the digits of each column are meant, by its first rows together.
    private var forms = NumberForms()
    private let layout: NumberListLayout
    private let region: String
    private let numbers: NumberReader
    private var rows = 0

    /// Opens a file and finds its numbers.
    ///
    /// - Throws: ``ListImportError``.
    public init(file: URL, options: ListOptions, numbers: NumberReader) throws(ListImportError) {
        guard NumberReader.isKnownRegion(options.region) else { throw .unknownRegion(options.region) }
        let region = options.region.uppercased()
        self.region = region
        self.numbers = numbers
        var reader = try CSVReader(file: file, delimiter: options.delimiter, encoding: options.encoding)
        totalBytes = reader.totalBytes
        var ahead: [(row: CSVRow, raw: String)] = []
        while ahead.count < Self.sampleSize, let row = try reader.next() {
            if !row.isBlankLine { ahead.append((row, reader.rawText)) }
        }
        let texts = ahead.map { Self.texts(of: $0.row) }
        var headers: [String]?
        if let first = texts.first ?? nil, options.hasHeader, !reader.isRegistryXML {
            let isData =
                options.overrides.isEmpty
                && first.contains { numbers.looksLikeNumber($0, region: region) || NumberPrefix($0) != nil }
            let isJoined = options.overrides.isEmpty && Self.isJoined(first)
            if !isData, !isJoined { headers = first }
        }
        if headers != nil { ahead.removeFirst() }
        layout = try NumberListLayout(
            headers: headers, sample: (headers == nil ? texts : Array(texts.dropFirst())).compactMap { $0 },
            options: options, numbers: numbers, region: region, isFromXML: reader.isRegistryXML)
        self.reader = reader
        self.ahead = ahead[...]
        guard case .columns(let columns) = layout.numbers else { return }
        for fields in texts.compactMap({ $0 }) {
            for column in columns where column < fields.count {
                forms.count(SpreadsheetText.shown(fields[column]), column: column, region: region)
            }
        }
    }

    private static func texts(of row: CSVRow) -> [String]? {
        guard case .fields(let fields) = row.content else { return nil }
        return fields.map { $0.trimmingWhitespace() }
    }

    private static func isJoined(_ texts: [String]) -> Bool {
        guard texts.count >= 2, texts[0].count == 3 else { return false }
        let local = texts[1].filter { !" -.".contains($0) }
        return local.count == 7 && (texts[0] + local).allSatisfy { $0.isASCII && $0.isNumber }
    }

    /// The next rows, at most `limit`; nil at the end.
    ///
    /// - Throws: ``ListImportError/cannotRead(path:reason:)``.
    public mutating func nextBatch(limit: Int = 20_000) throws(ListImportError) -> Batch? {
        var batch = Batch()
        batch.numbers.reserveCapacity(limit)
        while batch.rows < limit, let (row, raw) = try nextRow() {
            if row.isBlankLine { continue }
            batch.rows += 1
            rows += 1
            read(row, raw, into: &batch)
        }
        batch.numbers += batch.changes.filter { !$0.value }.keys
        batch.removed = batch.changes.filter(\.value).map(\.key)
        batch.changes.removeAll()
        batch.bytesRead = reader.bytesRead
        return batch.rows == 0 ? nil : batch
    }

    private mutating func nextRow() throws(ListImportError) -> (CSVRow, raw: String?)? {
        if let (row, raw) = ahead.popFirst() { return (row, raw) }
        return try reader.next().map { ($0, nil) }
    }

    private func read(_ row: CSVRow, _ raw: String?, into batch: inout Batch) {
        let fields: [String]
        switch row.content {
        case .problem(let problem):
            return report(problem.description, problem.category, row, raw, &batch)
        case .fields(let texts): fields = texts
        }
        guard isMeant(fields, &batch) else {
            batch.unflagged += 1
            return
        }
        let isRemoval =
            layout.change.map {
                $0 < fields.count && ChangeWord.isRemoval(fields[$0].trimmingWhitespace()) == true
            } ?? false
        let cells = cells(in: fields)
        guard !cells.isEmpty else { return report("there is no number in the row", "no number", row, raw, &batch) }
        for cell in cells { read(cell, isRemoval: isRemoval, in: row, raw, into: &batch) }
    }

    /// Whether one of its flags says that the row is meant; every row is, where there are no flags.
    private func isMeant(_ fields: [String], _ batch: inout Batch) -> Bool {
        guard !layout.flags.isEmpty else { return true }
        var isMeant = false
        for flag in layout.flags where flag.index < fields.count {
            let answer =
                switch flag.kind {
                case .status: OptOutAnswer(status: fields[flag.index])
                case .permission: OptOutAnswer(permission: fields[flag.index])
                default: OptOutAnswer(flag: fields[flag.index])
                }
            if answer == .yes { return true }
            if answer == .unclear { isMeant = true }
        }
        if isMeant { batch.unclear += 1 }
        return isMeant
    }

    private func read(_ cell: Cell, isRemoval: Bool, in row: CSVRow, _ raw: String?, into batch: inout Batch) {
        let text = cell.text
        if text.hasSuffix("*") {
            guard let prefix = NumberPrefix(text) else {
                return report(
                    "“\(text.prefix(60))” is no prefix: write a plus, 1 to 14 digits and a star, such as +1201*",
                    "no prefix", row, raw, &batch)
            }
            guard !isRemoval else {
                return report(
                    "“\(text.prefix(60))” is a prefix, which a list of changes cannot take off: remove it by itself",
                    "prefix to take off", row, raw, &batch)
            }
            batch.prefixes.append(prefix)
            return
        }
        let form = forms.form(column: cell.column, region: region)
        if cell.areaCode == nil, let plain = numbers.readPlainly(text, region: region, form: form) {
            return take(plain.number.digits, isRemoval, &batch)
        }
        let found =
            if let area = cell.areaCode {
                CellNumbers(text, areaCode: area, region: region, form: form, reader: numbers)
            } else {
                CellNumbers(text, region: region, form: form, reader: numbers)
            }
        // Whoever answers there, people or a machine, and whatever the words beside it say: the list holds for it.
        for reading in found.numbers + found.faxes + found.refused { take(reading.number.digits, isRemoval, &batch) }
        guard let problem = found.problem, ![.fax, .notToBeCalled].contains(problem) else { return }
        // A number that must never be dialed may well be on the list.
        if let number = PhoneNumber(e164: text.filter { !" -.()".contains($0) }) {
            take(number.digits, isRemoval, &batch)
        } else {
            report("“\(text.prefix(60))” \(problem.predicate(region: region))", problem.category, row, raw, &batch)
        }
    }

    private func take(_ digits: Int64, _ isRemoval: Bool, _ batch: inout Batch) {
        if layout.change == nil { batch.numbers.append(digits) } else { batch.changes[digits] = isRemoval }
    }

    private func report(
        _ reason: String, _ category: String, _ row: CSVRow, _ raw: String?, _ batch: inout Batch
    ) {
        batch.problems.append(
            QuarantinedRow(row: rows, line: row.line, raw: raw ?? reader.rawText, reason: reason, category: category))
    }

    /// A text that is to be a number.
    private struct Cell {
        var text: String
        var column: Int
        /// What stands in a column of area codes beside it.
        var areaCode: String?
    }

    /// What the row's columns of numbers hold, blank ones left out.
    private func cells(in fields: [String]) -> [Cell] {
        switch layout.numbers {
        case .columns(let columns):
            return columns.filter { $0 < fields.count }
                .map { Cell(text: fields[$0].trimmingWhitespace(), column: $0) }.filter { !$0.text.isEmpty }
        case .joined(let area, let number):
            guard max(area, number) < fields.count else { return [] }
            let text = fields[number].trimmingWhitespace()
            let code = fields[area].trimmingWhitespace()
            return text.isEmpty ? [] : [Cell(text: text, column: number, areaCode: code.isEmpty ? nil : code)]
        }
    }
}
