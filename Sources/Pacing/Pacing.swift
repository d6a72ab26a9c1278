import Campaigns

/// All pacing rules of a campaign, asked together.
public struct Pacing: Sendable {
    /// A rule that holds a call back, with its answer.
    public struct Hold: Sendable {
        /// What is held back.
        public var scope: PacingScope
        /// When to ask again; nil when something changes.
        public var until: Instant?
        /// The rule's name, and the facts as a sentence.
        public var reason: Reason
    }

    /// The rules in the order in which they are asked.
    public let rules: [any PacingRule]

    /// Rules in order.
    public init(rules: [any PacingRule]) {
        self.rules = rules
    }

    /// The rules that a campaign's settings make.
    ///
    /// - Parameter byHand: for a call that an agent asks for: the manual mode itself is no objection then.
    public init(_ settings: PacingSettings, brakes: BrakeSettings = BrakeSettings(), byHand: Bool = false) {
        var rules: [any PacingRule] = []
        if let limit = brakes.agentAbsent { rules.append(AgentAbsentBrake(limit: limit)) }
        if let limit = brakes.failedFast { rules.append(FailedFastBrake(limit: limit)) }
        if settings.mode == .manual, !byHand { rules.append(ByHandOnly()) }
        if let limit = settings.callsPerMinute { rules.append(StartRate.perMinute(limit)) }
        if let limit = settings.callsPerHour { rules.append(StartRate.perHour(limit)) }
        if let limit = settings.maxConcurrent { rules.append(MostAtOnce(limit: limit)) }
        if settings.stationGap > .zero { rules.append(StationGap(gap: settings.stationGap)) }
        rules.append(TrunkLimit())
        self.rules = rules
    }

    /// `.now` if every rule says so, else the answer of the rule that holds the call back longest.
    public func verdict(_ facts: PacingFacts) -> PacingVerdict {
        hold(facts).map { .wait(until: $0.until, because: $0.reason) } ?? .now
    }

    /// The rule that holds a call back longest; nil where none does. A brake comes before all others.
    public func hold(_ facts: PacingFacts) -> Hold? {
        var longest: Hold?
        for rule in rules {
            guard case .wait(let until, let reason) = rule.verdict(facts) else { continue }
            if rule.scope == .brake { return Hold(scope: .brake, until: nil, reason: reason) }
            if let longest, Self.order(until) <= Self.order(longest.until) { continue }
            longest = Hold(scope: rule.scope, until: until, reason: reason)
        }
        return longest
    }

    /// No end sorts last.
    private static func order(_ instant: Instant?) -> Int64 { instant?.milliseconds ?? .max }
}
