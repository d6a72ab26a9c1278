import Campaigns

/// One line of a phone as a poll showed it.
public struct ObservedLine: Sendable, Hashable {
    /// The line's number, from 1.
    public var line: Int
    /// The word as the phone wrote it.
    public var word: String
    /// What the word means by the phone's word map.
    public var phase: LinePhase
    /// The other party's number as shown, digits or not; nil or empty where the phone shows none.
    public var remoteNumber: String?
    /// Whether the line's account is registered; nil where the phone does not say.
    public var registered: Bool?

    /// A line from its parts.
    public init(line: Int, word: String, phase: LinePhase, remoteNumber: String? = nil, registered: Bool? = nil) {
        self.line = line
        self.word = word
        self.phase = phase
        self.remoteNumber = remoteNumber
        self.registered = registered
    }
}

/// What came of a command that acts.
public enum CommandResult: Sendable, Hashable {
    /// The phone said that it took the command; whether it acted, only its lines tell.
    case accepted
    /// A well-formed error answer: it says that it did not act.
    case refused(String)
    /// An answer of success with an error in it, or an error in a form of the phone's own: only the lines tell whether it acted.
    case doubtful(String)
    /// The phone refused our passcode: it did not act.
    case authentication(String)
    /// No byte of the request left.
    case notSent(String)
    /// No byte of the request left, because this computer has no descriptor or no memory: it says nothing about the phone.
    case shortage(String)
    /// Everything else: it may have acted.
    case uncertain(String)
}

/// Why a poll brought no lines.
public enum PollFailure: Sendable, Hashable {
    /// No answer, or none that can be read.
    case unreachable(String)
    /// The phone refused our passcode; it is not asked again.
    case authentication(String)
    /// It was not asked, because this computer has no descriptor or no memory: it says nothing about the phone.
    case shortage(String)
}
