/// One handset of a DP base (guide, chapter "Handset Status").
public struct HandsetStatus: Sendable, Hashable, Codable {
    /// The handset's number, from 1.
    public var handset: Int
    /// The guide's `initialized`; with `subscribed` true for a paired handset, false for one that is not.
    public var initialized: Bool
    /// The guide's `subscribed`; nil where the base does not say.
    public var subscribed: Bool?
    /// The guide's `status`: `idle`, empty for a handset that is not paired, other words unpublished.
    public var state: LineState

    /// Whether the handset is paired with the base.
    public var isPaired: Bool { initialized && subscribed != false }

    /// A status as given.
    public init(handset: Int, initialized: Bool, subscribed: Bool? = nil, state: LineState) {
        self.handset = handset
        self.initialized = initialized
        self.subscribed = subscribed
        self.state = state
    }
}
