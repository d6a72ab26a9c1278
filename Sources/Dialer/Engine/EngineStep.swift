/// A named moment between two things that a crash must not tear apart.
///
/// The engine says when it passes one; the crash harness kills the program there.
public enum EngineStep: String, Sendable, CaseIterable, Hashable {
    /// The intent is on disk; the phone was told nothing yet.
    case afterIntent = "after_intent"
    /// The same for a contact that was tried before.
    case retryIntended = "retry_intended"
    /// The phone answered the dial command; nothing of that is written down yet.
    case afterCommand = "after_command"
    /// Our line was seen in use, and that is on disk.
    case calling
    /// Our line was seen connected, and that is on disk.
    case connected
    /// The call is over; its outcome is not written down yet.
    case beforeOutcome = "before_outcome"
    /// The outcome is on disk; the agent could still say what came of it.
    case wrapUp = "wrap_up"
}
