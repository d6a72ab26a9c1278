/// A telephone number that can be reached from anywhere: its E.164 digits (ITU-T E.164, country code first).
///
/// A value says only that the digits have the right count. Whether they are in use is for ``NumberReader`` to tell.
public struct PhoneNumber: Hashable, Sendable {
    /// The E.164 digits without the plus: 7...15 digits, the first not 0.
    public let digits: Int64

    static let shortest: Int64 = 1_000_000
    static let longest: Int64 = 999_999_999_999_999

    /// Nil unless there are 7...15 digits.
    public init?(digits: Int64) {
        guard (Self.shortest...Self.longest).contains(digits) else { return nil }
        self.digits = digits
    }

    /// Reads exactly `+` and 7...15 digits, the first not 0; no spaces, no other form.
    public init?(e164: some StringProtocol) {
        var bytes = e164.utf8.makeIterator()
        guard bytes.next() == UInt8(ascii: "+") else { return nil }
        var digits: Int64 = 0
        var isFirst = true
        while let byte = bytes.next() {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte), digits <= Self.longest / 10 else {
                return nil
            }
            if isFirst, byte == UInt8(ascii: "0") { return nil }
            isFirst = false
            digits = digits * 10 + Int64(byte - UInt8(ascii: "0"))
        }
        self.init(digits: digits)
    }

    /// The number as it is written: `+14155550123`.
    public var e164: String { "+\(digits)" }

    /// The last `n` digits, fewer if the number has fewer, none if `n` is not positive. It is the part of a number
    /// that two spellings of it share.
    public func lastDigits(_ n: Int) -> String {
        String(String(digits).suffix(max(0, n)))
    }
}

extension PhoneNumber: CustomStringConvertible {
    /// The same as ``e164``.
    public var description: String { e164 }
}

extension PhoneNumber: Comparable {
    /// By digits as a number, an order for lists rather than for people.
    public static func < (left: PhoneNumber, right: PhoneNumber) -> Bool { left.digits < right.digits }
}
