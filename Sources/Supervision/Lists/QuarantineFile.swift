import Foundation
import ListImport

/// Writes the rows that were no contacts as they stand in the file, each behind its reason, so that they can be mended and
/// imported again with the same options: the reader passes over the reasons, and the byte-order mark beats `--encoding`.
public final class QuarantineFile {
    private let file: OutputFile
    private let delimiter: String
    private let hasHeader: Bool

    /// A file that is not whole yet.
    ///
    /// - Throws: `SupervisionError` where it cannot be written, or is the file that is read.
    public init(_ path: String, of list: ListReading, reading input: String) throws {
        file = try OutputFile(path, inputs: [input])
        delimiter = String(UnicodeScalar(list.delimiter.rawValue))
        hasHeader = !list.headerText.isEmpty
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
        try file.write("\(reason)\(delimiter)\(raw)\r\n")
    }

    /// Gives the file its name.
    public func close() throws { try file.close() }
}
