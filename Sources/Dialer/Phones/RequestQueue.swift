import Campaigns

/// How urgent a request to a device is.
enum RequestRank: Int, Sendable, Comparable {
    /// Dialling, cancelling, ending: at once.
    case command
    /// Lines with a call of ours.
    case call
    /// Idle lines.
    case idle

    static func < (left: RequestRank, right: RequestRank) -> Bool { left.rawValue < right.rawValue }
}

/// One device's requests: one in flight, the most urgent next, and a budget for polls.
///
/// The phones are small and slow web servers. Five polls a second are the budget. While answers take over 500 ms it is half of
/// that, and a poll waits as long after an answer as it would after a request, so that the phone gets its breath back.
actor RequestQueue {
    static let gap: Duration = .milliseconds(200)
    static let slowGap: Duration = .milliseconds(400)
    static let slowAnswer: Duration = .milliseconds(500)

    private struct Waiting {
        let rank: RequestRank
        let turn: CheckedContinuation<Void, Never>
    }

    private let clock: DialerClock
    private var waiting: [Waiting] = []
    private var isBusy = false
    private var isSlow = false
    private var nextPollAt: Instant
    private var alarm: Task<Void, Never>?

    init(clock: DialerClock) {
        self.clock = clock
        nextPollAt = clock.now()
    }

    /// Why the phone refuses our passcode, once it has; no further request is worth sending then.
    private(set) var refusal: String?

    /// The phone refused our passcode: requests that wait are answered without being sent.
    func refuse(_ reason: String) {
        refusal = reason
    }

    /// Runs a request when its turn comes.
    func run<Result: Sendable>(_ rank: RequestRank, _ request: @Sendable () async -> Result) async -> Result {
        await withCheckedContinuation { turn in
            waiting.append(Waiting(rank: rank, turn: turn))
            pump()
        }
        let start = ContinuousClock.now
        let result = await request()
        isSlow = ContinuousClock.now - start > Self.slowAnswer
        if isSlow { nextPollAt = max(nextPollAt, clock.now() + Self.slowGap) }
        isBusy = false
        pump()
        return result
    }

    private func pump() {
        guard !isBusy, let best = waiting.indices.min(by: { waiting[$0].rank < waiting[$1].rank }) else { return }
        let now = clock.now()
        if waiting[best].rank != .command {
            guard now >= nextPollAt else { return wake(at: nextPollAt) }
            nextPollAt = now + (isSlow ? Self.slowGap : Self.gap)
        }
        isBusy = true
        waiting.remove(at: best).turn.resume()
    }

    private func wake(at instant: Instant) {
        guard alarm == nil else { return }
        alarm = Task {
            try? await clock.sleep(until: instant)
            alarm = nil
            pump()
        }
    }
}
