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
    private var first: CSVRow?
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
        guard case .fields(let fields)? = row?.content else {
            layout = .columns([0])
            first = row
            return
        }
        let texts = fields.map { $0.trimmingWhitespace() }
        if let layout = Self.layout(of: texts, numbers, region), options.overrides.isEmpty {
            self.layout = layout
            first = row
        } else if options.hasHeader {
            if options.overrides.isEmpty, let joined = Self.joinedColumns(named: texts) {
                layout = joined
            } else {
                layout = .columns(try ColumnMapping(headers: fields, overrides: options.overrides).phoneColumns)
            }
        } else {
            let columns = options.overrides.filter { $0.value.hasPrefix("phone") }.keys.compactMap(Int.init)
            layout = .columns(columns.isEmpty ? [0] : columns.sorted().map { $0 - 1 })
            first = row
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
            (try? numbers.read(texts[index], region: region).get()) != nil || NumberPrefix(texts[index]) != nil
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
        if let row = first {
            first = nil
            return row
        }
        return try reader.next()
    }

    private func read(_ row: CSVRow, into batch: inout Batch) {
        let texts: [String]
        switch row.content {
        case .problem(let problem):
            return report(problem.description, problem.category, row, &batch)
        case .fields(let fields): texts = self.texts(in: fields)
        }
        guard !texts.isEmpty else { return report("there is no number in the row", "no number", row, &batch) }
        for text in texts { read(text, in: row, into: &batch) }
    }

    private func read(_ text: String, in row: CSVRow, into batch: inout Batch) {
        if text.hasSuffix("*") {
            guard let prefix = NumberPrefix(text) else {
                return report(
                    "“\(text.prefix(60))” is no prefix: write a plus, 1 to 14 digits and a star, such as +1201*",
                    "no prefix", row, &batch)
            }
            batch.prefixes.append(prefix)
            return
        }
        switch numbers.read(text, region: region) {
        case .success(let reading): batch.numbers.append(reading.number.digits)
        case .failure(let problem):
            // A number that must never be dialled may well be on the list.
            if let number = PhoneNumber(e164: text.filter { !" -.()".contains($0) }) {
                batch.numbers.append(number.digits)
            } else {
                report("“\(text.prefix(60))” \(problem.predicate(region: region))", problem.category, row, &batch)
            }
        }
    }

    private func report(_ reason: String, _ category: String, _ row: CSVRow, _ batch: inout Batch) {
        batch.problems.append(
            QuarantinedRow(row: rows, line: row.line, raw: reader.rawText, reason: reason, category: category))
    }

    /// What the row's columns of numbers hold, blank ones left out.
    private func texts(in fields: [String]) -> [String] {
        switch layout {
        case .columns(let columns):
            columns.filter { $0 < fields.count }.map { fields[$0].trimmingWhitespace() }.filter { !$0.isEmpty }
        case .joined(let area, let number):
            max(area, number) < fields.count
                ? [fields[area].trimmingWhitespace() + fields[number].trimmingWhitespace()].filter { !$0.isEmpty } : []
        }
    }
}
