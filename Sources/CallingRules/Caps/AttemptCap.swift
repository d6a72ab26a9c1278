import Campaigns

/// At most so many attempts that count, to one number or contact, in any window of time, across all campaigns.
public struct AttemptCap: Sendable, Hashable {
    /// Most attempts in the window, 1 or more.
    public let attempts: Int
    /// The length of the rolling window.
    public let within: Duration
    /// The statute or setting it comes from.
    public let source: String

    /// A cap from its parts.
    public init(attempts: Int, within: Duration, source: String) {
        self.attempts = attempts
        self.within = within
        self.source = source
    }

    /// Whether one more attempt fits at an instant, given when the attempts that count were made.
    ///
    /// An attempt leaves the window when it is exactly `within` old.
    public func verdict(at instant: Instant, history: [Instant]) -> Verdict {
        let start = instant - within
        let recent = history.filter { $0 > start }.sorted()
        guard recent.count >= attempts else { return .allowed }
        // The call becomes possible when all but `attempts - 1` of the recent ones have left the window.
        let until = recent[recent.count - attempts] + within
        let text =
            "It was called \(recent.count) times within \(DurationText.spoken(within)); at most \(attempts) (\(source))."
        return .denied(until: until, [Reason(code: "attempt_cap", text: text)])
    }
}
