/// A word of a phone's answer that may be one nobody has seen yet.
///
/// The word is kept as it came. Two words are equal when they differ in upper and lower case only, since firmware
/// differs in that.
public protocol OpenWord: RawRepresentable, Sendable, Hashable, Codable, CustomStringConvertible
where RawValue == String {
    /// The words that are known to mean something.
    associatedtype Known: RawRepresentable<String>, CaseIterable

    /// Keeps a word as it came.
    init(rawValue: String)
}

extension OpenWord {
    /// The meaning of the word, or nil where it is not a known one.
    public var known: Known? { Known(rawValue: rawValue.lowercased()) }

    /// A word that is not among the known ones. Says the same as `init(rawValue:)`, and says it where it is read.
    public static func unknown(_ word: String) -> Self { Self(rawValue: word) }

    /// Keeps a word as it came.
    public init(from decoder: any Decoder) throws {
        self.init(rawValue: try decoder.singleValueContainer().decode(String.self))
    }

    /// Writes the word as it came.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }

    /// Whether two words differ in case at most.
    public static func == (left: Self, right: Self) -> Bool {
        left.rawValue.lowercased() == right.rawValue.lowercased()
    }

    /// Hashes the word without regard to case.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(rawValue.lowercased())
    }

    /// The word as it came.
    public var description: String { rawValue }
}
