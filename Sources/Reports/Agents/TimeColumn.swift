import Campaigns

/// What an agent's time goes to, as reports tell it apart; every state of a station falls into one.
enum TimeColumn: String, CaseIterable {
    case ready, ringing, talk, hold
    case wrapUp = "wrap_up"
    case byHand = "by_hand"
    case paused
    case other

    init(_ state: StationState) {
        switch state {
        case .ready: self = .ready
        case .dialing: self = .ringing
        case .inCall: self = .talk
        case .held: self = .hold
        case .wrapUp: self = .wrapUp
        case .busyByHand: self = .byHand
        case .paused: self = .paused
        case .unknown, .reconciling, .reserved, .dnd, .unregistered, .unreachable, .lockedOut: self = .other
        }
    }

    /// Such as `wrap_up_min`.
    var column: String { "\(rawValue)_min" }

    /// Whether calls of ours keep the agent busy.
    var isOccupied: Bool { [.ringing, .talk, .hold, .wrapUp].contains(self) }
}

/// Time by what it went to, in milliseconds.
struct SpentTime {
    private(set) var by: [TimeColumn: Int64] = [:]

    mutating func add(_ milliseconds: Int64, in state: StationState) {
        by[TimeColumn(state), default: 0] += milliseconds
    }

    mutating func add(_ other: SpentTime) { by.merge(other.by, uniquingKeysWith: +) }

    /// All of it: as long as the agent was logged in.
    var total: Int64 { by.values.reduce(0, +) }

    /// The part of the time for calls that went to calls; nil where there was none.
    var occupancy: Double? {
        let occupied = by.reduce(0) { $0 + ($1.key.isOccupied ? $1.value : 0) }
        let available = occupied + (by[.ready] ?? 0)
        return available == 0 ? nil : Double(occupied) / Double(available)
    }
}
