import Campaigns

/// When the computer was suspended: what was due meanwhile could not be done, and is not late for it.
///
/// It is looked at a few times a second; a sleep counts from the look that noticed it. All times are of one clock that goes on
/// while the computer sleeps.
struct SleepLog: Sendable {
    /// Less than this is the reading of two clocks one after the other, and no sleep.
    static let least: Duration = .milliseconds(200)
    /// Sleeps that are remembered: nothing waits longer than over the last few.
    private static let remembered = 8

    private var total: Duration = .zero
    private var sleeps: [(seen: Instant, length: Duration)] = []

    /// Takes in how long the computer was suspended altogether, as of now.
    mutating func look(_ suspended: Duration, at now: Instant) {
        let length = suspended - total
        guard length >= Self.least else { return }
        total = suspended
        sleeps.append((now, length))
        if sleeps.count > Self.remembered { sleeps.removeFirst() }
    }

    /// How much of the time between two instants the computer was awake.
    func awake(from due: Instant, to now: Instant) -> Duration {
        let slept = sleeps.filter { due < $0.seen && $0.seen <= now }.reduce(Duration.zero) { $0 + $1.length }
        return max(now.since(due) - slept, .zero)
    }
}
