import Foundation

/// Reads the rows of a delimited text file one after the other, in constant memory: RFC 4180 quoting, CRLF, LF or CR; UTF-8,
/// UTF-16 or Windows-1252, with a byte-order mark or without; a comma, semicolon, tab or bar between fields, as its first
/// line shows or (Excel's `sep=;`) says.
///
/// A row that cannot be read becomes a row with a problem, and reading goes on at the line after the one where its faulty
/// field begins. So a forgotten quote costs one row, not the rest of the file.
public struct CSVReader {
    /// Bytes in a field at most: 1 MiB.
    public static let longestField = 1 << 20
    /// Bytes in a row before its last field at most: 8 MiB.
    public static let longestRow = 8 << 20
    /// Bytes of a row that ``rawText`` keeps at most: 1 MiB.
    public static let longestRawText = 1 << 20

    /// How the file's characters are written.
    public let encoding: TextEncoding
    /// What separates its fields.
    public let delimiter: CSVDelimiter
    /// Rows that were no UTF-8 in a file that is, and were read as Windows-1252.
    public private(set) var rowsReadAsWindows1252 = 0

    private var window: ByteWindow
    private let bytes: DecodedBytes
    private var scanner: CSVScanner
    private var rowsRead = 0
    private var line = 1
    /// The bytes of the last row that still stand in the window, and how many of them are its text.
    private var lastRowLength = 0
    private var lastTextLength = 0
    /// The text of the last row, if its bytes are gone already.
    private var skippedText: String?
    /// Whether the last row was no UTF-8 and was read as Windows-1252.
    private var lastFellBack = false
    /// A CR was the last byte when a line was skipped: an LF that comes next belongs to it.
    private var dropsLineFeed = false

    /// Opens a file.
    ///
    /// - Parameters:
    ///   - delimiter: nil: the first line tells.
    ///   - encoding: nil: the file's beginning tells.
    /// - Throws: ``ListImportError/cannotOpen(path:reason:)`` or ``ListImportError/cannotRead(path:reason:)``.
    public init(
        file: URL, delimiter: CSVDelimiter? = nil, encoding: TextEncoding? = nil
    ) throws(ListImportError) {
        try self.init(source: try FileBytes(file), delimiter: delimiter, encoding: encoding)
    }

    init(
        source: any ByteSource, delimiter: CSVDelimiter? = nil, encoding: TextEncoding? = nil
    ) throws(ListImportError) {
        bytes = try DecodedBytes(source, encoding: encoding)
        self.encoding = bytes.encoding
        var window = ByteWindow(bytes.isRegistryXML ? RegistryXML(bytes) : bytes)
        while window.count < ByteWindow.chunkSize / 2, try window.extend() {}
        let said = window.withBytes(CSVDelimiter.declared)
        if let said {
            window.advance(said.length)
            line = 2
        }
        self.delimiter = delimiter ?? said?.delimiter ?? window.withBytes(CSVDelimiter.guess)
        scanner = CSVScanner(delimiter: self.delimiter)
        self.window = window
    }

    /// Bytes of the file that the rows so far have taken.
    public var bytesRead: Int64 {
        encoding == .utf8 && !bytes.isRegistryXML
            ? bytes.markLength + window.bytesPassed + Int64(lastRowLength) : bytes.bytesTaken
    }

    /// The size of the file, unpacked; nil for a pipe, and where an archive does not say.
    public var totalBytes: Int64? { bytes.fileBytes }

    /// Whether the rows are those of a do-not-call registry's XML: area code, number, and A or D where it is a list of changes.
    var isRegistryXML: Bool { bytes.isRegistryXML }

    /// The text of the last row as it stands in the file, without its line break, cut after ``longestRawText`` bytes. A row
    /// that was read as Windows-1252 is shown so; in any other, bytes that are no UTF-8 show as U+FFFD.
    public var rawText: String {
        skippedText
            ?? window.withBytes { bytes in
                let text = bytes[..<lastTextLength]
                guard lastFellBack else { return Self.rawText(text) }
                return Windows1252.text(text.prefix(Self.longestRawText))
                    + (text.count > Self.longestRawText ? "…" : "")
            }
    }

