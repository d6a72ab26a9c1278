import Campaigns
import Dialer
import Foundation
import GrandstreamCTI
import PhoneSimulator
import Synchronization

/// Time that passes only as fast as this machine serves phones.
///
/// A rehearsal asks in what order things come about: a call is answered before its ring timeout, a command leaves within two
/// seconds of its intent. On a machine that has no processor to spare, real time runs ahead of the requests and turns that
/// order around. So a beat does again and again what a call needs, a request to a virtual phone and a durable write, and no
/// beat lets more than `stride` pass: where a request takes ten times as long, so does a second.
final class ServedTime: Sendable {
    /// The time of all rehearsals of this process.
    static let shared = ServedTime()

    /// What passes during one beat at the most.
    private static let stride = Duration.milliseconds(40)
    /// The rest between two beats.
    private static let rest = Duration.milliseconds(20)

    private struct Hand {
        var passed = Duration.zero
        var beat = ContinuousClock.now
    }

    private let hand = Mutex(Hand())

    private init() {
        Task { try await self.beat() }
    }

    /// What has passed since somebody first asked; never goes back.
    func passed() -> Duration {
        hand.withLock { $0.passed + min(ContinuousClock.now - $0.beat, Self.stride) }
    }

    /// What will have passed since now.
    func sinceNow() -> @Sendable () -> Duration {
        let origin = passed()
        return { self.passed() - origin }
    }

    private func beat() async throws {
        let simulator = PhoneSimulator(clock: SimulatorClock(), seed: 1)
        let phone = try await simulator.start([.gxp(name: "beat", passcode: "beat")])[0]
        guard let address = URL(string: phone.address) else { preconditionFailure("a phone's address must be one") }
        let client = try PhoneClient(
            PhoneEndpoint(
                name: "beat", family: .gxp, address: address, passcode: Passcode("beat"),
                connectTimeout: .seconds(600), answerTimeout: .seconds(600)))
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("offhook-beat-\(UUID().uuidString)")
            .path
        let file = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        unlink(path)
        while true {
            _ = try await client.lineStatus()
            _ = pwrite(file, "x", 1, 0)
            fdatasync(file)
            hand.withLock {
                $0.passed += min(ContinuousClock.now - $0.beat, Self.stride)
                $0.beat = .now
            }
            try await Task.sleep(for: Self.rest)
        }
    }
}

extension DialerClock {
    /// A clock of a rehearsal: it reads `start` now and goes on only as fast as this machine serves phones.
    static func rehearsal(from start: Instant, scale: Double) -> DialerClock {
        DialerClock(startingAt: start, scale: scale, elapsed: ServedTime.shared.sinceNow())
    }
}

extension SimulatorClock {
    /// The phones' clock of a rehearsal; see `DialerClock.rehearsal`.
    static func rehearsal(from start: Instant, scale: Double) -> SimulatorClock {
        SimulatorClock(start: start.date, scale: scale, elapsed: ServedTime.shared.sinceNow())
    }
}
