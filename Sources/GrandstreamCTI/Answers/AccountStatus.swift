/// One account of a DP base (guide, chapter "Account Status").
public struct AccountStatus: Sendable, Hashable, Codable {
    /// The account's number, from 1.
    public var account: Int
    /// Whether it is registered with its server.
    public var registered: Bool
    /// The profile it uses; nil where the base does not say.
    public var profile: Int?
    /// Whether it is active; nil where the base does not say.
    public var active: Bool?
    /// The guide's `HSMode`: which handsets share the account, such as `HS1`. Empty where the base does not say.
    public var handsetMode: String

    /// A status as given.
    public init(account: Int, registered: Bool, profile: Int? = nil, active: Bool? = nil, handsetMode: String = "") {
        self.account = account
        self.registered = registered
        self.profile = profile
        self.active = active
        self.handsetMode = handsetMode
    }
}
