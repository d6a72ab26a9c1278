import Foundation
import PhoneNumbers

/// Reads a file of numbers, as registries and do-not-call exports are: a column of numbers or several, a table with columns
/// that hold them, or area code and number in two columns, with or without a header.
public struct NumberListReader {
    /// What stood in a number of rows.
    public struct Batch: Sendable {
        /// E.164 digits, in the file's order.
        public var numbers: [Int64] = []
        /// Prefixes written as `+1201*`.
        public var prefixes: [NumberPrefix] = []
        /// Rows that are neither.
        public var problems: [QuarantinedRow] = []
        /// Rows in all, blank ones left out.
        public var rows = 0
        public var bytesRead: Int64 = 0
    }

    private enum Layout {
        /// Every number in these columns.
        case columns([Int])
        /// An area code and the number behind it.
        case joined(Int, Int)
    }

    /// The size of the file; nil for a pipe.
    public let totalBytes: Int64?
    private var reader: CSVReader
    /// Rows that were read to look at them.
    private var ahead = RowsAhead()
    private var rawText: String?
    private var forms = NumberForms()
    private let layout: Layout
    private let region: String
    private let numbers: NumberReader
    private var rows = 0

    /// Opens a file and finds its numbers.
    ///
    /// - Throws: ``ListImportError``.
    public init(file: URL, options: ListOptions, numbers: NumberReader) throws(ListImportError) {
        guard NumberReader.isKnownRegion(options.region) else { throw .unknownRegion(options.region) }
        region = options.region.uppercased()
        self.numbers = numbers
        reader = try CSVReader(file: file, delimiter: options.delimiter, encoding: options.encoding)
        totalBytes = reader.totalBytes
        var row = try reader.next()
        while let blank = row, blank.isBlankLine { row = try reader.next() }
        let raw = row == nil ? "" : reader.rawText
        guard case .fields(let fields)? = row?.content else {
            layout = .columns([0])
            ahead = RowsAhead(row.map { [($0, raw)] } ?? [])
            try learn()
            return
        }
        let texts = fields.map { $0.trimmingWhitespace() }
        if let layout = Self.layout(of: texts, numbers, region), options.overrides.isEmpty {
            self.layout = layout
            ahead = RowsAhead(row.map { [($0, raw)] } ?? [])
        } else if options.hasHeader {
            if options.overrides.isEmpty, let joined = Self.joinedColumns(named: texts) {
                layout = joined
            } else {
                layout = .columns(try ColumnMapping(headers: fields, overrides: options.overrides).phoneColumns)
            }
        } else {
            let columns = options.overrides.filter { $0.value.hasPrefix("phone") }.keys.compactMap(Int.init)
            layout = .columns(columns.isEmpty ? [0] : columns.sorted().map { $0 - 1 })
            ahead = RowsAhead(row.map { [($0, raw)] } ?? [])
        }
        try learn()
    }

    /// Looks at the first rows: together they tell how their digits are meant.
    private mutating func learn() throws(ListImportError) {
        try ahead.fill(to: NumberForms.sample, from: &reader)
        guard case .columns(let columns) = layout else { return }
        for fields in ahead.texts {
            for column in columns where column < fields.count {
                forms.count(SpreadsheetText.shown(fields[column].trimmingWhitespace()), column: column, region: region)
            }
        }
    }

    /// Where the numbers are, if the first row is no header.
    private static func layout(of texts: [String], _ numbers: NumberReader, _ region: String) -> Layout? {
        if texts.count >= 2 {
            let local = texts[1].filter { !" -.".contains($0) }
            if texts[0].count == 3, local.count == 7, (texts[0] + local).allSatisfy({ $0.isASCII && $0.isNumber }) {
                return .joined(0, 1)
            }
        }
        let columns = texts.indices.filter { index in
            numbers.looksLikeNumber(texts[index], region: region) || NumberPrefix(texts[index]) != nil
        }
        return columns.isEmpty ? nil : .columns(columns)
    }

