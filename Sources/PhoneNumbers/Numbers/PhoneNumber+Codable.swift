/// A number is one string, `"+14155550123"`, wherever it is written for other programs.
extension PhoneNumber: Codable {
    /// Throws `DecodingError.dataCorrupted` if the string is no E.164 number.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let number = PhoneNumber(e164: text) else {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription: "“\(text)” is not an E.164 number: write a plus and 7 to 15 digits, like +14155550123"
            )
        }
        self = number
    }

    /// Writes ``e164``.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(e164)
    }
}
