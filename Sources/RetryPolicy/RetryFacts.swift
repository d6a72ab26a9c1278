import Campaigns

/// What the retry policy looks at when an attempt is settled.
public struct RetryFacts: Sendable, Hashable {
    /// When the attempt ended.
    public var endedAt: Instant
    /// When it was dialled.
    public var dialledAt: Instant
    public var outcome: Outcome
    /// What the agent said; nil where nobody was asked, because nobody was connected.
    public var disposition: DispositionClass?
    /// Attempts of the contact in the campaign that ended in the same outcome, or disposition class where one decides, this one included.
    public var sameEnding: Int
    /// Attempts of the contact in the campaign that count, this one included.
    public var totalAttempts: Int
    /// Attempts of the contact in the last 24 h that proved that nothing was dialled, this one included.
    public var undialledInDay: Int
    /// Whether another live number of the contact remains when this one is dead.
    public var hasOtherNumber: Bool
    /// The time that was agreed for a callback; nil where none was.
    public var callbackAt: Instant?
    /// A number from 0 up to 1 for random delays; equal facts give equal decisions.
    public var dice: Double

    /// Facts from their parts.
    public init(
        endedAt: Instant, dialledAt: Instant, outcome: Outcome, disposition: DispositionClass?, sameEnding: Int,
        totalAttempts: Int, undialledInDay: Int, hasOtherNumber: Bool, callbackAt: Instant? = nil, dice: Double = 0
    ) {
        self.endedAt = endedAt
        self.dialledAt = dialledAt
        self.outcome = outcome
        self.disposition = disposition
        self.sameEnding = sameEnding
        self.totalAttempts = totalAttempts
        self.undialledInDay = undialledInDay
        self.hasOtherNumber = hasOtherNumber
        self.callbackAt = callbackAt
        self.dice = dice
    }
}

/// What happens to a contact after an attempt.
public enum RetryDecision: Sendable, Hashable {
    /// Call again, not before an instant.
    case retry(notBefore: Instant, Reason)
    /// As before the attempt, not before an instant: nothing was dialled.
    case asBefore(notBefore: Instant, Reason)
    /// Call back at the agreed time, for this agent or for anyone.
    case callback(notBefore: Instant, agentOnly: Bool, Reason)
    /// Finished, with a result.
    case done(Reason)
    /// Finished: the policy's attempts are used up.
    case exhausted(Reason)
    /// The person asked not to be called: suppressed everywhere.
    case suppress(Reason)
    /// Go on with the contact's next number: this one is dead, or the policy moves on.
    case nextNumber(notBefore: Instant, Reason)

    /// Why, as a sentence.
    public var reason: Reason {
        switch self {
        case .retry(_, let reason), .asBefore(_, let reason), .callback(_, _, let reason), .done(let reason),
            .exhausted(let reason), .suppress(let reason), .nextNumber(_, let reason):
            reason
        }
    }
}
