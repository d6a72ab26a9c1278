import Campaigns
import Foundation
import Synchronization

/// The engine's clock. It has two hands: one that never steps, for durations, and the wall's, for rules and records.
///
/// Somebody sets the computer's clock an hour back: no call may ring an hour longer for it, but calling hours follow the
/// new time at once. A scaled clock is for virtual phones that share it; real phones are dialled on the wall clock only.
public struct DialerClock: Sendable {
    private let start: Instant
    private let scale: Double
    /// How much real time has passed since the clock was made.
    private let elapsed: @Sendable () -> Duration
    /// When it was made; nil where somebody else moves it, who may also leave it where it is.
    private let origin: ContinuousClock.Instant?
    /// The same moment, on the clock that stands still while the computer is suspended.
    private let awakeOrigin: SuspendingClock.Instant
    /// How far a rehearsal has set its wall clock; nil where the computer's own is read.
    private let rehearsed: WallSetting?

    /// Real time: the computer's clocks.
    public static let wall = DialerClock()

    private init() {
        start = Instant(Date())
        scale = 1
        elapsed = Self.sinceNow()
        origin = .now
        awakeOrigin = .now
        rehearsed = nil
    }

    /// A clock that reads `start` now and runs `scale` times as fast as real time.
    ///
    /// - Parameter scale: more than 0; 10 means ten seconds of the clock in one second.
    public init(startingAt start: Instant, scale: Double) {
        self.init(startingAt: start, scale: scale, origin: .now, elapsed: Self.sinceNow())
    }

    /// A clock that reads `start` where nothing has passed, and is moved by whoever rehearses.
    ///
    /// - Parameters:
    ///   - scale: more than 0; 10 means ten seconds of the clock in one second of `elapsed`.
    ///   - elapsed: what has passed; it never goes back, and goes on while somebody sleeps on this clock.
    public init(startingAt start: Instant, scale: Double, elapsed: @escaping @Sendable () -> Duration) {
        self.init(startingAt: start, scale: scale, origin: nil, elapsed: elapsed)
    }

    private init(
        startingAt start: Instant, scale: Double, origin: ContinuousClock.Instant?,
        elapsed: @escaping @Sendable () -> Duration
    ) {
        self.start = start
        self.scale = max(scale, 0.001)
        self.origin = origin
        self.elapsed = elapsed
        awakeOrigin = .now
        rehearsed = WallSetting()
    }

    private static func sinceNow() -> @Sendable () -> Duration {
        let origin = ContinuousClock.now
        return { ContinuousClock.now - origin }
    }

    /// The time that never steps: where the wall clock stood at the start, plus what has passed since.
    public func now() -> Instant {
        Instant(milliseconds: start.milliseconds + Int64(elapsed().inSeconds * scale * 1000)) + rehearsedSleep
    }

    /// How much passes on this clock in so much real time.
    func passing(in real: Duration) -> Duration { real * scale }

    /// How much real time so much of this clock takes.
    func real(_ passing: Duration) -> Duration { passing / scale }

    /// How much of this clock's time the computer has been suspended for since the clock was made; at most some milliseconds too
    /// little, never too much.
    func suspended() -> Duration {
        // Read in this order a pause between the two readings makes it less.
        guard let origin else { return rehearsedSleep }
        let elapsed = ContinuousClock.now - origin
        let awake = SuspendingClock.now - awakeOrigin
        return max(elapsed - awake, .zero) * scale + rehearsedSleep
    }

    /// What the wall clock shows.
    public func wallTime() -> Instant {
        guard let rehearsed else { return Instant(Date()) }
        return now() + .milliseconds(rehearsed.milliseconds.withLock { $0 })
    }

    /// What is to be added to an instant of the steady hand to have the wall's.
    public func wallOffset() -> Duration { wallTime().since(now()) }

    /// Sets the wall hand of a scaled clock forward or back, as a person or a time server would; real clocks stay as they are.
    public func setWall(by step: Duration) {
        rehearsed?.milliseconds.withLock { $0 += step.wholeMilliseconds }
    }

    /// Sets both hands of a scaled clock forward, as when the computer was suspended for so long; real clocks stay as they are.
    public func suspend(for length: Duration) {
        rehearsed?.slept.withLock { $0 += length.wholeMilliseconds }
    }

    private var rehearsedSleep: Duration { .milliseconds(rehearsed?.slept.withLock { $0 } ?? 0) }

    /// Sleeps until the steady hand reads at least `instant`.
    public func sleep(until instant: Instant) async throws {
        while true {
            let rest = real(until: instant)
            guard rest > .zero else { return }
            try await Task.sleep(for: rest)
        }
    }

    /// How much real time passes until the steady hand reads `instant`; not more than zero where it does already.
    func real(until instant: Instant) -> Duration { .seconds(instant.since(now()).inSeconds / scale) }

    private final class WallSetting: Sendable {
        let milliseconds = Mutex<Int64>(0)
        /// How long the computer was suspended for, as a rehearsal has it.
        let slept = Mutex<Int64>(0)
    }
}
