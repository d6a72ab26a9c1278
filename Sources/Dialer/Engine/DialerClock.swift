import Campaigns
import Foundation

/// The engine's clock: the wall clock, or a scaled one that starts where it is told.
///
/// A scaled clock is for virtual phones that share it; real phones are dialled on the wall clock only.
public struct DialerClock: Sendable {
    private let start: Instant?
    private let scale: Double
    private let origin: ContinuousClock.Instant

    /// The wall clock.
    public static let wall = DialerClock()

    private init() {
        start = nil
        scale = 1
        origin = .now
    }

    /// A clock that reads `start` now and runs `scale` times as fast as real time.
    ///
    /// - Parameter scale: more than 0; 10 means ten seconds of the clock in one second.
    public init(startingAt start: Instant, scale: Double) {
        self.start = start
        self.scale = max(scale, 0.001)
        origin = .now
    }

    /// The time on this clock.
    public func now() -> Instant {
        guard let start else { return Instant(Date()) }
        let elapsed = (ContinuousClock.now - origin).inSeconds * scale
        return Instant(milliseconds: start.milliseconds + Int64(elapsed * 1000))
    }

    /// Sleeps until the clock reads at least `instant`.
    public func sleep(until instant: Instant) async throws {
        let rest = instant.since(now()).inSeconds / scale
        if rest > 0 { try await Task.sleep(for: .seconds(rest)) }
    }
}
