/// How much is known of a number's digits.
public enum NumberValidity: String, Sendable, Codable {
    /// The digits fall in a range that is in use.
    case valid
    /// The count of digits is right for the region; the range is not known to be in use.
    case possible
}
