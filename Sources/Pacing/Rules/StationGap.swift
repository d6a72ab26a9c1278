import Campaigns

/// The least time between the end of a station's call and its next one.
public struct StationGap: PacingRule {
    public let name = "station_gap"
    public let scope: PacingScope = .station
    /// The gap, more than 0.
    public let gap: Duration

    /// A gap.
    public init(gap: Duration) {
        self.gap = gap
    }

    /// Waits until the gap is over.
    public func verdict(_ facts: PacingFacts) -> PacingVerdict {
        guard let station = facts.station, let end = station.lastEnd, facts.now < end + gap else { return .now }
        return wait(until: end + gap, "Station \(station.name) rests \(DurationText.spoken(gap)) between calls.")
    }
}

/// In manual mode nothing is dialled unless an agent asks for it.
public struct ByHandOnly: PacingRule {
    public let name = "manual"

    /// The rule has no settings.
    public init() {}

    /// Waits for an agent.
    public func verdict(_ facts: PacingFacts) -> PacingVerdict {
        wait(until: nil, "The campaign is in manual mode: agents dial the contacts they pick.")
    }
}
