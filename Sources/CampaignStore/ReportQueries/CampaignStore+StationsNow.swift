import Campaigns
import GRDB

/// In which state a station is, and since when.
public struct PresentState: Sendable, Hashable {
    public var state: StationState
    /// Why it is paused; empty in other states.
    public var reason: String
    public var since: Instant

    /// A state from its parts.
    public init(state: StationState, reason: String, since: Instant) {
        self.state = state
        self.reason = reason
        self.since = since
    }
}

extension CampaignStore {
    /// The states in which an engine noted its stations last, by station; true only while it runs.
    public func presentStates() throws -> [String: PresentState] {
        try read { database in
            var found: [String: PresentState] = [:]
            for row in try Row.fetchAll(database, sql: "SELECT station, state, reason, since FROM station_states") {
                guard let state = StationState(rawValue: row[1]) else { continue }
                found[row[0]] = PresentState(state: state, reason: row[2], since: Instant(milliseconds: row[3]))
            }
            return found
        }
    }
}
