import Campaigns

/// Tells whether the number that a line shows can be the one we dialled.
struct DialledNumber: Sendable, Hashable {
    /// How many trailing digits are compared: prefixes and national forms differ before them.
    static let comparedDigits = 7

    private let digits: String

    init(_ dialled: String) {
        digits = Self.digits(of: dialled)
    }

    /// Whether a shown number is empty or ends as ours does. While digits are being entered, the start of ours counts too.
    func mayBe(_ shown: String?, phase: LinePhase) -> Bool {
        let other = Self.digits(of: shown ?? "")
        if other.isEmpty { return true }
        if phase == .dialing, digits.hasPrefix(other) { return true }
        return matches(other)
    }

    /// Whether a shown number is there and ends as ours does.
    func isShown(_ shown: String?) -> Bool {
        let other = Self.digits(of: shown ?? "")
        return !other.isEmpty && matches(other)
    }

    private func matches(_ other: String) -> Bool {
        other.suffix(Self.comparedDigits) == digits.suffix(Self.comparedDigits)
    }

    /// The digits of a number or SIP address: what follows an `@` is no number.
    private static func digits(of text: String) -> String {
        String(text.prefix { $0 != "@" }.filter { ("0"..."9").contains($0) })
    }
}
