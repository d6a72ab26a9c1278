import Foundation
import ListImport

/// Writes the rows that were no contacts as they stand in the file, each behind its reason, so that they can be corrected and
/// imported again with the same options: the reader passes over the reasons, and the byte-order mark beats `--encoding`. Cells that
/// a spreadsheet would run have an apostrophe in front, which the reader takes away.
public final class QuarantineFile {
    private let file: OutputFile
    private let delimiter: CSVDelimiter
    private let hasHeader: Bool
    /// Whether the list that is read was written so itself.
    private let comesFromQuarantine: Bool

    /// A file that is not whole yet.
    ///
    /// - Throws: `SupervisionError` where it cannot be written, or is the file that is read.
    public init(_ path: String, of list: ListReading, reading input: String) throws {
        file = try OutputFile(path, inputs: [input])
        delimiter = list.delimiter
        hasHeader = !list.headerText.isEmpty
        comesFromQuarantine = list.headers.first == QuarantineReason.header
        try file.write("\u{FEFF}")
        if hasHeader { try write(QuarantineReason.header, list.headerText) }
    }

    /// Takes the rows of a batch that are no contacts.
    public func add(_ rows: [ListRow]) throws {
        for case .quarantined(let row) in rows {
            let reason = "line \(row.line): \(row.reason)"
            let text = hasHeader ? reason : QuarantineReason.mark + reason
            try write("\"\(text.replacingOccurrences(of: "\"", with: "\"\""))\"", row.raw)
        }
    }

    private func write(_ reason: String, _ raw: String) throws {
        let isGuarded = comesFromQuarantine || QuarantineReason.isMarked(raw)
        let row = SpreadsheetRow.guarded(raw, delimiter: delimiter, isGuarded: isGuarded)
        try file.write("\(reason)\(UnicodeScalar(delimiter.rawValue))\(row)\r\n")
    }

    /// Gives the file its name.
    public func close() throws { try file.close() }
}
