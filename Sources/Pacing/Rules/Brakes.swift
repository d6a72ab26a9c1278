import Campaigns

/// Pauses the campaign when too many answered calls met no agent.
public struct AgentAbsentBrake: PacingRule {
    public let name = "brake_agent_absent"
    public let scope: PacingScope = .brake
    public let limit: BrakeSettings.Limit

    /// A brake at a share of the latest answered calls.
    public init(limit: BrakeSettings.Limit) {
        self.limit = limit
    }

    /// Holds while more than the share of `over` calls met nobody, however few calls there were: a short run can use it up.
    public func verdict(_ facts: PacingFacts) -> PacingVerdict {
        let count = limit.exceeded(by: facts.agentAbsent)
        guard let count else { return .now }
        return wait(
            until: nil,
            "\(count) of the last \(min(limit.over, facts.agentAbsent.count)) answered calls met no agent, over "
                + "\(limit.text); see that agents keep their pages open, then start the campaign again.")
    }
}

/// Pauses the campaign when too many calls fail at once, as on a dead trunk.
public struct FailedFastBrake: PacingRule {
    public let name = "brake_failed_fast"
    public let scope: PacingScope = .brake
    public let limit: BrakeSettings.Limit

    /// A brake at a share of the latest calls.
    public init(limit: BrakeSettings.Limit) {
        self.limit = limit
    }

    /// Holds while more than the share of `over` calls failed at once.
    public func verdict(_ facts: PacingFacts) -> PacingVerdict {
        let count = limit.exceeded(by: facts.failedFast)
        guard let count else { return .now }
        return wait(
            until: nil,
            "\(count) of the last \(min(limit.over, facts.failedFast.count)) calls failed at once, over \(limit.text); "
                + "look at the trunk and the phones' accounts, then start the campaign again.")
    }
}

extension BrakeSettings.Limit {
    /// How many of the latest `over` were bad, where that exceeds the share of `over`; else nil.
    func exceeded(by calls: [Bool]) -> Int? {
        let bad = calls.suffix(over).count { $0 }
        return Double(bad) > share * Double(over) + 1e-9 ? bad : nil
    }

    /// `3 % of 100`.
    var text: String { "\((share * 1000).rounded() / 10) % of \(over)" }
}
