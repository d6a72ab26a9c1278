import Campaigns

/// At most so many calls of the campaign at once.
public struct MostAtOnce: PacingRule {
    public let name = "max_concurrent"
    /// Most open calls, 1 or more.
    public let limit: Int

    /// A limit of calls at once.
    public init(limit: Int) {
        self.limit = limit
    }

    /// Waits until a call ends.
    public func verdict(_ facts: PacingFacts) -> PacingVerdict {
        guard facts.openCalls >= limit else { return .now }
        return wait(until: nil, "Calls at once reached: \(facts.openCalls) of \(limit).")
    }
}

/// At most so many calls at once on a group of stations, whatever campaigns they are of.
public struct TrunkLimit: PacingRule {
    public let name = "trunk"
    public let scope: PacingScope = .station

    /// The limit comes with the facts, since the least one of all campaigns holds.
    public init() {}

    /// Waits until a call on the trunk ends.
    public func verdict(_ facts: PacingFacts) -> PacingVerdict {
        guard let station = facts.station, let trunk = station.trunk, let limit = station.trunkLimit,
            station.openOnTrunk >= limit
        else { return .now }
        return wait(until: nil, "Trunk “\(trunk)” is full: \(station.openOnTrunk) of \(limit) calls.")
    }
}
