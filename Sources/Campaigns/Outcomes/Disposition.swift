/// The fixed classes of what an agent can say of a call; a campaign gives its own codes and labels to them.
public enum DispositionClass: String, Sendable, Codable, CaseIterable, Hashable {
    case success
    case callbackAgent = "callback_agent"
    case callbackAny = "callback_any"
    case notInterested = "not_interested"
    case doNotCall = "do_not_call"
    case machine
    case busyTone = "busy_tone"
    case noAnswer = "no_answer"
    case wrongPerson = "wrong_person"
    case wrongNumber = "wrong_number"
    case disconnectedNumber = "disconnected_number"
    case other
    /// Wrap-up ran out and nothing was said.
    case noneGiven = "none_given"
}

/// One disposition of a campaign: what the agent may choose.
public struct Disposition: Sendable, Hashable, Codable {
    /// The code stored with the attempt, unique in its campaign, such as `SALE`.
    public var code: String
    /// What the agent reads.
    public var label: String
    /// The class that decides what follows.
    public var dispositionClass: DispositionClass

    /// A disposition from its parts.
    public init(code: String, label: String, dispositionClass: DispositionClass) {
        self.code = code
        self.label = label
        self.dispositionClass = dispositionClass
    }
}
