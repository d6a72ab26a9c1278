import CampaignStore
import Campaigns
import PhoneNumbers
import Testing

@testable import Dialer

@Suite("The health of a device") struct DeviceHealthTests {
    private let start = Instant(milliseconds: 1_773_151_200_000)

    @Test("one lost answer leaves the circuit closed; from the second on the pause doubles up to 30 s, 20 % up or down")
    func backoff() throws {
        var health = DeviceHealth(device: "desk-1")
        health.answered(at: Instant(milliseconds: 0))
        health.failed("no answer", inCall: false, at: start)
        #expect(health.circuit == .closed)
        for expected in [1.0, 2, 4, 8, 16, 30, 30, 30] {
            health.failed("no answer", inCall: false, at: start)
            let pause = try #require(health.retryAt).since(start).inSeconds
            #expect((expected * 0.8...expected * 1.2).contains(pause), "\(pause) s for \(expected) s")
        }
        health.answered(at: Instant(milliseconds: 0))
        #expect(health.circuit == .closed)
        #expect(health.failures == 0)
    }

    @Test(
        "two hundred phones that vanish together do not come back at the same instant, but each does so as on every run"
    )
    func jitter() {
        let pauses = (1...200).map { index -> Instant? in
            var health = DeviceHealth(device: "desk-\(index)")
            for _ in 1...6 { health.failed("", inCall: false, at: start) }
            return health.retryAt
        }
        #expect(Set(pauses).count > 180)
        var again = DeviceHealth(device: "desk-7")
        for _ in 1...6 { again.failed("", inCall: false, at: start) }
        #expect(again.retryAt == pauses[6])
    }

    @Test("while a call of ours may be on the device, it is asked about every second")
    func inCall() throws {
        var health = DeviceHealth(device: "desk-1")
        for _ in 1...9 { health.failed("", inCall: true, at: start) }
        #expect(try #require(health.retryAt).since(start) <= .milliseconds(1200))
    }

    @Test("latency is smoothed over about five answers")
    func latency() {
        var health = DeviceHealth(device: "desk-1")
        for _ in 1...10 { health.measured(.milliseconds(100)) }
        health.measured(.milliseconds(600))
        #expect(health.latency == .milliseconds(200))
    }

    /// A base with three handsets, and the polls it is asked for at each tick.
    private func base() -> DialerHeart {
        DialerHeart(
            stations: (1...3).map { (handset: Int) in
                StationSetup(
                    name: "base/\(handset)", device: "base", handset: handset, family: .dp, dialWith: .makeCall,
                    account: 0,
                    trunk: nil, dial: DialPlanOverride(), words: WordMap())
            })
    }

    private func polled(_ effects: [DialerEffect]) -> [String] {
        effects.compactMap { if case .poll(let station, _) = $0 { station } else { nil } }
    }

    @Test("a base that fails is probed by one handset alone, and its answer lets the others ask at once")
    func halfOpen() throws {
        var heart = base()
        var now = start
        #expect(polled(heart.handle(.tick, at: now)) == ["base/1", "base/2", "base/3"])
        for handset in 1...3 {
            #expect(polled(heart.handle(.pollFailed(station: "base/\(handset)", .unreachable("off")), at: now)).isEmpty)
        }
        let probes = (1...4).map { _ -> [String] in
            now = heart.nextDeadline(after: now) ?? now
            let asked = polled(heart.handle(.tick, at: now))
            #expect(polled(heart.handle(.tick, at: now + .seconds(60))).isEmpty, "a probe is under way")
            if let station = asked.first {
                _ = heart.handle(.pollFailed(station: station, .unreachable("off")), at: now)
            }
            return asked
        }
        #expect(probes.allSatisfy { $0.count == 1 })
        #expect(heart.stationStatus.allSatisfy { $0.state == .unreachable && $0.retryAt != nil })
        now = try #require(heart.nextDeadline(after: now))
        let last = try #require(polled(heart.handle(.tick, at: now)).first)
        let idle = [ObservedLine(line: 1, word: "idle", phase: .idle)]
        let freed = polled(heart.handle(.lines(station: last, idle), at: now))
        #expect(freed.sorted() == ["base/1", "base/2", "base/3"].filter { $0 != last })
    }

    @Test("while answers take over half a second, the phone gets half the budget and a rest after each answer")
    func slow() async {
        let queue = RequestQueue(clock: .wall, on: LoopExecutor())
        let taken = { (answer: Duration) async -> Duration in
            let start = ContinuousClock.now
            for _ in 1...4 { await queue.run(.idle) { try? await Task.sleep(for: answer) } }
            return ContinuousClock.now - start
        }
        // Three gaps of 200 ms; then four answers with three rests of 400 ms. The clock of the gaps has whole milliseconds.
        #expect(await taken(.milliseconds(20)) >= .milliseconds(595))
        #expect(await taken(.milliseconds(550)) >= .milliseconds(3395))
    }

    @Test(
        "an idle handset's poll gives way to lines with calls for a second, and is not forgotten however many there are",
        .timeLimit(.minutes(15)))
    func starvation() async {
        let queue = RequestQueue(clock: .wall, on: LoopExecutor())
        let calls = (1...4).map { _ in
            Task {
                var served = 0
                while !Task.isCancelled {
                    await queue.run(.call) {}
                    served += 1
                }
                return served
            }
        }
        // Were it forgotten, this would never come back.
        await queue.run(.idle) {}
        for call in calls { call.cancel() }
    }
}
