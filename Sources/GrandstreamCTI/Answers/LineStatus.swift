/// One line of a GXP phone (guide, chapter "Line Status Function").
public struct LineStatus: Sendable, Hashable, Codable {
    /// The line's number, from 1.
    public var line: Int
    /// What goes on on the line.
    public var state: LineState
    /// The account of the call: empty, or a number as text; newer families count from 0.
    public var account: String
    /// The far end's name; empty where there is none.
    public var remoteName: String
    /// The far end's number; empty where there is none.
    public var remoteNumber: String
    /// Whether the line is in focus, which is not whether it is in a call.
    public var active: Bool
    /// Whether the line is in a conference; nil where the firmware does not say.
    public var conference: Bool?

    /// A line as given.
    public init(
        line: Int, state: LineState, account: String = "", remoteName: String = "", remoteNumber: String = "",
        active: Bool = false, conference: Bool? = nil
    ) {
        self.line = line
        self.state = state
        self.account = account
        self.remoteName = remoteName
        self.remoteNumber = remoteNumber
        self.active = active
        self.conference = conference
    }
}
