/// What separates the fields of a line.
enum CSVDelimiter: UInt8, CaseIterable {
    case comma = 0x2C
    case semicolon = 0x3B
    case tab = 0x09
    case bar = 0x7C

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
}
