import Foundation

/// The simulation's time: it starts where it is told to and runs `scale` times as fast as real time.
///
/// Everything a phone or a far end does (ringing, talking, a reboot, the gap between two keys) is measured in virtual
/// seconds. What the network does (latency, jitter, stalls) is real.
public struct SimulatorClock: Sendable {
    private let start: Date
    private let scale: Double
    private let origin: ContinuousClock.Instant

    /// - Parameters:
    ///   - start: the virtual instant of this call.
    ///   - scale: virtual seconds a real second; more than 0.
    public init(start: Date = Date(), scale: Double = 1) {
        precondition(scale > 0 && scale.isFinite, "The time scale must be more than 0; it is \(scale).")
        self.start = start
        self.scale = scale
        origin = ContinuousClock.now
    }

    /// The virtual time.
    public func now() -> Date {
        start.addingTimeInterval((ContinuousClock.now - origin) / .seconds(1) * scale)
    }

    /// How many real seconds pass while `seconds` virtual ones do.
    public func realSeconds(virtual seconds: Double) -> Double {
        seconds / scale
    }
}
