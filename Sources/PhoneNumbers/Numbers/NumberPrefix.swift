/// The beginning of E.164 numbers: `+1201*` covers all that begin with +1201.
public struct NumberPrefix: Sendable, Hashable, CustomStringConvertible {
    /// Its digits, 1 to 14 of them, the first not 0.
    public let digits: Int64

    /// Reads `+1201*`, with spaces, dots, hyphens and brackets as people write them; nil if the text is no such pattern.
    public init?(_ text: some StringProtocol) {
        guard text.hasPrefix("+"), text.hasSuffix("*") else { return nil }
        let digits = text.dropFirst().dropLast().filter { !" -.()".contains($0) }
        guard (1...14).contains(digits.count), digits.first != "0", digits.allSatisfy({ $0.isASCII && $0.isNumber }),
            let value = Int64(String(digits))
        else { return nil }
        self.digits = value
    }

    /// `+1201*`.
    public var description: String { "+\(digits)*" }
}
