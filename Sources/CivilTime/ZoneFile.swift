/// Why a file is not the data of a time zone.
public struct ZoneFileProblem: Error, Sendable, Hashable, CustomStringConvertible {
    /// A part of a sentence: `it ends early`.
    public let description: String

    init(_ description: String) { self.description = description }
}

/// The content of a TZif file, versions 1 to 4 (RFC 9636).
struct ZoneFile: Sendable {
    /// A local time type: what clocks show, and what that is called.
    struct LocalType: Sendable, Hashable {
        /// Seconds to add to UTC.
        var offset: Int
        var isDaylight: Bool
        /// `EST`, `-03`.
        var abbreviation: String
    }

    /// Seconds since 1970 UTC, ascending.
    private(set) var transitions: [Int64] = []
    /// The type from each transition on.
    private(set) var types: [LocalType] = []
    /// The type before the first transition.
    private(set) var first: LocalType
    /// The rule for all times after the last transition; nil where the file has none.
    private(set) var rule: ZoneRule?

    /// One local time for all times.
    init(_ type: LocalType) { first = type }

    /// Whether bytes begin as such a file does.
    static func isZoneFile(_ bytes: [UInt8]) -> Bool { bytes.starts(with: Array("TZif".utf8)) }

    /// Reads a file.
    ///
    /// - Throws: `ZoneFileProblem`. A file that counts leap seconds is refused: its instants are not those of POSIX.
    init(_ bytes: [UInt8]) throws(ZoneFileProblem) {
        guard Self.isZoneFile(bytes) else { throw ZoneFileProblem("it does not begin with “TZif”") }
        var reader = ByteReader(bytes)
        var header = try Header(&reader)
        // Version 2 and later repeat everything with instants of 64 bits, which alone count.
        var width = 4
        if header.version >= 2 {
            try reader.skip(header.length(width: 4))
            header = try Header(&reader)
            width = 8
        }
        guard header.leapCount == 0 else {
            throw ZoneFileProblem("it counts leap seconds; use the files of zoneinfo, not those of zoneinfo/right")
        }
        guard header.typeCount > 0, header.charCount > 0 else { throw ZoneFileProblem("it has no local time") }
        transitions = try (0..<header.timeCount).map { _ throws(ZoneFileProblem) in try reader.integer(width) }
        let indexes = try (0..<header.timeCount).map { _ throws(ZoneFileProblem) in Int(try reader.byte()) }
        let records = try (0..<header.typeCount).map { _ throws(ZoneFileProblem) in
            (offset: Int(try reader.integer(4)), isDaylight: try reader.byte() != 0, name: Int(try reader.byte()))
        }
        let names = try reader.bytes(header.charCount)
        try reader.skip(header.standardCount + header.universalCount)
        guard zip(transitions, transitions.dropFirst()).allSatisfy({ $0 < $1 }) else {
            throw ZoneFileProblem("its changes are not in order")
        }
        guard indexes.allSatisfy(records.indices.contains), records.allSatisfy({ $0.name < names.count }),
            records.allSatisfy({ (-93_599...93_599).contains($0.offset) })
        else { throw ZoneFileProblem("it names a local time that it does not have") }
        let known = records.map { record in
            LocalType(
                offset: record.offset, isDaylight: record.isDaylight,
                abbreviation: String(decoding: names[record.name...].prefix { $0 != 0 }, as: UTF8.self))
        }
        types = indexes.map { known[$0] }
        first = known[0]
        if width == 8 { rule = try Self.footer(&reader) }
    }

    /// The text between two line feeds at the end; empty where the file tells nothing of later times.
    private static func footer(_ reader: inout ByteReader) throws(ZoneFileProblem) -> ZoneRule? {
        guard try reader.byte() == 0x0A else { throw ZoneFileProblem("its footer does not begin with a line feed") }
        var text: [UInt8] = []
        while true {
            let byte = try reader.byte()
            if byte == 0x0A { break }
            text.append(byte)
        }
        guard !text.isEmpty else { return nil }
        let footer = String(decoding: text, as: UTF8.self)
        guard let rule = ZoneRule(footer) else { throw ZoneFileProblem("its footer “\(footer)” is not a rule") }
        return rule
    }

    private struct Header {
        var version = 1
        var universalCount: Int
        var standardCount: Int
        var leapCount: Int
        var timeCount: Int
        var typeCount: Int
        var charCount: Int

        init(_ reader: inout ByteReader) throws(ZoneFileProblem) {
            guard try reader.bytes(4) == Array("TZif".utf8) else { throw ZoneFileProblem("its second part is missing") }
            let mark = try reader.byte()
            // A later version may add to a file, never change what stands in it.
            if mark >= UInt8(ascii: "2") { version = Int(mark) - 0x30 }
            try reader.skip(15)
            universalCount = try reader.count()
            standardCount = try reader.count()
            leapCount = try reader.count()
            timeCount = try reader.count()
            typeCount = try reader.count()
            charCount = try reader.count()
        }

        /// Bytes of the part behind the header.
        func length(width: Int) -> Int {
            timeCount * (width + 1) + typeCount * 6 + charCount + leapCount * (width + 4) + standardCount
                + universalCount
        }
    }
}

/// Big-endian values of a file, in order.
private struct ByteReader {
    private let all: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) { all = bytes }

    mutating func skip(_ count: Int) throws(ZoneFileProblem) {
        guard count <= all.count - position else { throw ZoneFileProblem("it ends early") }
        position += count
    }

    mutating func bytes(_ count: Int) throws(ZoneFileProblem) -> [UInt8] {
        let start = position
        try skip(count)
        return Array(all[start..<position])
    }

    mutating func byte() throws(ZoneFileProblem) -> UInt8 {
        try skip(1)
        return all[position - 1]
    }

    /// A signed number of 4 or 8 bytes.
    mutating func integer(_ width: Int) throws(ZoneFileProblem) -> Int64 {
        let start = position
        try skip(width)
        var value: UInt64 = 0
        for byte in all[start..<position] { value = value << 8 | UInt64(byte) }
        return width == 4 ? Int64(Int32(truncatingIfNeeded: value)) : Int64(bitPattern: value)
    }

    /// A count: no file has more than it has bytes.
    mutating func count() throws(ZoneFileProblem) -> Int {
        let value = try integer(4)
        guard (0...Int64(all.count)).contains(value) else { throw ZoneFileProblem("it ends early") }
        return Int(value)
    }
}
