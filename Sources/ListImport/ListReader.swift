import Foundation
import PhoneNumbers

/// Reads a list of contacts from a delimited text file, batch by batch, so that a list of any size fits in memory.
public struct ListReader {
    /// What each column is taken for.
    public let mapping: ColumnMapping
    /// The headers of the columns, trimmed, in the file's order.
    public let headers: [String]
    /// The header as it stands in the file; empty where there is none.
    public private(set) var headerText = ""
    /// The size of the file; nil for a pipe.
    public let totalBytes: Int64?
    /// Bytes that the rows so far have taken: with ``totalBytes``, how far reading is.
    public private(set) var bytesRead: Int64

    private var reader: CSVReader
    /// Rows that were read to look at them, with their raw text.
    private var ahead = RowsAhead()
    private var rawText = ""
    private var builder: ContactBuilder
    private var optOutColumns: OptOutColumns
    /// What the rows so far say of people who want no calls.
    public private(set) var optOuts = OptOutTally()
    private let keepsRawText: Bool
    private let hasHeader: Bool
    /// Whether it is a file of quarantined rows, with a header.
    private let isQuarantine: Bool
    private var rowsGiven = 0
    /// Blank lines that wait to be given out as empty rows; at the end of the file they are none.
    private var blankLines: Range<Int> = 0..<0
    /// The row behind those blank lines.
    private var rowBehind: CSVRow?

    /// Opens a list and reads its header, or, where it has none, enough rows to tell which columns hold numbers.
    ///
    /// - Throws: ``ListImportError``.
    public init(
        file: URL, options: ListOptions, numbers: NumberReader, atlas: NumberAtlas
    ) throws(ListImportError) {
        guard NumberReader.isKnownRegion(options.region) else { throw .unknownRegion(options.region) }
        let path = file.path(percentEncoded: false)
        let region = options.region.uppercased()
        var reader = try CSVReader(file: file, delimiter: options.delimiter, encoding: options.encoding)
        if reader.isRegistryXML { throw .registry(path: path) }
        if options.hasHeader {
            let found = try Self.header(of: &reader, path: path)
            headerText = reader.rawText
            isQuarantine = found.first == QuarantineReason.header
            headers = isQuarantine ? found.map(SpreadsheetCell.original) : found
            mapping = try ColumnMapping(headers: headers, overrides: options.overrides)
        } else {
            let sample = try HeaderlessSample(&reader, path: path)
            ahead = RowsAhead(sample.rows)
            headers = sample.headers
            isQuarantine = false
            mapping = try ColumnMapping(
                headers: headers, overrides: sample.overrides(options.overrides, region: region, numbers: numbers))
        }
        let hasReasons = isQuarantine
        try ahead.fill(to: NumberForms.sample, from: &reader) { row in
            options.hasHeader
                ? (hasReasons ? QuarantineReason.original(of: row) : row) : QuarantineReason.removed(from: row)
        }
        self.reader = reader
        keepsRawText = options.keepsRawText
        hasHeader = options.hasHeader
        builder = ContactBuilder(mapping: mapping, region: region, numbers: numbers, atlas: atlas)
        optOutColumns = OptOutColumns(mapping)
        for texts in ahead.texts { builder.learn(texts) }
        totalBytes = reader.totalBytes
        bytesRead = reader.bytesRead
    }

    /// Opens a list with a header, everything else detected; see ``init(file:options:numbers:atlas:)``.
    public init(
        file: URL, region: String, overrides: [String: String] = [:], numbers: NumberReader, atlas: NumberAtlas
    ) throws(ListImportError) {
        try self.init(
            file: file, options: ListOptions(region: region, overrides: overrides), numbers: numbers, atlas: atlas)
    }

    /// How the file's characters are written.
    public var encoding: TextEncoding { reader.encoding }

    /// What separates its fields.
    public var delimiter: CSVDelimiter { reader.delimiter }

    /// Rows that were no UTF-8 in a file that is, and were read as Windows-1252.
    public var rowsReadAsWindows1252: Int { reader.rowsReadAsWindows1252 }

    /// Bytes of raw text that a batch holds at most, beside its last row's.
    private static let longestRawBatch = 16 << 20

