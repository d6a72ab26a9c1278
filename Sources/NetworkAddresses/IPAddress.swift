import Foundation

/// An IP address by its bytes, so that two spellings of one address are one value.
public struct IPAddress: Sendable, Hashable, CustomStringConvertible {
    /// 4 bytes for IPv4, 16 for IPv6, the first first.
    public let bytes: [UInt8]

    /// An address from its bytes; nil unless there are 4 or 16.
    public init?(bytes: [UInt8]) {
        guard bytes.count == 4 || bytes.count == 16 else { return nil }
        self.bytes = bytes
    }

    /// Reads an address as the system's resolver does: IPv6 with or without brackets and zone, IPv4 in one to four parts, each decimal,
    /// octal (`0177`) or hexadecimal (`0x7f`). nil where the text is none, such as a name.
    public init?(_ text: String) {
        if let address = Self.version6(text) {
            self = address
        } else if let address = Self.version4(text) {
            self = address
        } else {
            return nil
        }
    }

    /// The usual spelling.
    public var description: String {
        guard bytes.count == 16 else { return bytes.map(String.init).joined(separator: ".") }
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        _ = inet_ntop(AF_INET6, bytes, &text, socklen_t(text.count))
        return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// The address and every IPv4 address that it leads to: mapped, compatible, translated by NAT64, or in a tunnel of 6to4, Teredo or
    /// ISATAP. Whoever may not reach one of them may not reach this one.
    public var meanings: [IPAddress] {
        guard bytes.count == 16 else { return [self] }
        var found: [[UInt8]] = []
        let tail = Array(bytes[12...])
        if bytes.starts(with: Self.zeros(12)), self != Self.loopback6, self != Self.unspecified6 { found.append(tail) }
        if bytes.starts(with: Self.zeros(10) + [0xff, 0xff]) {
            // A mapped address is nothing but its IPv4 address.
            return [IPAddress(bytes: tail)].compactMap(\.self)
        }
        if bytes.starts(with: Self.zeros(8) + [0xff, 0xff, 0, 0]) { found.append(tail) }
        if bytes.starts(with: [0, 0x64, 0xff, 0x9b] + Self.zeros(8)) { found.append(tail) }
        // A network's own prefix for NAT64 (RFC 8215) may have any of the lengths of RFC 6052.
        if bytes.starts(with: [0, 0x64, 0xff, 0x9b, 0, 1]) {
            found += [
                tail, [bytes[6], bytes[7], bytes[9], bytes[10]], [bytes[7]] + bytes[9...11], Array(bytes[9...12]),
            ]
        }
        if bytes.starts(with: [0x20, 0x02]) { found.append(Array(bytes[2...5])) }
        if bytes.starts(with: [0x20, 0x01, 0, 0]) { found += [Array(bytes[4...7]), tail.map { ~$0 }] }
        if bytes[8] & 0xfd == 0, bytes[9] == 0, bytes[10] == 0x5e, bytes[11] == 0xfe { found.append(tail) }
        return [self] + found.compactMap(IPAddress.init(bytes:))
    }

    static let loopback6 = IPAddress(unchecked: zeros(15) + [1])
    static let unspecified6 = IPAddress(unchecked: zeros(16))

    private init(unchecked bytes: [UInt8]) {
        self.bytes = bytes
    }

    private static func zeros(_ count: Int) -> [UInt8] { [UInt8](repeating: 0, count: count) }

    private static func version6(_ text: String) -> IPAddress? {
        var bare = Substring(text)
        if bare.hasPrefix("["), bare.hasSuffix("]") { bare = bare.dropFirst().dropLast() }
        let plain = String(bare.prefix { $0 != "%" })
        guard plain.contains(":") else { return nil }
        var bytes = zeros(16)
        guard inet_pton(AF_INET6, plain, &bytes) == 1 else { return nil }
        return IPAddress(bytes: bytes)
    }

    /// As `inet_aton` reads it: the last part fills what the others leave.
    private static func version4(_ text: String) -> IPAddress? {
        var parts = text.split(separator: ".", omittingEmptySubsequences: false)
        // A dot at the end of a name is its root.
        if parts.count > 1, parts.last?.isEmpty == true { parts.removeLast() }
        guard (1...4).contains(parts.count) else { return nil }
        let numbers = parts.compactMap(number)
        guard numbers.count == parts.count, let last = numbers.last, numbers.dropLast().allSatisfy({ $0 <= 255 }),
            last < 1 << (8 * UInt64(5 - parts.count))
        else { return nil }
        let value = numbers.dropLast().enumerated().reduce(last) { $0 | $1.element << (24 - 8 * UInt64($1.offset)) }
        return IPAddress(bytes: [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) })
    }

    private static func number(_ part: Substring) -> UInt64? {
        let lower = part.lowercased()
        if lower.hasPrefix("0x") { return digits(lower.dropFirst(2), radix: 16) }
        return digits(lower[...], radix: lower.hasPrefix("0") ? 8 : 10)
    }

    private static func digits(_ text: Substring, radix: Int) -> UInt64? {
        // A sign is no digit, though Swift would take it.
        text.allSatisfy { $0.isASCII && $0.isHexDigit } ? UInt64(text, radix: radix) : nil
    }
}
