import Foundation

/// What a station reports about its lines and calls. Lines count from 1.
enum CallEvent: Sendable, Equatable {
    case lineChanged(line: Int, from: SimulatedLineState, to: SimulatedLineState, call: LineCall?, at: Date)
    case started(call: LineCall, line: Int, origin: SimulatedCall.Origin, at: Date)
    case answered(call: LineCall, line: Int, at: Date)
    case ended(call: LineCall, line: Int, cause: SimulatedCall.EndCause, at: Date)
    /// A digit on a connected line: the far end hears a tone, nothing is dialled.
    case tone(call: LineCall, line: Int, digit: Character, at: Date)
    /// An incoming call that never reached a line.
    case turnedAway(number: String, at: Date)
}
