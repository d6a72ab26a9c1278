import Campaigns

/// All that a station's state is derived from.
public struct StationInputs: Sendable, Hashable {
    /// What is known of the call on the station.
    public enum Call: Sendable, Hashable, CaseIterable {
        case none
        /// An attempt from before a restart that has to be found on the phone.
        case reconciling
        /// A contact is set aside; the intent is being written.
        case reserved
        /// The command is out, or our line is calling.
        case dialing
        case connected
        case held
        case wrapUp
    }

    /// Whether the phone answers.
    public enum Health: Sendable, Hashable, CaseIterable {
        /// Not polled yet.
        case unknown
        case reachable
        case unreachable
        /// It refused our passcode.
        case lockedOut
    }

    public var health: Health
    public var call: Call
    /// A line is in use that is not our call's.
    public var otherCall: Bool
    /// No account of the station is registered.
    public var unregistered: Bool
    /// Do not disturb is known to be on.
    public var doNotDisturb: Bool
    /// A person paused it.
    public var paused: Bool
    /// Its agent is there, or is assumed to be.
    public var present: Bool

    /// Inputs; by default those of a station that was never polled, with its agent there.
    public init(
        health: Health = .unknown, call: Call = .none, otherCall: Bool = false, unregistered: Bool = false,
        doNotDisturb: Bool = false, paused: Bool = false, present: Bool = true
    ) {
        self.health = health
        self.call = call
        self.otherCall = otherCall
        self.unregistered = unregistered
        self.doNotDisturb = doNotDisturb
        self.paused = paused
        self.present = present
    }
}
