/// The answer of a GXP phone to "are you available?" (guide, chapter "Phone Status Function").
public struct PhoneStatus: Sendable, Hashable, Codable {
    /// Whether it is.
    public var state: PhoneState
    /// The guide's `misc`, `0` in every answer seen; its meaning is not published. Empty where missing.
    public var misc: String

    /// A status as given.
    public init(state: PhoneState, misc: String = "") {
        self.state = state
        self.misc = misc
    }
}