    /// The next rows, at most `limit` and at least one; nil at the end of the list.
    ///
    /// - Throws: ``ListImportError/cannotRead(path:reason:)``.
    public mutating func nextBatch(limit: Int = 5000) throws(ListImportError) -> [ListRow]? {
        var rows: [ListRow] = []
        var rawBytes = 0
        while rows.count < max(1, limit), rawBytes < Self.longestRawBatch, let row = try nextRow() {
            rows.append(row)
            switch row {
            case .quarantined(let bad): rawBytes += bad.raw.utf8.count
            case .contact(let contact): rawBytes += contact.raw.utf8.count
            }
        }
        bytesRead = reader.bytesRead
        return rows.isEmpty ? nil : rows
    }

    private mutating func nextRow() throws(ListImportError) -> ListRow? {
        if rowBehind == nil, blankLines.isEmpty { try readAhead() }
        if let line = blankLines.first {
            blankLines.removeFirst()
            rowsGiven += 1
            return .quarantined(
                QuarantinedRow(row: rowsGiven, line: line, raw: "", reason: "the row is empty", category: "empty row"))
        }
        guard let row = rowBehind else { return nil }
        rowBehind = nil
        rowsGiven += 1
        return listRow(of: row)
    }

    /// Finds the next row that is not a blank line, and counts the blank lines before it.
    private mutating func readAhead() throws(ListImportError) {
        var firstBlank: Int?
        while let row = try nextCSVRow() {
            if row.isBlankLine {
                firstBlank = firstBlank ?? row.line
            } else {
                rowBehind = row
                blankLines = (firstBlank ?? row.line)..<row.line
                return
            }
        }
    }

    private mutating func nextCSVRow() throws(ListImportError) -> CSVRow? {
        if let (row, raw) = ahead.take() {
            rawText = raw
            return row
        }
        rawText = ""
        let row = try reader.next()
        guard hasHeader else { return row.map(QuarantineReason.removed) }
        return isQuarantine ? row.map(QuarantineReason.original) : row
    }

    private mutating func listRow(of row: CSVRow) -> ListRow {
        let reason: String
        let category: String
        var suppressed: [PhoneNumber] = []
        switch row.content {
        case .problem(let problem):
            reason = problem.description
            category = problem.category
        case .fields(let texts):
            let wish = optOutColumns.wish(in: texts)
            do throws(ContactBuilder.Rejection) {
                var contact = try builder.contact(of: texts, row: rowsGiven, line: row.line)
                if keepsRawText { contact.raw = rawText.isEmpty ? reader.rawText : rawText }
                if wish.isFlagged {
                    contact.isDoNotCall = true
                    contact.doNotCall = builder.numbersToSuppress(in: texts)
                }
                count(wish, isContact: true, hasNumber: true)
                return .contact(contact)
            } catch {
                reason = error.reason
                category = error.category
                if wish.isFlagged { suppressed = builder.numbersToSuppress(in: texts) }
                count(wish, isContact: false, hasNumber: !suppressed.isEmpty)
            }
        }
        let raw = rawText.isEmpty ? reader.rawText : rawText
        let isCut = raw.utf8.count > CSVReader.longestRawText
        var bad = QuarantinedRow(
            row: rowsGiven, line: row.line, raw: raw,
            reason: isCut ? "\(reason) (the row is longer than 1 MiB and is kept cut)" : reason, category: category)
        bad.doNotCall = suppressed
        return .quarantined(bad)
    }

    private mutating func count(_ wish: RowWish, isContact: Bool, hasNumber: Bool) {
        if wish.isFlagged {
            optOuts.flagged += 1
            if let unclear = wish.unclear {
                optOuts.unclear += 1
                optOuts.unclearExample = optOuts.unclearExample ?? unclear
            }
            if !hasNumber { optOuts.withoutNumber += 1 }
        } else if isContact, !wish.unheeded.isEmpty {
            optOuts.peopleLetThrough += 1
            for column in wish.unheeded { optOuts.letThrough[column, default: 0] += 1 }
        }
    }

    private static func header(of reader: inout CSVReader, path: String) throws(ListImportError) -> [String] {
        while let row = try reader.next() {
            if row.isBlankLine { continue }
            switch row.content {
            case .fields(let texts): return texts.map { SpreadsheetText.shown($0.trimmingWhitespace()) }
            case .problem(let problem): throw .unreadableHeader(path: path, line: row.line, problem: problem)
            }
        }
        throw .noHeader(path: path)
    }
}

extension Range<Int> {
    fileprivate mutating func removeFirst() {
        self = (lowerBound + 1)..<upperBound
    }
}
