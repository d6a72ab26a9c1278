import Foundation

/// Which far end a number reaches: a fixed one by its last two digits, or else one drawn by chance.
///
/// As JSON:
/// ```json
/// { "by_last_two_digits": { "01": { "rings": 4, "answers": { "talks": 15 } } },
///   "others": [ { "share": 0.6, "far_end": { "rings": [3, 10], "answers": { "talks": [5, 30] } } },
///               { "share": 0.4, "far_end": { "rings_for_ever": true } } ] }
/// ```
public struct FarEndTable: Sendable, Equatable, Codable {
    /// One of the far ends that numbers outside the table are drawn from.
    public struct Share: Sendable, Equatable, Codable {
        /// Its weight against the other shares; more than 0.
        public var share: Double
        /// What it does.
        public var farEnd: FarEnd

        /// A far end and its weight.
        public init(_ share: Double, _ farEnd: FarEnd) {
            self.share = share
            self.farEnd = farEnd
        }

        private enum CodingKeys: String, CodingKey {
            case share
            case farEnd = "far_end"
        }
    }

    /// Far ends by the last two digits of the number dialled, `00` to `99`.
    public var byLastTwoDigits: [String: FarEnd]
    /// What all other numbers are drawn from.
    public var others: [Share]

    /// A table. The keys are two digits, and there is at least one share, each more than 0.
    public init(byLastTwoDigits: [String: FarEnd], others: [Share]) {
        self.byLastTwoDigits = byLastTwoDigits
        self.others = others
    }

    private enum CodingKeys: String, CodingKey {
        case byLastTwoDigits = "by_last_two_digits"
        case others
    }

    /// Reads a table from a JSON file.
    /// - Throws: `FarEndTableError`.
    public init(contentsOf file: URL) throws {
        let data: Data
        do {
            data = try Data(contentsOf: file)
        } catch {
            throw FarEndTableError.unreadable(file: file.path, reason: error.localizedDescription)
        }
        do {
            self = try JSONDecoder().decode(Self.self, from: data)
        } catch let error as DecodingError {
            throw FarEndTableError.malformed(file: file.path, reason: error.sentence)
        }
    }

    /// Throws `DecodingError` for a key that is not two digits, and for shares that are missing or not more than 0.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        byLastTwoDigits = try container.decode([String: FarEnd].self, forKey: .byLastTwoDigits)
        others = try container.decode([Share].self, forKey: .others)
        if let key = byLastTwoDigits.keys.sorted().first(where: { $0.count != 2 || !$0.allSatisfy(\.isASCIIDigit) }) {
            throw DecodingError.dataCorruptedError(
                forKey: .byLastTwoDigits, in: container, debugDescription: "the key \"\(key)\" is not two digits")
        }
        guard !others.isEmpty, others.allSatisfy({ $0.share > 0 && $0.share.isFinite }) else {
            throw DecodingError.dataCorruptedError(
                forKey: .others, in: container,
                debugDescription: "there must be at least one entry, each with a share of more than 0")
        }
    }

    /// The table the simulator has without a file: 01 to 10 as the measurements of real SIP calls show them, any other
    /// number answers with a chance of 0.55.
    public static let standard = Self(
        byLastTwoDigits: [
            "01": .answers(rings: 4, talks: 15),
            "02": .fails(code: 486),
            "03": .ringsForEver,
            "04": .fails(code: 404),
            "05": .fails(code: 603, rings: 3),
            "06": .answers(rings: 3, talks: nil),
            "07": .answers(rings: 0.03, talks: 12),
            "08": .answers(rings: 0.01, talks: 0.05),
            "09": .answers(rings: 4, talks: 12),
            "10": .fails(code: 408, rings: 32),
        ],
        others: others(answerChance: 0.55))

    /// Answers with a chance of `answerChance` (0 to 1) after 3 to 10 s of ringing and talks 5 to 30 s; of the rest
    /// 70 % ring for ever and 30 % are busy.
    public static func others(answerChance: Double) -> [Share] {
        let chance = min(max(answerChance, 0), 1)
        let shares = [
            Share(chance, .answers(rings: SecondsRange.ringing, talks: SecondsRange.talking)),
            Share((1 - chance) * 0.7, .ringsForEver),
            Share((1 - chance) * 0.3, .fails(code: 486)),
        ]
        return shares.filter { $0.share > 0 }
    }
}

extension SecondsRange {
    fileprivate static let ringing = SecondsRange(3, 10) ?? 3
    fileprivate static let talking = SecondsRange(5, 30) ?? 5
}

extension Character {
    var isASCIIDigit: Bool { ("0"..."9").contains(self) }
}

extension DecodingError {
    /// Where it stands and what is wrong, in a few words.
    fileprivate var sentence: String {
        let context: Context? =
            switch self {
            case .typeMismatch(_, let context), .valueNotFound(_, let context), .keyNotFound(_, let context),
                .dataCorrupted(let context):
                context
            @unknown default: nil
            }
        guard let context else { return localizedDescription }
        let path = context.codingPath.map(\.stringValue).joined(separator: ".")
        return (path.isEmpty ? "" : "at \(path): ") + context.debugDescription
    }
}
