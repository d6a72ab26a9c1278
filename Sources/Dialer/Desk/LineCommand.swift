import Campaigns

/// What an agent does with the phone from the desk page, each the guide's function that the family has.
public enum LineCommand: Sendable, Hashable, Codable {
    /// End our call: cancel it while it rings, end it once it is connected.
    case hangUp
    /// Put our call on hold.
    case hold
    /// Take our call off hold.
    case resume
    /// Press digits, `*` and `#` in our call that is connected (DTMF).
    case keys(String)
    /// Press a key of the phone.
    case press(DeskKey)
    /// Take a call that rings on this line.
    case accept(line: Int)
    /// Turn a call away that rings on this line.
    case reject(line: Int)
    /// End the agent's own call on this line: one that was accepted, or dialled by hand.
    case end(line: Int)

    /// Most digits in one go: a phone queues them, and a queue cannot be taken back.
    public static let mostKeys = 32

    /// Whether phones of a family have the function.
    public func isAvailable(on family: PhoneFamily) -> Bool {
        switch self {
        case .hangUp, .hold, .resume, .keys, .accept, .reject, .end: true
        case .press(let key): key.isAvailable(on: family)
        }
    }
}

/// A key of the phone that the desk page offers.
public enum DeskKey: String, Sendable, Hashable, Codable, CaseIterable {
    /// The microphone on or off, during a call.
    case mute
    /// The speaker on or off.
    case speaker
    /// Headset mode.
    case headset
    case volumeUp = "volume_up"
    case volumeDown = "volume_down"
    /// Begins a transfer of our call; digits and `send` follow.
    case transfer
    /// Begins or joins a conference.
    case conference
    /// Dials the digits entered, for a transfer or conference.
    case send
    /// Do not disturb on or off, whichever it is not.
    case doNotDisturb = "do_not_disturb"
    case doNotDisturbOn = "do_not_disturb_on"
    case doNotDisturbOff = "do_not_disturb_off"

    /// Whether phones of a family have the key (guide, chapters "Sending Keys Functions", "Device Operations Functions").
    public func isAvailable(on family: PhoneFamily) -> Bool {
        switch self {
        case .mute, .speaker: true
        case .doNotDisturbOn, .doNotDisturbOff: family == .dp
        case .headset, .volumeUp, .volumeDown, .transfer, .conference, .send, .doNotDisturb: family == .gxp
        }
    }

    /// Whether it says something to the call, so that it must be ours.
    public var concernsCall: Bool {
        switch self {
        case .mute, .transfer, .conference, .send: true
        case .speaker, .headset, .volumeUp, .volumeDown, .doNotDisturb, .doNotDisturbOn, .doNotDisturbOff: false
        }
    }

    /// Whether it brings a second call into ours on purpose.
    var consults: Bool { self == .transfer || self == .conference }
}

/// A command of the desk that waits for a look at the station's lines.
struct WaitingLineCommand: Sendable, Hashable {
    /// How long it may wait: afterwards the agent's moment has passed.
    static let patience: Duration = .seconds(3)

    let id: Int
    let command: LineCommand
    let until: Instant
}
