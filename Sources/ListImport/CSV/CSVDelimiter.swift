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

    /// The delimiter that stands most often outside quotes in the first line; a comma in case of doubt.
    static func guess(from bytes: UnsafeRawBufferPointer) -> CSVDelimiter {
        var counts = [0, 0, 0, 0]
        var isQuoted = false
        scan: for byte in bytes {
            switch byte {
            case UInt8(ascii: "\""): isQuoted.toggle()
            case UInt8(ascii: "\n") where !isQuoted, UInt8(ascii: "\r") where !isQuoted: break scan
            case comma.rawValue where !isQuoted: counts[0] += 1
            case semicolon.rawValue where !isQuoted: counts[1] += 1
            case tab.rawValue where !isQuoted: counts[2] += 1
            case bar.rawValue where !isQuoted: counts[3] += 1
            default: break
            }
        }
        // The first of equals wins, and the comma is first.
        var best = 0
        for index in 1..<4 where counts[index] > counts[best] { best = index }
        return allCases[best]
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
