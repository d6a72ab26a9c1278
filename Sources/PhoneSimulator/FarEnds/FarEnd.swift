/// What the far end of an outgoing call does.
public struct FarEnd: Sendable, Equatable {
    /// How the ringing ends.
    public enum Ending: Sendable, Equatable {
        /// It answers, and hangs up after `talks` virtual seconds; nil: it stays until our side hangs up.
        case answers(talks: SecondsRange?)
        /// The call fails, with the SIP code that the truth log names. The phone shows no code.
        case fails(code: Int)
        /// It rings until our side gives up.
        case ringsForEver
    }

    /// Virtual seconds the line shows `calling`; ringing and early media look the same. Unused where it rings for ever.
    public var rings: SecondsRange
    /// How the ringing ends.
    public var ending: Ending

    /// A far end.
    public init(rings: SecondsRange, ending: Ending) {
        self.rings = rings
        self.ending = ending
    }

    /// Answers after `rings` seconds and hangs up after `talks`; nil: never by itself.
    public static func answers(rings: SecondsRange, talks: SecondsRange?) -> Self {
        Self(rings: rings, ending: .answers(talks: talks))
    }

    /// Fails after `rings` seconds. At once is 12 ms: 8 to 18 ms were measured with real SIP calls.
    public static func fails(code: Int, rings: SecondsRange = 0.012) -> Self {
        Self(rings: rings, ending: .fails(code: code))
    }

    /// Rings until our side gives up.
    public static let ringsForEver = Self(rings: 0, ending: .ringsForEver)
}

/// In JSON: `{"rings": 4, "answers": {"talks": 15}}`, `{"answers": {}}`, `{"fails": 486}`, `{"rings_for_ever": true}`.
extension FarEnd: Codable {
    private enum Key: String, CodingKey, CaseIterable {
        case rings, answers, fails
        case ringsForEver = "rings_for_ever"
    }

    private struct Answer: Codable {
        var talks: SecondsRange?
    }

    /// Throws `DecodingError` unless exactly one of `answers`, `fails` and `rings_for_ever` is there.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        let rings = try container.decodeIfPresent(SecondsRange.self, forKey: .rings)
        let answer = try container.decodeIfPresent(Answer.self, forKey: .answers)
        let code = try container.decodeIfPresent(Int.self, forKey: .fails)
        let forEver = try container.decodeIfPresent(Bool.self, forKey: .ringsForEver) ?? false
        switch (answer, code, forEver) {
        case (let answer?, nil, false):
            self = .answers(rings: rings ?? 0, talks: answer.talks)
        case (nil, let code?, false) where (300...699).contains(code):
            self = .fails(code: code, rings: rings ?? 0.012)
        case (nil, nil, true):
            self = .ringsForEver
        default:
            throw DecodingError.dataCorrupted(
                DecodingError.Context(
                    codingPath: decoder.codingPath,
                    debugDescription:
                        "a far end has exactly one of answers, fails (a SIP code from 300 to 699) and rings_for_ever"))
        }
    }

    /// Writes the form that `init(from:)` reads.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        switch ending {
        case .answers(let talks):
            try container.encode(rings, forKey: .rings)
            try container.encode(Answer(talks: talks), forKey: .answers)
        case .fails(let code):
            try container.encode(rings, forKey: .rings)
            try container.encode(code, forKey: .fails)
        case .ringsForEver:
            try container.encode(true, forKey: .ringsForEver)
        }
    }
}
