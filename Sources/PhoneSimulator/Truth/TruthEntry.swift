import Foundation

/// One line of the truth log. A field that does not apply is nil, and left out of the JSON. No passcode is ever in it.
public struct TruthEntry: Sendable, Equatable, Codable {
    /// What happened.
    public enum Event: String, Sendable, Equatable, Codable {
        /// A request came in.
        case request
        /// A line changed its state.
        case line
        /// An outgoing call was dialled, or an incoming one began to ring.
        case callStarted = "call_started"
        /// A call was answered.
        case callAnswered = "call_answered"
        /// A call ended.
        case callEnded = "call_ended"
        /// A digit was sent as a tone on a connected line.
        case tone
        /// An incoming call that reached no line: DND, no registration, or no line free.
        case turnedAway = "turned_away"
        /// The phone came up.
        case powerOn = "power_on"
        /// The phone went down: power, reboot or reset.
        case powerOff = "power_off"
    }

    /// Virtual milliseconds since 1970.
    public var milliseconds: Int64
    /// The same instant in ISO 8601, UTC, with milliseconds.
    public var time: String
    /// What happened.
    public var event: Event
    /// The phone's or base's name.
    public var phone: String
    /// The handset, from 1.
    public var handset: Int?
    /// The line, from 1.
    public var line: Int?
    /// The call's number in the truth.
    public var callID: Int?
    /// The number dialled, asked for, or the caller's.
    public var number: String?
    /// Of a request: the function, or `unknown`.
    public var function: String?
    /// Of a request: the operation (`endcall`, `REBOOT`, ...).
    public var operation: String?
    /// Of a request: the keys, as they were sent. Of a tone: the digit.
    public var keys: String?
    /// Of a request: `success` or `error` as the phone meant it; nil where the command did not act.
    public var answer: String?
    /// Of a request: the fault that struck it.
    public var fault: String?
    /// Of a line: its former state.
    public var from: SimulatedLineState?
    /// Of a line: its new state.
    public var to: SimulatedLineState?
    /// Of a call: its direction.
    public var direction: String?
    /// Of a call's start: what placed it.
    public var origin: String?
    /// Of a call's end: what ended it.
    public var cause: String?

    private enum CodingKeys: String, CodingKey {
        case milliseconds = "ms"
        case callID = "call"
        case time, event, phone, handset, line, number, function, operation, keys, answer, fault, from, to, direction
        case origin, cause
    }

    init(_ event: Event, at time: Date, phone: String, handset: Int? = nil) {
        milliseconds = Int64((time.timeIntervalSince1970 * 1000).rounded())
        self.time = Date(timeIntervalSince1970: Double(milliseconds) / 1000).formatted(Self.iso8601)
        self.event = event
        self.phone = phone
        self.handset = handset
    }

    private static let iso8601 = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
}
