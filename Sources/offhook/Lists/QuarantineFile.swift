import Foundation
import ListImport

/// Writes the rows that were no contacts as they stand in the file, each behind its reason, so that they can be mended and
/// imported again. The column of reasons is passed over then.
final class QuarantineFile {
    static let column = "offhook problem"

    private let handle: FileHandle
    private let delimiter: String

    init(_ path: String, headerText: String, delimiter: CSVDelimiter) throws {
        guard FileManager.default.createFile(atPath: path, contents: nil) else {
            throw CommandFailure("The quarantine file \(path) cannot be written; check its folder.")
        }
        handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        self.delimiter = String(UnicodeScalar(delimiter.rawValue))
        if !headerText.isEmpty { try write(Self.column, headerText) }
    }

    func add(_ rows: [ListRow]) throws {
        for case .quarantined(let row) in rows {
            try write("\"line \(row.line): \(row.reason.replacingOccurrences(of: "\"", with: "\"\""))\"", row.raw)
        }
    }

    private func write(_ reason: String, _ raw: String) throws {
        try handle.write(contentsOf: Data("\(reason)\(delimiter)\(raw)\r\n".utf8))
    }

    func close() throws {
        try handle.close()
    }
}
