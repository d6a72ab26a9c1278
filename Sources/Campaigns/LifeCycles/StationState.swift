/// What a station is doing, as one word; derived from what is known of it, never stored as a truth of its own.
public enum StationState: String, Sendable, Codable, CaseIterable, Hashable {
    /// Not polled yet.
    case unknown
    /// An attempt from before a restart is being followed up.
    case reconciling
    case paused
    case ready
    /// A contact is set aside for it; the command has not gone out.
    case reserved
    case dialing
    case inCall = "in_call"
    case held
    case wrapUp = "wrap_up"
    /// A call that we did not place, incoming included.
    case busyByHand = "busy_by_hand"
    case dnd
    case unregistered
    case unreachable
    /// The phone refused our passcode; left only by a person.
    case lockedOut = "locked_out"
}
