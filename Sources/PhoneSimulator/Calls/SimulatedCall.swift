import Foundation

/// What really happened to one call, for comparison with what a dialer says of it. All times are virtual.
public struct SimulatedCall: Sendable, Equatable, Identifiable {
    /// Who called whom.
    public enum Direction: String, Sendable, Equatable { case outgoing, incoming }

    /// What placed the call.
    public enum Origin: String, Sendable, Equatable {
        /// Keys that came through api-send_key.
        case sendKey = "send_key"
        /// The function api-make_call.
        case makeCall = "make_call"
        /// The person at the phone.
        case byHand = "by_hand"
        /// The far end: an incoming call.
        case network
    }

    /// Who or what ended the call.
    public enum EndCause: Sendable, Equatable, CustomStringConvertible {
        /// The far end hung up, or gave up an incoming call.
        case farEnd
        /// `endcall`, or a key that hangs up.
        case localEndcall
        /// `cancel` or `rejectcall`, or a key that rejects.
        case localCancel
        /// The call failed, with its SIP code.
        case failed(code: Int)
        /// The person at the phone hung up.
        case agentHangup
        /// The phone lost its power, rebooted or was reset.
        case powerLoss

        /// The word that stands in the truth log.
        public var description: String {
            switch self {
            case .farEnd: "far_end"
            case .localEndcall: "local_endcall"
            case .localCancel: "local_cancel"
            case .failed(let code): "failed_\(code)"
            case .agentHangup: "agent_hangup"
            case .powerLoss: "power_loss"
            }
        }
    }

    /// Counts from 1 over all phones of a simulator, in the order of the calls' starts.
    public let id: Int
    /// The phone's or base's name.
    public let phone: String
    /// The handset, from 1; nil on a GXP phone.
    public let handset: Int?
    /// The line, from 1.
    public let line: Int
    /// Who called whom.
    public let direction: Direction
    /// What placed it.
    public let origin: Origin
    /// The number dialled, as it was dialled, or the caller's.
    public let number: String
    /// When dialling was complete, or the phone began to ring.
    public let startedAt: Date
    /// When it was answered.
    public internal(set) var answeredAt: Date?
    /// When it ended; a failed call ends when it fails, however long its line shows `failed`.
    public internal(set) var endedAt: Date?
    /// What ended it.
    public internal(set) var endCause: EndCause?
}
