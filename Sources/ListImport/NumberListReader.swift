import Foundation
import PhoneNumbers

/// Reads a file of numbers, as registries and do-not-call exports are: one column of numbers, a table with a column that
/// holds them, or area code and number in two columns.
public struct NumberListReader {
    /// What stood in a number of rows.
    public struct Batch: Sendable {
        /// E.164 digits, in the file's order.
        public var numbers: [Int64] = []
        /// Prefixes written as `+1201*`, their text.
        public var prefixes: [String] = []
        /// Rows that are neither.
        public var problems: [QuarantinedRow] = []
        /// Rows in all, blank ones left out.
        public var rows = 0
        public var bytesRead: Int64 = 0
    }

    private enum Layout {
        case column(Int)
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
            layout = .column(0)
            first = row
            return
        }
        let texts = fields.map { $0.trimmingWhitespace() }
        if let layout = Self.layout(of: texts, numbers, region), options.overrides.isEmpty {
            self.layout = layout
            first = row
        } else if options.hasHeader {
            let mapping = try ColumnMapping(headers: fields, overrides: options.overrides)
            layout = .column(mapping.phoneColumns.first ?? 0)
        } else {
            let columns = options.overrides.filter { $0.value == "phone" }.keys.compactMap(Int.init)
            layout = .column((columns.first ?? 1) - 1)
            first = row
        }
    }

    /// Where the numbers are, if the first row is no header.
    private static func layout(of texts: [String], _ numbers: NumberReader, _ region: String) -> Layout? {
        if texts.count >= 2, texts[0].count == 3, texts[1].count == 7,
            (texts[0] + texts[1]).allSatisfy({ $0.isASCII && $0.isNumber })
        {
            return .joined(0, 1)
        }
        return texts.firstIndex { text in
            (try? numbers.read(text, region: region).get()) != nil || (text.hasPrefix("+") && text.hasSuffix("*"))
        }.map(Layout.column)
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
        let reason: String
        let category: String
        switch row.content {
        case .problem(let problem): (reason, category) = (problem.description, problem.category)
        case .fields(let fields):
            let text = text(in: fields).trimmingWhitespace()
            if text.hasSuffix("*") {
                batch.prefixes.append(text)
                return
            }
            switch numbers.read(text, region: region) {
            case .success(let reading):
                batch.numbers.append(reading.number.digits)
                return
            case .failure(let problem):
                // A number that must never be dialled may well be on the list.
                if let number = PhoneNumber(e164: text) {
                    batch.numbers.append(number.digits)
                    return
                }
                (reason, category) = ("“\(text.prefix(60))” \(problem.predicate(region: region))", problem.category)
            }
        }
        batch.problems.append(
            QuarantinedRow(row: rows, line: row.line, raw: reader.rawText, reason: reason, category: category))
    }

    private func text(in fields: [String]) -> String {
        switch layout {
        case .column(let column): column < fields.count ? fields[column] : ""
        case .joined(let area, let number):
            max(area, number) < fields.count
                ? fields[area].trimmingWhitespace() + fields[number].trimmingWhitespace() : ""
        }
    }
}
