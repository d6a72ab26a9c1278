import CampaignStore
import Campaigns
import PhoneNumbers
import Testing

@testable import Dialer

/// How late a poll is, on a virtual clock: from when it was due, whatever came between.
@Suite("The lateness of polls") struct PollLatenessTests {
    private let start = Instant(milliseconds: 1_773_151_200_000)
    private let idle = [ObservedLine(line: 1, word: "idle", phase: .idle, remoteNumber: "")]

    private func heart(_ count: Int = 1, on device: String? = nil) -> DialerHeart {
        DialerHeart(
            stations: (1...count).map {
                StationSetup(
                    name: "s\($0)", device: device ?? "s\($0)", handset: device == nil ? nil : $0,
                    family: device == nil ? .gxp : .dp, dialWith: .makeCall, account: 0, trunk: nil,
                    dial: DialPlanOverride(), words: WordMap())
            })
    }

    /// How late the polls are that an event leads to.
    private func lateness(_ heart: inout DialerHeart, _ event: DialerEvent, at now: Instant) -> [String: Duration] {
        var late: [String: Duration] = [:]
        for effect in heart.handle(event, at: now) {
            guard case .poll(let name, _) = effect, let due = heart.pollDueAt(name) else { continue }
            late[name] = now.since(due)
        }
        return late
    }

    @Test("the first is in time; one whose engine was held up is late from when it was due")
    func late() {
        var heart = heart()
        #expect(lateness(&heart, .tick, at: start) == ["s1": .zero])
        _ = heart.handle(.lines(station: "s1", idle), at: start)
        #expect(lateness(&heart, .tick, at: start + .seconds(1)) == ["s1": .zero])
        _ = heart.handle(.lines(station: "s1", idle), at: start + .seconds(1))
        #expect(lateness(&heart, .tick, at: start + .seconds(9)) == ["s1": .seconds(7)])
    }

    @Test("a station that has work and needs a fresh look is as late as the look that it missed")
    func stale() {
        var heart = heart()
        let campaign = CampaignSetup(
            id: .init(1), name: "c", pacing: PacingSettings(), ringTimeout: .seconds(25))
        _ = heart.handle(.campaigns([campaign]), at: start)
        _ = heart.handle(.lines(station: "s1", idle), at: start)
        _ = heart.handle(
            .nothingToCall(station: "s1", campaign: .init(1), until: start + .seconds(3)), at: start)
        // Due after a second; the engine comes to it after five, when there is work, too.
        #expect(lateness(&heart, .tick, at: start + .seconds(5)) == ["s1": .seconds(4)])
    }

    @Test("what was left alone because its phone did not answer is not late when it is asked again")
    func circuit() {
        var heart = heart(3, on: "base")
        _ = heart.handle(.tick, at: start)
        for name in ["s1", "s2", "s3"] { _ = heart.handle(.lines(station: name, idle), at: start) }
        _ = heart.handle(.tick, at: start + .seconds(1))
        for name in ["s1", "s2", "s3"] {
            _ = heart.handle(.pollFailed(station: name, .unreachable("no answer")), at: start + .seconds(2))
        }
        let probe = start + .seconds(600)
        _ = heart.handle(.tick, at: probe)
        // One asks, is answered, and the others are asked at once.
        let asked = ["s1", "s2", "s3"].first { heart.stations[$0]?.isPolling == true }
        let prober = asked ?? ""
        let late = lateness(&heart, .lines(station: prober, idle), at: probe + .seconds(1))
        #expect(late.count == 2, "\(late)")
        #expect(late.values.allSatisfy { $0 == .zero }, "\(late)")
    }

    @Test("a person who lifts a lock-out makes nobody late")
    func lifted() {
        var heart = heart(2, on: "base")
        _ = heart.handle(.tick, at: start)
        _ = heart.handle(.pollFailed(station: "s1", .authentication("refused")), at: start)
        _ = heart.handle(.lines(station: "s2", idle), at: start)
        #expect(lateness(&heart, .lockOutLifted(station: "s1"), at: start + .seconds(500))["s1"] == .zero)
        #expect(lateness(&heart, .lockOutLifted(station: "s2"), at: start + .seconds(900))["s2"] == .zero)
    }
}
