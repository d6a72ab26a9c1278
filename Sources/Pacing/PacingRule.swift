import Campaigns

/// What pacing rules look at: the calls of one campaign, as values.
public struct PacingFacts: Sendable, Hashable {
    public var now: Instant
    /// When calls of the campaign were started, ascending; the last 60 s are enough.
    public var recentStarts: [Instant]
    /// Calls of the campaign that are open now, wrap-up not included.
    public var openCalls: Int

    /// Facts from their parts.
    public init(now: Instant, recentStarts: [Instant], openCalls: Int) {
        self.now = now
        self.recentStarts = recentStarts
        self.openCalls = openCalls
    }
}

/// May a call start now, or when?
public protocol PacingRule: Sendable {
    /// The rule's name in reasons and files.
    var name: String { get }
    /// The answer for these facts.
    func verdict(_ facts: PacingFacts) -> PacingVerdict
}

/// At most so many calls started in any 60 seconds.
public struct CallsPerMinute: PacingRule {
    public let name = "calls_per_minute"
    /// Most starts in any 60 s, 1 or more.
    public let limit: Int

    /// A limit of starts a minute.
    public init(limit: Int) {
        self.limit = limit
    }

    /// Waits until the oldest start that fills the limit is 60 s old.
    public func verdict(_ facts: PacingFacts) -> PacingVerdict {
        let recent = facts.recentStarts.filter { $0 > facts.now - .seconds(60) }
        guard recent.count >= limit else { return .now }
        let until = recent[recent.count - limit] + .seconds(60)
        return .wait(
            until: until,
            because: Reason(code: name, text: "Calls a minute reached: \(recent.count) of \(limit) in the last 60 s."))
    }
}

/// At most so many calls at once.
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
        return .wait(
            until: nil,
            because: Reason(code: name, text: "Calls at once reached: \(facts.openCalls) of \(limit)."))
    }
}

/// All pacing rules of a campaign, asked together.
public struct Pacing: Sendable {
    /// The rules in the order in which they are asked.
    public let rules: [any PacingRule]

    /// Rules in order.
    public init(rules: [any PacingRule]) {
        self.rules = rules
    }

    /// The rules that a campaign's settings make.
    public init(_ settings: PacingSettings) {
        var rules: [any PacingRule] = []
        if let limit = settings.callsPerMinute { rules.append(CallsPerMinute(limit: limit)) }
        if let limit = settings.maxConcurrent { rules.append(MostAtOnce(limit: limit)) }
        self.rules = rules
    }

    /// `.now` if every rule says so, else the answer of the rule that holds the call back longest.
    public func verdict(_ facts: PacingFacts) -> PacingVerdict {
        var held: PacingVerdict = .now
        for rule in rules {
            let verdict = rule.verdict(facts)
            guard case .wait(let until, _) = verdict else { continue }
            if case .wait(let longest, _) = held, Self.order(until) <= Self.order(longest) { continue }
            held = verdict
        }
        return held
    }

    /// No end sorts last.
    private static func order(_ instant: Instant?) -> Int64 { instant?.milliseconds ?? .max }
}
