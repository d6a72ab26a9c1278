/// Whether a GXP phone is available, as the phone words it (guide, chapter "Phone Status Function").
public struct PhoneState: OpenWord {
    /// The guide's two words, and one seen in the field.
    public enum Known: String, Sendable, Hashable, CaseIterable {
        /// No call.
        case available
        /// A call.
        case busy
        /// An incoming call; beyond the guide.
        case ringing
    }

    /// The word as it came.
    public let rawValue: String

    /// Keeps a word as it came.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// A state with a known meaning.
    public init(_ known: Known) {
        rawValue = known.rawValue
    }

    /// No call.
    public static let available = PhoneState(.available)
    /// A call.
    public static let busy = PhoneState(.busy)
    /// An incoming call.
    public static let ringing = PhoneState(.ringing)
}