    /// The next row; nil at the end.
    ///
    /// - Throws: ``ListImportError/cannotRead(path:reason:)``.
    public mutating func next() throws(ListImportError) -> CSVRow? {
        try releaseLastRow()
        var progress = window.scan(with: &scanner)
        while case .needsMore = progress {
            if try window.extend() {
                progress = window.scan(with: &scanner)
            } else if window.count == 0 {
                return nil
            } else {
                progress = scanner.finish()
            }
        }
        rowsRead += 1
        let start = line
        switch progress {
        case .needsMore:
            return nil
        case .complete(let end):
            return row(startingAt: start, end: end)
        case .failed(let problem, let resumeAfter):
            try skipLine(of: resumeAfter)
            return CSVRow(number: rowsRead, line: start, content: .problem(problem), isBlankLine: false)
        }
    }

    private mutating func releaseLastRow() throws(ListImportError) {
        window.advance(lastRowLength)
        lastRowLength = 0
        lastTextLength = 0
        skippedText = nil
        lastFellBack = false
        scanner.reset()
        guard dropsLineFeed else { return }
        dropsLineFeed = false
        if window.count == 0 { _ = try window.extend() }
        if window.withBytes({ $0.first == UInt8(ascii: "\n") }) { window.advance(1) }
    }

    private mutating func row(startingAt start: Int, end: Int) -> CSVRow {
        line += 1 + scanner.innerLineBreaks
        lastRowLength = end
        let fields = scanner.fields
        // In a file whose encoding nobody named, a row that is no UTF-8 came from elsewhere.
        let fallsBack = self.bytes.isDetected && encoding == .utf8
        let (read, textLength, isBlank) = window.withBytes { bytes in
            let text = Self.withoutLineBreak(bytes[..<end])
            let isBlank = fields.count == 1 && text.allSatisfy { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
            return (CSVFieldText.content(of: fields, in: bytes, fallsBack: fallsBack), text.count, isBlank)
        }
        let content = read.content
        if read.fellBack { rowsReadAsWindows1252 += 1 }
        lastFellBack = read.fellBack
        lastTextLength = textLength
        return CSVRow(number: rowsRead, line: start, content: content, isBlankLine: isBlank)
    }

    /// Passes over everything up to the end of the line that an offset is in, however long the line is.
    private mutating func skipLine(of offset: Int) throws(ListImportError) {
        var lineBreak = window.lineBreak(from: offset)
        while lineBreak == nil, window.count < offset + Self.longestRawText, try window.extend() {
            lineBreak = window.lineBreak(from: offset)
        }
        let textEnd = lineBreak?.lowerBound ?? window.count
        let (text, breaks) = window.withBytes { (Self.rawText($0[..<textEnd]), Self.lineBreaks(in: $0[..<offset])) }
        skippedText = text
        line += breaks + 1
        while lineBreak == nil {
            window.advance(window.count)
            guard try window.extend() else { return }
            lineBreak = window.lineBreak(from: 0)
        }
        guard let lineBreak else { return }
        dropsLineFeed =
            lineBreak.upperBound == window.count
            && window.withBytes { $0[lineBreak.lowerBound] == UInt8(ascii: "\r") && lineBreak.count == 1 }
        window.advance(lineBreak.upperBound)
    }

    private static func rawText(_ bytes: Slice<UnsafeRawBufferPointer>) -> String {
        let kept = String(decoding: bytes.prefix(longestRawText), as: UTF8.self)
        return bytes.count > longestRawText ? kept + "…" : kept
    }

    private static func withoutLineBreak(_ bytes: Slice<UnsafeRawBufferPointer>) -> Slice<UnsafeRawBufferPointer> {
        var bytes = bytes
        if bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
        if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
        return bytes
    }

    private static func lineBreaks(in bytes: Slice<UnsafeRawBufferPointer>) -> Int {
        var count = 0
        var lastWasReturn = false
        for byte in bytes {
            if byte == UInt8(ascii: "\r") || (byte == UInt8(ascii: "\n") && !lastWasReturn) { count += 1 }
            lastWasReturn = byte == UInt8(ascii: "\r")
        }
        return count
    }
}
