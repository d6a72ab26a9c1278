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
    /// How far a rehearsal has set its wall clock; nil where the computer's own is read.
    private let rehearsed: WallSetting?

    /// Real time: the computer's clocks.
    public static let wall = DialerClock()

    private init() {
        start = Instant(Date())
        scale = 1
        elapsed = Self.sinceNow()
        rehearsed = nil
    }

    /// A clock that reads `start` now and runs `scale` times as fast as real time.
    ///
    /// - Parameter scale: more than 0; 10 means ten seconds of the clock in one second.
    public init(startingAt start: Instant, scale: Double) {
        self.init(startingAt: start, scale: scale, elapsed: Self.sinceNow())
    }

    /// A clock that reads `start` where nothing has passed, and is moved by whoever rehearses.
    ///
    /// - Parameters:
    ///   - scale: more than 0; 10 means ten seconds of the clock in one second of `elapsed`.
    ///   - elapsed: what has passed; it never goes back, and goes on while somebody sleeps on this clock.
    public init(startingAt start: Instant, scale: Double, elapsed: @escaping @Sendable () -> Duration) {
        self.start = start
        self.scale = max(scale, 0.001)
        self.elapsed = elapsed
        rehearsed = WallSetting()
    }

    private static func sinceNow() -> @Sendable () -> Duration {
        let origin = ContinuousClock.now
        return { ContinuousClock.now - origin }
    }

    /// The time that never steps: where the wall clock stood at the start, plus what has passed since.
    public func now() -> Instant {
        Instant(milliseconds: start.milliseconds + Int64(elapsed().inSeconds * scale * 1000))
    }

    /// How much passes on this clock in so much real time.
    func passing(in real: Duration) -> Duration { real * scale }

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
    }
}
