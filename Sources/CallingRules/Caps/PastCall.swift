import Campaigns

/// One earlier call to a contact, or by hand to one of its numbers, as far as caps and silences look at it.
public struct PastCall: Sendable, Hashable {
    /// When it was dialled.
    public var at: Instant
    /// Whether it went to the number that is asked about, not to another of the contact's.
    public var isThisNumber: Bool
    /// When a conversation in it ended; nil where nobody was reached.
    public var conversedAt: Instant?
    /// When the person refused; nil where they did not.
    public var refusedAt: Instant?

    /// A call from its parts; by default one to this number that reached nobody.
    public init(at: Instant, isThisNumber: Bool = true, conversedAt: Instant? = nil, refusedAt: Instant? = nil) {
        self.at = at
        self.isThisNumber = isThisNumber
        self.conversedAt = conversedAt
        self.refusedAt = refusedAt
    }
}
