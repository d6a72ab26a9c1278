import Campaigns

/// At most so many calls started in any window of time.
public struct StartRate: PacingRule {
    public let name: String
    /// Most starts in the window, 1 or more.
    public let limit: Int
    /// The length of the rolling window.
    public let window: Duration
    private let spoken: String

    /// A limit of starts a minute.
    public static func perMinute(_ limit: Int) -> StartRate {
        StartRate(name: "calls_per_minute", limit: limit, window: .seconds(60), spoken: "Calls a minute")
    }

    /// A limit of starts an hour.
    public static func perHour(_ limit: Int) -> StartRate {
        StartRate(name: "calls_per_hour", limit: limit, window: .seconds(3600), spoken: "Calls an hour")
    }

    /// Waits until the oldest start that fills the limit has left the window. Calls that are being placed are starts of now.
    public func verdict(_ facts: PacingFacts) -> PacingVerdict {
        let recent = facts.recentStarts.filter { $0 > facts.now - window }
        let count = recent.count + facts.starting
        guard count >= limit else { return .now }
        let oldest = count - limit < recent.count ? recent[count - limit] : facts.now
        return wait(
            until: oldest + window,
            "\(spoken) reached: \(count) of \(limit) in the last \(DurationText.spoken(window)).")
    }
}
