/// TZif files made for tests, byte by byte as RFC 9636 has them.
public enum ZoneBytes {
    /// A local time type.
    public struct LocalType {
        var offset: Int32
        var isDaylight: Bool
        var name: String

        /// A type: seconds to add to UTC, and what that is called.
        public init(offset: Int32, isDaylight: Bool = false, name: String) {
            self.offset = offset
            self.isDaylight = isDaylight
            self.name = name
        }
    }

    /// A file.
    ///
    /// - Parameters:
    ///   - version: 1 to 4; from 2 on the first part is empty, as `zic -b slim` writes it.
    ///   - changes: instants with the type from then on.
    public static func file(
        version: Int = 2, types: [LocalType], changes: [(at: Int64, type: Int)] = [], footer: String? = nil,
        leapSeconds: Int = 0
    ) -> [UInt8] {
        if version == 1 { return part(version: 1, width: 4, types, changes, leapSeconds) }
        let empty = part(version: version, width: 4, [LocalType(offset: 0, name: "UTC")], [], 0)
        return empty + part(version: version, width: 8, types, changes, leapSeconds) + Array("\n\(footer ?? "")\n".utf8)
    }

    private static func part(
        version: Int, width: Int, _ types: [LocalType], _ changes: [(at: Int64, type: Int)], _ leapSeconds: Int
    ) -> [UInt8] {
        var names: [UInt8] = []
        var bytes = Array("TZif".utf8) + [version == 1 ? 0 : UInt8(0x30 + version)] + [UInt8](repeating: 0, count: 15)
        var records: [UInt8] = []
        for type in types {
            records += number(Int64(type.offset), 4) + [type.isDaylight ? 1 : 0, UInt8(names.count)]
            names += Array(type.name.utf8) + [0]
        }
        for count in [0, 0, leapSeconds, changes.count, types.count, names.count] { bytes += number(Int64(count), 4) }
        bytes += changes.flatMap { number($0.at, width) } + changes.map { UInt8($0.type) } + records + names
        for index in 0..<leapSeconds { bytes += number(Int64(78_796_800 + index), width) + number(Int64(index + 1), 4) }
        return bytes
    }

    private static func number(_ value: Int64, _ width: Int) -> [UInt8] {
        (0..<width).map { UInt8(truncatingIfNeeded: value >> Int64((width - 1 - $0) * 8)) }
    }
}
