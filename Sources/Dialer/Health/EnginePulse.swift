import CampaignStore
import Campaigns
import Synchronization

/// What the engine says of itself as it goes along: read by anybody, at any time, without waiting for the engine.
///
/// Whoever asks whether an engine hangs must not hang with it. Durations that come out are real time, instants that go in are of
/// the engine's steady clock. While the computer is suspended nothing becomes late.
public final class EnginePulse: Sendable {
    private struct State: Sendable {
        var phase = EngineReading.Phase.notBegun
        var isStopping = false
        var fault: StoreFault?
        var beganAt: Instant?
        var wroteAt: Instant?
        var answeredAt: Instant?
        /// What the engine is to do next by its timer, and when it looks at the database next.
        var timer: Instant?
        var look: Instant?
        var polls = LatenessWindow()
        var intents = LatenessWindow()
        /// The greatest lateness since somebody took it.
        var peak: Duration = .zero
        var sleeps = SleepLog()
    }

    private let clock: DialerClock
    private let state = Mutex(State())
    private let work = Mutex<@Sendable () -> [String]>({ [] })

    init(clock: DialerClock) {
        self.clock = clock
    }

    /// What runs beside the engine now, such as requests of pages, each in words that name nobody; empty where nobody tells.
    public func runningWork() -> [String] { work.withLock { $0 }() }

    /// Says who tells what runs beside the engine. It is asked on a thread that must not wait.
    public func tellRunningWork(by work: @escaping @Sendable () -> [String]) { self.work.withLock { $0 = work } }

    /// How the engine is now.
    public func reading() -> EngineReading { state.withLock { reading(of: &$0) } }

    /// The same, with the greatest lateness that was noted since this was asked last; for the one who watches.
    func takeReading() -> EngineReading {
        state.withLock { state in
            var reading = reading(of: &state)
            reading.peak = max(state.peak, reading.overdue)
            state.peak = .zero
            return reading
        }
    }

    private func reading(of state: inout State) -> EngineReading {
        let now = clock.now()
        state.sleeps.look(clock.suspended(), at: now)
        let next = state.phase == .running ? [state.timer, state.look].compactMap { $0 }.min() : nil
        return EngineReading(
            phase: state.phase, isStopping: state.isStopping, fault: state.fault,
            sinceBegin: state.beganAt.map { clock.real(now.since($0)) },
            sinceWrite: state.wroteAt.map { clock.real(now.since($0)) },
            sinceAnswer: state.answeredAt.map { clock.real(now.since($0)) },
            overdue: next.map { clock.real(state.sleeps.awake(from: $0, to: now)) } ?? .zero,
            polls: Lateness(state.polls, at: now), intents: Lateness(state.intents, at: now))
    }

    func begin(at now: Instant, isStopping: Bool) {
        state.withLock {
            $0.phase = .running
            $0.isStopping = isStopping
            $0.beganAt = now
            $0.look = now
        }
    }

    func end() { state.withLock { $0.phase = .ended } }

    func noteStopping() { state.withLock { $0.isStopping = true } }

    func noteFault(_ fault: StoreFault?) { state.withLock { $0.fault = fault } }

    /// Something was written durably.
    func noteWrite(at now: Instant) { state.withLock { $0.wroteAt = now } }

    /// A phone answered a poll.
    func noteAnswer(at now: Instant) {
        state.withLock { $0.answeredAt = max($0.answeredAt ?? now, now) }
    }

    /// The timer that the engine waits for; nil for none.
    func waits(for timer: Instant?) { state.withLock { $0.timer = timer } }

    /// The engine has looked at the database, and is to look again.
    func lookAgain(after interval: Duration, at now: Instant) {
        let next = now + clock.passing(in: interval)
        state.withLock { $0.look = next }
    }

    /// A poll begins that could have begun at an instant.
    func notePoll(due: Instant, at now: Instant) {
        state.withLock { state in
            let lateness = lateness(&state, from: due, at: now)
            state.polls.note(lateness, at: now)
        }
    }

    /// An intent is on disk that could have been written at an instant.
    func noteIntent(due: Instant, at now: Instant) {
        state.withLock { state in
            let lateness = lateness(&state, from: due, at: now)
            state.intents.note(lateness, at: now)
        }
    }

    private func lateness(_ state: inout State, from due: Instant, at now: Instant) -> Duration {
        state.sleeps.look(clock.suspended(), at: now)
        // What was due before the run began could not be done before.
        let due = max(due, state.beganAt ?? due)
        let lateness = clock.real(state.sleeps.awake(from: due, to: now))
        state.peak = max(state.peak, lateness)
        return lateness
    }
}

/// How late one kind of work was.
public struct Lateness: Sendable, Hashable {
    /// The last minute.
    public var minute: LatenessSummary
    /// How often each size came since the start, by ``LatenessWindow/bounds``; one more than these.
    public var counts: [Int]
    /// All lateness since the start, in real time.
    public var sum: Duration

    init(_ window: LatenessWindow, at now: Instant) {
        minute = window.summary(at: now)
        counts = window.counts
        sum = window.sum
    }
}
