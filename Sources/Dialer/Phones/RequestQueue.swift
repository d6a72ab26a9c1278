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
    /// How long an idle line's poll gives way to lines with a call; then its age decides, so that on a base with many calls no
    /// handset is forgotten.
    static let patience: Duration = .seconds(1)

    private struct Waiting {
        let rank: RequestRank
        let since: Instant
        /// Resumed with how long the phone itself had it wait.
        let turn: CheckedContinuation<Duration, Never>
    }

    private let clock: DialerClock
    private let executor: LoopExecutor
    private var waiting: [Waiting] = []
    private var isBusy = false
    private var isSlow = false
    /// When the request before ended.
    private var freeSince: Instant
    private var nextPollAt: Instant
    private var alarm: Task<Void, Never>?

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// - Parameter executor: the phone's own; its requests run there as well, in tasks that prefer it.
    init(clock: DialerClock, on executor: LoopExecutor) {
        self.clock = clock
        self.executor = executor
        nextPollAt = clock.now()
        freeSince = nextPollAt
    }

    /// Why the phone refuses our passcode, once it has; no further request is worth sending then.
    private(set) var refusal: String?

    /// The phone refused our passcode: requests that wait are answered without being sent.
    func refuse(_ reason: String) {
        refusal = reason
    }

    /// Runs a request when its turn comes.
    ///
    /// - Parameter onTurn: told when it begins, with how long it waited for the phone's other requests and for the budget; what it
    ///   waited beyond that was the program's fault.
    func run<Result: Sendable>(
        _ rank: RequestRank, onTurn: @Sendable (Duration) -> Void = { _ in }, _ request: @Sendable () async -> Result
    ) async -> Result {
        let waited = await withCheckedContinuation { turn in
            waiting.append(Waiting(rank: rank, since: clock.now(), turn: turn))
            pump()
        }
        onTurn(waited)
        let start = ContinuousClock.now
        let result = await request()
        isSlow = ContinuousClock.now - start > Self.slowAnswer
        if isSlow { nextPollAt = max(nextPollAt, clock.now() + Self.slowGap) }
        isBusy = false
        freeSince = clock.now()
        pump()
        return result
    }

    private func pump() {
        let now = clock.now()
        guard !isBusy, let best = waiting.indices.min(by: { urgency($0, now) < urgency($1, now) }) else { return }
        var possible = max(freeSince, waiting[best].since)
        if waiting[best].rank != .command {
            guard now >= nextPollAt else { return wake(at: nextPollAt) }
            possible = max(possible, nextPollAt)
            nextPollAt = now + (isSlow ? Self.slowGap : Self.gap)
        }
        isBusy = true
        let next = waiting.remove(at: best)
        next.turn.resume(returning: possible.since(next.since))
    }

    /// The rank that counts now; among equals the first that came is served.
    private func urgency(_ index: Int, _ now: Instant) -> RequestRank {
        let request = waiting[index]
        return request.rank == .idle && now.since(request.since) >= Self.patience ? .call : request.rank
    }

    private func wake(at instant: Instant) {
        guard alarm == nil else { return }
        alarm = Task(executorPreference: executor) {
            try? await self.clock.sleep(until: instant, on: self.executor)
            await self.rang()
        }
    }

    private func rang() {
        alarm = nil
        pump()
    }
}
