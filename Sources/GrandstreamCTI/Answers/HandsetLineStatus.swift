/// One line of a handset of a DP base (guide, chapter "Handset Line Status"). The base tells no remote number.
public struct HandsetLineStatus: Sendable, Hashable, Codable {
    /// The line's number, from 1.
    public var line: Int
    /// What goes on on the line; of a base only `idle` is known.
    public var state: LineState
    /// The account the line uses; 0 for none.
    public var account: Int
    /// Whether that account is registered.
    public var registered: Bool
    /// The guide's `Active`.
    public var active: Bool

    /// A line as given.
    public init(line: Int, state: LineState, account: Int = 0, registered: Bool = false, active: Bool = false) {
        self.line = line
        self.state = state
        self.account = account
        self.registered = registered
        self.active = active
    }
}