    /// An area code's column and the number's behind it, by their headers.
    private static func joinedColumns(named headers: [String]) -> Layout? {
        let words = headers.map { $0.lowercased().filter(\.isLetter) }
        guard let area = words.firstIndex(where: { ["areacode", "npa", "area"].contains($0) }),
            let number = words.firstIndex(where: {
                ["number", "phone", "phonenumber", "localnumber", "subscriber", "telephone"].contains($0)
            })
        else { return nil }
        return .joined(area, number)
    }

    /// The next rows, at most `limit`; nil at the end.
    ///
    /// - Throws: ``ListImportError/cannotRead(path:reason:)``.
    public mutating func nextBatch(limit: Int = 20_000) throws(ListImportError) -> Batch? {
        var batch = Batch()
        batch.numbers.reserveCapacity(limit)
        while batch.rows < limit, let row = try nextRow() {
            if row.isBlankLine { continue }
            batch.rows += 1
            rows += 1
            read(row, into: &batch)
        }
        batch.bytesRead = reader.bytesRead
        return batch.rows == 0 ? nil : batch
    }

    private mutating func nextRow() throws(ListImportError) -> CSVRow? {
        if let (row, raw) = ahead.take() {
            rawText = raw
            return row
        }
        rawText = nil
        return try reader.next()
    }

    private func read(_ row: CSVRow, into batch: inout Batch) {
        switch row.content {
        case .problem(let problem): report(problem.description, problem.category, row, &batch)
        case .fields(let fields):
            var isEmpty = true
            switch layout {
            case .columns(let columns):
                for column in columns where column < fields.count {
                    let text = fields[column].trimmingWhitespace()
                    if text.isEmpty { continue }
                    isEmpty = false
                    read(text, column: column, in: row, into: &batch)
                }
            case .joined(let area, let number):
                guard max(area, number) < fields.count else { break }
                let text = fields[number].trimmingWhitespace()
                isEmpty = text.isEmpty
                if !isEmpty {
                    read(text, areaCode: fields[area].trimmingWhitespace(), column: number, in: row, into: &batch)
                }
            }
            if isEmpty { report("there is no number in the row", "no number", row, &batch) }
        }
    }

    private func read(
        _ text: String, areaCode: String? = nil, column: Int, in row: CSVRow, into batch: inout Batch
    ) {
        if text.hasSuffix("*") {
            guard let prefix = NumberPrefix(text) else {
                return report(
                    "“\(text.prefix(60))” is no prefix: write a plus, 1 to 14 digits and a star, such as +1201*",
                    "no prefix", row, &batch)
            }
            batch.prefixes.append(prefix)
            return
        }
        let form = forms.form(column: column, region: region)
        if areaCode == nil, let plain = numbers.readPlainly(text, region: region, form: form) {
            batch.numbers.append(plain.number.digits)
            return
        }
        let cell =
            if let areaCode, !areaCode.isEmpty {
                CellNumbers(text, areaCode: areaCode, region: region, form: form, reader: numbers)
            } else {
                CellNumbers(text, region: region, form: form, reader: numbers)
            }
        // Whoever answers there, people or a machine, and whatever the words beside it say: the list holds for it.
        batch.numbers += (cell.numbers + cell.faxes + cell.refused).map(\.number.digits)
        guard let problem = cell.problem, ![.fax, .notToBeCalled].contains(problem) else { return }
        // A number that must never be dialed may well be on the list.
        if let number = PhoneNumber(e164: text.filter { !" -.()".contains($0) }) {
            batch.numbers.append(number.digits)
        } else {
            report("“\(text.prefix(60))” \(problem.predicate(region: region))", problem.category, row, &batch)
        }
    }

    private func report(_ reason: String, _ category: String, _ row: CSVRow, _ batch: inout Batch) {
        batch.problems.append(
            QuarantinedRow(
                row: rows, line: row.line, raw: rawText ?? reader.rawText, reason: reason, category: category))
    }
}
