/// What a phone says to a command that it takes. It does not mean that the command did anything: keys are queued, and
/// only the line states tell whether a call was placed.
public enum Acknowledgement: Sendable, Hashable, Codable {
    /// `true`, or no body at all.
    case accepted
    /// A word: `complete` for keys, `savereboot`, `directreboot` or `reset` for the system, or one not in the guide.
    case word(String)

    /// Reads `true` or a word.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let word = try? container.decode(String.self) {
            self = .word(word)
        } else if try container.decode(Bool.self) {
            self = .accepted
        } else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "false acknowledges nothing")
        }
    }

    /// Writes `true` or the word, as the phone does.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .accepted: try container.encode(true)
        case .word(let word): try container.encode(word)
        }
    }
}
