/// How the bytes of a file stand for characters.
public enum TextEncoding: String, Sendable, Hashable, CaseIterable {
    case utf8 = "utf-8"
    case utf16LittleEndian = "utf-16le"
    case utf16BigEndian = "utf-16be"
    /// What spreadsheets of western Windows write.
    case windows1252 = "windows-1252"

    /// Reads a name as people write it: `UTF-8`, `utf16`, `latin1`, `cp1252`; nil if there is none.
    ///
    /// `utf16` without an order is taken for little-endian, which is what Windows writes. Latin-1 is read as
    /// Windows-1252, as browsers do: they differ only where Latin-1 has no printable character.
    public init?(name: String) {
        switch name.lowercased().filter({ $0.isLetter || $0.isNumber }) {
        case "utf8", "utf8sig", "ascii", "usascii": self = .utf8
        case "utf16", "utf16le", "unicode": self = .utf16LittleEndian
        case "utf16be": self = .utf16BigEndian
        case "windows1252", "cp1252", "1252", "ansi", "latin1", "iso88591", "iso885915": self = .windows1252
        default: return nil
        }
    }

    /// As people write it: `UTF-8`, `Windows-1252`.
    public var displayName: String {
        switch self {
        case .utf8: "UTF-8"
        case .utf16LittleEndian: "UTF-16 (little-endian)"
        case .utf16BigEndian: "UTF-16 (big-endian)"
        case .windows1252: "Windows-1252"
        }
    }

    /// What the first bytes of a file tell, and how many of them are a byte-order mark.
    ///
    /// UTF-16 without a mark shows by its zero bytes: text that is mostly Latin has one in every pair, always on the same
    /// side. What is no UTF-8 is Windows-1252; but where most of what is no ASCII is whole characters of UTF-8, a stray row
    /// from elsewhere does not make it so. A character that the sample's end cuts in two is no sign of either.
    static func detect(in sample: UnsafeRawBufferPointer) -> (encoding: TextEncoding, markLength: Int) {
        if sample.starts(with: [0xEF, 0xBB, 0xBF]) { return (.utf8, 3) }
        if sample.starts(with: [0xFF, 0xFE]) { return (.utf16LittleEndian, 2) }
        if sample.starts(with: [0xFE, 0xFF]) { return (.utf16BigEndian, 2) }
        var zeros = (even: 0, odd: 0)
        for (index, byte) in sample.prefix(4096).enumerated() where byte == 0 {
            if index % 2 == 0 { zeros.even += 1 } else { zeros.odd += 1 }
        }
        let pairs = min(sample.count, 4096) / 2
        if pairs > 1, zeros.odd > pairs / 2, zeros.even <= pairs / 8 { return (.utf16LittleEndian, 0) }
        if pairs > 1, zeros.even > pairs / 2, zeros.odd <= pairs / 8 { return (.utf16BigEndian, 0) }
        return (isMostlyUTF8(sample) ? .utf8 : .windows1252, 0)
    }

    private static func isMostlyUTF8(_ sample: UnsafeRawBufferPointer) -> Bool {
        var whole = 0
        var stray = 0
        var index = 0
        while index < sample.count {
            let length = UTF8.sequenceLength(of: sample[index])
            if length == 1 {
                index += 1
                continue
            }
            let rest = sample[(index + 1)..<min(sample.count, index + max(1, length))]
            let isTail = rest.allSatisfy { (0x80..<0xC0).contains($0) }
            if length > 1, isTail, rest.count < length - 1 { break }
            if length > 1, isTail {
                whole += 1
                index += length
            } else {
                stray += 1
                index += 1
            }
        }
        return stray == 0 || whole > stray
    }
}

extension UTF8 {
    /// How many bytes a character has by its first one: 1 to 4; 0 for a byte that begins none.
    fileprivate static func sequenceLength(of first: UInt8) -> Int {
        switch first {
        case 0..<0x80: 1
        case 0xC2..<0xE0: 2
        case 0xE0..<0xF0: 3
        case 0xF0..<0xF5: 4
        default: 0
        }
    }
}

/// Windows-1252: Latin-1 with printable characters where Latin-1 has controls.
enum Windows1252 {
    private static let high: [UInt32] = [
        0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D,
        0x017D, 0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A,
        0x0153, 0x9D, 0x017E, 0x0178,
    ]

    /// The UTF-8 of every byte.
    static let utf8: [[UInt8]] = (0..<256).map { byte in
        let value = (0x80..<0xA0).contains(byte) ? high[byte - 0x80] : UInt32(byte)
        return Unicode.Scalar(value).map { Array(String(Character($0)).utf8) } ?? []
    }

    static func text(_ bytes: some Sequence<UInt8>) -> String {
        var decoded: [UInt8] = []
        for byte in bytes { decoded += utf8[Int(byte)] }
        return String(decoding: decoded, as: UTF8.self)
    }
}
