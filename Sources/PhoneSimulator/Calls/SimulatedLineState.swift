/// The state of a line, by the words of the GXP line status. There is no `busy`, and no cause code.
public enum SimulatedLineState: String, Sendable, Equatable, Codable, CaseIterable {
    /// Nothing happens.
    case idle
    /// Off hook, digits are being entered, nothing is sent yet.
    case dialing
    /// An outgoing call that is not answered; early media looks the same.
    case calling
    /// An incoming call that is not answered.
    case ringing
    /// Both sides talk.
    case connected
    /// Connected, and put on hold by our side.
    case onhold
    /// The call failed, and the line still says so.
    case failed
}
