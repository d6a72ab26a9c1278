/// What one line shows at one moment.
public struct SimulatedLineSnapshot: Sendable, Equatable {
    /// The handset, from 1; nil on a GXP phone.
    public let handset: Int?
    /// The line, from 1.
    public let line: Int
    /// Its state, whatever word the phone shows for it.
    public let state: SimulatedLineState
    /// The number at the other end; empty on a line without a call.
    public let number: String
    /// The call's number in the truth; nil on a line without a call.
    public let callID: Int?
}
