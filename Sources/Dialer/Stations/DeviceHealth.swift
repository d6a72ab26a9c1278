import Campaigns

/// How well a device answers: its latency, its failures in a row, and a circuit breaker over both.
///
/// A device that fails twice in a row is left alone for a while, longer each time; then one of its stations asks once. Only
/// an answer to that probe lets the others ask again. So a dead base with ten handsets costs one request, not ten, and no
/// device is asked by all its stations at the moment it comes back.
public struct DeviceHealth: Sendable, Hashable {
    /// Whether the device is asked.
    public enum Circuit: Sendable, Hashable {
        /// As the stations need it.
        case closed
        /// Not before an instant.
        case open(until: Instant)
        /// One station is asking now.
        case probing
    }

    /// Failures in a row from which the device is left alone: one lost answer is no verdict.
    static let opensAfter = 2
    /// The first pause; each further one is twice as long.
    static let firstPause: Duration = .seconds(1)
    /// The longest pause, before jitter.
    static let longestPause: Duration = .seconds(30)
    /// The longest pause while a call of ours may be on the device.
    static let pauseInCall: Duration = .seconds(1)
    /// How much of a pause is left to chance, up and down.
    static let jitter = 0.2

    /// The name of the device: what its jitter is drawn from, so that the same run gives the same pauses.
    let device: String
    public private(set) var circuit = Circuit.closed
    /// Failures since the last answer.
    public private(set) var failures = 0
    /// Answers since the start.
    public private(set) var answers = 0
    /// The time a request takes from its turn to its answer, smoothed over about five; nil before the first answer.
    public private(set) var latency: Duration?
    /// What the last failure said.
    public private(set) var failureText = ""
    /// When the last answer came; nil before the first.
    public private(set) var answeredAt: Instant?
    /// Since when it is asked as its stations need it, where something else came before; its polls were not due earlier.
    private(set) var askedSince: Instant?

    init(device: String, since askedSince: Instant? = nil) {
        self.device = device
        self.askedSince = askedSince
    }

    /// When the device may be asked next, by one station alone; nil where the circuit is closed.
    public var retryAt: Instant? {
        if case .open(let until) = circuit { until } else { nil }
    }

    /// An answer came.
    mutating func answered(at now: Instant) {
        if circuit != .closed { askedSince = now }
        answeredAt = now
        answers += 1
        failures = 0
        circuit = .closed
    }

    /// An answer took so long.
    mutating func measured(_ latency: Duration) {
        guard let former = self.latency else { return self.latency = latency }
        self.latency = .milliseconds((former.wholeMilliseconds * 4 + latency.wholeMilliseconds) / 5)
    }

    /// No answer came, or none that can be read.
    mutating func failed(_ text: String, inCall: Bool, at now: Instant) {
        failures += 1
        failureText = text
        // A device that was never heard of gets no second look at once.
        guard failures >= Self.opensAfter || answers == 0 else { return }
        let doublings = min(max(failures - Self.opensAfter, 0), 5)
        let pause = min(.milliseconds(Self.firstPause.wholeMilliseconds << doublings), Self.longestPause)
        let chosen = inCall ? min(pause, Self.pauseInCall) : pause
        let spread = 1 + Self.jitter * (2 * chance() - 1)
        circuit = .open(until: now + .milliseconds(Int64(Double(chosen.wholeMilliseconds) * spread)))
    }

    /// The device was not asked after all, for want of descriptors or memory of ours: nothing is known that was not known before.
    mutating func notAsked(at now: Instant) {
        if circuit == .probing { circuit = .open(until: now + Self.firstPause) }
    }

    /// A station asks for all of them.
    mutating func probe() {
        if case .open = circuit { circuit = .probing }
    }

    /// From 0 to 1, by the device's name and the number of failures (FNV-1a).
    private func chance() -> Double {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in device.utf8 + [UInt8(truncatingIfNeeded: failures)] {
            hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
        }
        hash ^= hash >> 32
        return Double(hash % 1_000_003) / 1_000_003
    }
}
