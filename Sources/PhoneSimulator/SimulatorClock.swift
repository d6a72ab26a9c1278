import Foundation

/// The simulation's time: it starts where it is told to and runs `scale` times as fast as real time.
///
/// Everything a phone or a far end does (ringing, talking, a reboot, the gap between two keys) is measured in virtual
/// seconds. What the network does (latency, jitter, stalls) is real.
public struct SimulatorClock: Sendable {
    private let start: Date
    private let scale: Double
    /// How much real time has passed since the clock was made.
    private let elapsed: @Sendable () -> Duration

    /// - Parameters:
    ///   - start: the virtual instant of this call.
    ///   - scale: virtual seconds a real second; more than 0.
    public init(start: Date = Date(), scale: Double = 1) {
        let origin = ContinuousClock.now
        self.init(start: start, scale: scale) { ContinuousClock.now - origin }
    }

    /// A clock that is moved by whoever rehearses.
    ///
    /// - Parameters:
    ///   - start: the virtual instant at which nothing has passed.
    ///   - scale: virtual seconds a second of `elapsed`; more than 0.
    ///   - elapsed: what has passed; it never goes back.
    public init(start: Date, scale: Double, elapsed: @escaping @Sendable () -> Duration) {
        precondition(scale > 0 && scale.isFinite, "The time scale must be more than 0; it is \(scale).")
        self.start = start
        self.scale = scale
        self.elapsed = elapsed
    }

    /// The virtual time.
    public func now() -> Date {
        start.addingTimeInterval(elapsed() / .seconds(1) * scale)
    }

    /// How many real seconds pass while `seconds` virtual ones do; at least as many where something else moves the clock.
    public func realSeconds(virtual seconds: Double) -> Double {
        seconds / scale
    }
}
