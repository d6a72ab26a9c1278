/// What separates the fields of a line.
public enum CSVDelimiter: UInt8, Sendable, Hashable, CaseIterable {
    case comma = 0x2C
    case semicolon = 0x3B
    case tab = 0x09
    case bar = 0x7C

    /// Reads a name or the character itself: `comma`, `;`, `tab`, `\t`, `pipe`; nil if it is none of the four.
    public init?(name: String) {
        switch name.lowercased() {
        case ",", "comma": self = .comma
        case ";", "semicolon": self = .semicolon
        case "\t", "\\t", "tab": self = .tab
        case "|", "bar", "pipe": self = .bar
        default: return nil
        }
    }

    /// Its name: `comma`.
    public var displayName: String {
        switch self {
        case .comma: "comma"
        case .semicolon: "semicolon"
        case .tab: "tab"
        case .bar: "pipe"
        }
    }

    /// Lines that are looked at to tell the delimiter.
    private static let sampleLines = 20

    /// The delimiter of a file by its beginning: the one that stands equally often, outside quotes, in most of the first
    /// lines; of those that do so alike, the one that stands most often in the first line; a comma in case of doubt.
    static func guess(from bytes: UnsafeRawBufferPointer) -> CSVDelimiter {
        let lines = counts(in: bytes)
        guard let first = lines.first else { return .comma }
        var best = (delimiter: CSVDelimiter.comma, alike: 0, count: 0)
        for (place, delimiter) in allCases.enumerated() where first[place] > 0 {
            let alike = lines.filter { $0[place] == first[place] }.count
            if (alike, first[place]) > (best.alike, best.count) { best = (delimiter, alike, first[place]) }
        }
        return best.delimiter
    }

    /// How often each delimiter stands outside quotes in each of the first lines, blank ones left out.
    private static func counts(in bytes: UnsafeRawBufferPointer) -> [[Int]] {
        var lines: [[Int]] = []
        var counts = [0, 0, 0, 0]
        var isQuoted = false
        var isBlank = true
        for byte in bytes {
            let isBreak = !isQuoted && (byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r"))
            if isBreak {
                if !isBlank { lines.append(counts) }
                if lines.count == sampleLines { return lines }
                counts = [0, 0, 0, 0]
                isBlank = true
                continue
            }
            isBlank = false
            switch byte {
            case UInt8(ascii: "\""): isQuoted.toggle()
            case comma.rawValue where !isQuoted: counts[0] += 1
            case semicolon.rawValue where !isQuoted: counts[1] += 1
            case tab.rawValue where !isQuoted: counts[2] += 1
            case bar.rawValue where !isQuoted: counts[3] += 1
            default: break
            }
        }
        // The last line may be cut by the sample's end; it tells only where there is no other.
        if lines.isEmpty, !isBlank { lines.append(counts) }
        return lines
    }

    /// The delimiter that the first line declares for spreadsheets, `sep=;`, and how long that line is.
    static func declared(in bytes: UnsafeRawBufferPointer) -> (delimiter: CSVDelimiter, length: Int)? {
        guard bytes.count > 5, bytes.starts(with: Array("sep=".utf8)), let delimiter = CSVDelimiter(rawValue: bytes[4])
        else { return nil }
        switch bytes[5] {
        case UInt8(ascii: "\n"): return (delimiter, 6)
        case UInt8(ascii: "\r"): return (delimiter, bytes.count > 6 && bytes[6] == UInt8(ascii: "\n") ? 7 : 6)
        default: return nil
        }
    }
}
