import Foundation
import PhoneNumbers

/// Reads a list of contacts from a delimited text file, batch by batch, so that a list of any size fits in memory.
public struct ListReader {
    /// What each column is taken for.
    public let mapping: ColumnMapping
    /// The headers of the columns, trimmed, in the file's order.
    public let headers: [String]
    /// The size of the file; nil for a pipe.
    public let totalBytes: Int64?
    /// Bytes that the rows so far have taken: with ``totalBytes``, how far reading is.
    public private(set) var bytesRead: Int64

    private var reader: CSVReader
    private let builder: ContactBuilder
    private var rowsGiven = 0
    /// Blank lines that wait to be given out as empty rows; at the end of the file they are none.
    private var blankLines: Range<Int> = 0..<0
    /// The row behind those blank lines.
    private var rowBehind: CSVRow?

    /// Opens a list and reads its header.
    ///
    /// - Parameters:
    ///   - region: ISO 3166-1 alpha-2: how to read numbers that have no country code in rows that name no country.
    ///   - overrides: from a column's header to a field; see ``ColumnMapping``.
    /// - Throws: ``ListImportError``.
    public init(
        file: URL, region: String, overrides: [String: String] = [:], numbers: NumberReader, atlas: NumberAtlas
    ) throws(ListImportError) {
        guard NumberReader.isKnownRegion(region) else { throw .unknownRegion(region) }
        let path = file.path(percentEncoded: false)
        reader = try CSVReader(file: file)
        headers = try Self.header(of: &reader, path: path)
        mapping = try ColumnMapping(headers: headers, overrides: overrides)
        builder = ContactBuilder(mapping: mapping, region: region.uppercased(), numbers: numbers, atlas: atlas)
        totalBytes = reader.totalBytes
        bytesRead = reader.bytesRead
    }

    /// The next rows, at most `limit` and at least one; nil at the end of the list.
    ///
    /// - Throws: ``ListImportError/cannotRead(path:reason:)``.
    public mutating func nextBatch(limit: Int = 5000) throws(ListImportError) -> [ListRow]? {
        var rows: [ListRow] = []
        while rows.count < max(1, limit), let row = try nextRow() {
            rows.append(row)
        }
        bytesRead = reader.bytesRead
        return rows.isEmpty ? nil : rows
    }

    private mutating func nextRow() throws(ListImportError) -> ListRow? {
        if rowBehind == nil, blankLines.isEmpty { try readAhead() }
        if let line = blankLines.first {
            blankLines.removeFirst()
            rowsGiven += 1
            return .quarantined(QuarantinedRow(row: rowsGiven, line: line, raw: "", reason: "the row is empty"))
        }
        guard let row = rowBehind else { return nil }
        rowBehind = nil
        rowsGiven += 1
        return listRow(of: row)
    }

    /// Finds the next row that is not a blank line, and counts the blank lines before it.
    private mutating func readAhead() throws(ListImportError) {
        var firstBlank: Int?
        while let row = try reader.next() {
            if row.isBlankLine {
                firstBlank = firstBlank ?? row.line
            } else {
                rowBehind = row
                blankLines = (firstBlank ?? row.line)..<row.line
                return
            }
        }
    }

    private func listRow(of row: CSVRow) -> ListRow {
        let reason: String
        switch row.content {
        case .problem(let problem):
            reason = problem.description
        case .fields(let texts):
            do throws(ContactBuilder.Rejection) {
                return .contact(try builder.contact(of: texts, row: rowsGiven, line: row.line))
            } catch {
                reason = error.reason
            }
        }
        return .quarantined(QuarantinedRow(row: rowsGiven, line: row.line, raw: reader.rawText, reason: reason))
    }

    private static func header(of reader: inout CSVReader, path: String) throws(ListImportError) -> [String] {
        while let row = try reader.next() {
            if row.isBlankLine { continue }
            switch row.content {
            case .fields(let texts): return texts.map { $0.trimmingWhitespace() }
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
