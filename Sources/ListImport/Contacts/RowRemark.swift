/// Something in a row that becomes a contact, but not as its writer thought.
public enum RowRemark: Sendable, Hashable {
    /// The state or province is none that is known; the number's own place holds.
    case unknownState(String)
    /// The postal code tells no state; the number's own place holds.
    case unknownPostalCode(String)
    /// The time zone is none that is known, such as an offset; the number's own zones hold.
    case unknownTimeZone(String)
    /// A number beside others that cannot be dialled; it is kept as a text.
    case notDialable(reason: String, category: String)
    /// A number of another country than the row's place: the clocks of both must be open, and the number's country's rules
    /// hold.
    case numberElsewhere(String)

    /// The kind, the same words for all rows that have it.
    public var category: String {
        switch self {
        case .unknownState: "state that is not known; the number's place holds"
        case .unknownPostalCode: "postal code that tells no state; the number's place holds"
        case .unknownTimeZone: "time zone that is not known; the number's zones hold"
        case .notDialable(_, let category): "further number left out: \(category)"
        case .numberElsewhere: "number of another country than the row; both clocks must be open"
        }
    }

    /// What the row says.
    public var example: String {
        switch self {
        case .unknownState(let text), .unknownPostalCode(let text), .unknownTimeZone(let text),
            .numberElsewhere(let text):
            text
        case .notDialable(let reason, _): reason
        }
    }
}
