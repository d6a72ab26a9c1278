import Campaigns

/// What a rule's answer holds back.
public enum PacingScope: Sendable, Hashable {
    /// The campaign, whichever station would dial.
    case campaign
    /// This one station; others may dial.
    case station
    /// The campaign, which is to pause itself until a person starts it again.
    case brake
}

/// May a call start now, or when?
public protocol PacingRule: Sendable {
    /// The rule's name in reasons and files.
    var name: String { get }
    /// What it holds back.
    var scope: PacingScope { get }
    /// The answer for these facts.
    func verdict(_ facts: PacingFacts) -> PacingVerdict
}

extension PacingRule {
    /// Most rules hold the campaign back.
    public var scope: PacingScope { .campaign }

    func wait(until: Instant?, _ text: String) -> PacingVerdict {
        .wait(until: until, because: Reason(code: name, text: text))
    }
}
