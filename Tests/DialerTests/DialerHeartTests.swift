import CampaignStore
import Campaigns
import Dialer
import Foundation
import PhoneNumbers
import Testing

@Suite("The heart on a virtual clock") struct DialerHeartTests {
    /// `OFFHOOK_SEEDS` sets how many, for the long form.
    static let seeds = UInt64(1)...(ProcessInfo.processInfo.environment["OFFHOOK_SEEDS"].flatMap { UInt64($0) } ?? 40)

    @Test(
        "whatever phones do: one call a station, every attempt settled once, nothing sent to a call that is not ours",
        arguments: seeds)
    func moodyPhones(seed: UInt64) {
        var floor = VirtualFloor(seed: seed, stations: 4, calls: 40)
        floor.run(for: .seconds(3 * 3600))
        #expect(floor.faults.isEmpty, "seed \(seed): \(floor.faults.prefix(3))")
        #expect(floor.left == 0, "seed \(seed): \(floor.left) were never placed")
        #expect(floor.settled.count == 40)
        #expect(floor.settled.values.allSatisfy { $0 == 1 })
        #expect(!floor.heart.hasOpenCalls)
    }

    @Test("the same seed gives the same effects, to the millisecond")
    func deterministic() {
        var first = VirtualFloor(seed: 7, stations: 3, calls: 30)
        var second = VirtualFloor(seed: 7, stations: 3, calls: 30)
        first.keepsLog = true
        second.keepsLog = true
        first.run(for: .seconds(3600))
        second.run(for: .seconds(3600))
        #expect(first.log == second.log)
        #expect(first.log.count > 100)
    }

    @Test(
        "after a stop nothing further is placed, and the open calls are followed to their end",
        arguments: UInt64(1)...8)
    func stop(seed: UInt64) {
        var floor = VirtualFloor(seed: seed, stations: 4, calls: 1000)
        floor.run(for: .seconds(60))
        floor.later(.zero, .stop)
        let placed = floor.numbers.count
        floor.run(for: .seconds(3600))
        // A call that the heart had asked for when the stop came may still be recorded.
        #expect(floor.numbers.count <= placed + 4)
        #expect(!floor.heart.hasOpenCalls)
        #expect(floor.settled.count == floor.numbers.count)
    }

    @Test("a paused station is given no call, and takes part again when it is ready")
    func pause() {
        var floor = VirtualFloor(seed: 3, stations: 1, calls: 5)
        floor.later(.zero, .pause(station: "desk-1", reason: "lunch"))
        floor.run(for: .seconds(600))
        #expect(floor.numbers.isEmpty)
        #expect(floor.heart.stationStatus.first?.state == .paused)
        floor.later(.zero, .pause(station: "desk-1", reason: nil))
        floor.run(for: .seconds(3600))
        #expect(floor.numbers.count == 5)
    }

    @Test("a phone that refuses our passcode is not asked again until a person lifts it")
    func lockOut() {
        var floor = VirtualFloor(seed: 3, stations: 1, calls: 5)
        floor.later(.zero, .pollFailed(station: "desk-1", .authentication("refused")))
        floor.run(for: .seconds(600))
        #expect(floor.polls <= 1)
        #expect(floor.heart.stationStatus.first?.state == .lockedOut)
        floor.later(.zero, .lockOutLifted(station: "desk-1"))
        floor.run(for: .seconds(3600))
        #expect(floor.numbers.count == 5)
    }

    @Test(
        "a thousand stations that are ready at once are served in turn: few commands are under way, and none is forgotten"
    )
    func throttled() {
        let now = Instant(milliseconds: 1_773_151_200_000)
        let names = (1...1000).map { "desk-\($0)" }
        var heart = DialerHeart(
            stations: names.map {
                StationSetup(
                    name: $0, device: $0, handset: nil, family: .gxp, dialWith: .sendKey, account: 0, trunk: nil,
                    dial: DialPlanOverride(), words: WordMap())
            })
        let campaign = CampaignID(1)
        var waiting: [String] = []
        var served: [String: Int] = [:]
        let setup = CampaignSetup(id: campaign, name: "c", pacing: PacingSettings(), ringTimeout: .seconds(25))
        let feed = { (event: DialerEvent) in
            for case .placeCall(let station, _) in heart.handle(event, at: now) {
                waiting.append(station)
                served[station, default: 0] += 1
            }
        }
        feed(.campaigns([setup]))
        for name in names {
            feed(.lines(station: name, [ObservedLine(line: 1, word: "idle", phase: .idle, remoteNumber: "")]))
        }
        #expect(waiting.count == 32)
        var attempt: Int64 = 0
        while let station = waiting.first {
            #expect(waiting.count <= 32)
            waiting.removeFirst()
            attempt += 1
            feed(.intentRecorded(station: station, AttemptID(attempt), campaign: campaign, dialled: "12125550123"))
            feed(.dialAnswered(station: station, AttemptID(attempt), .accepted))
        }
        #expect(served.count == 1000)
        #expect(served.values.allSatisfy { $0 == 1 })
    }

    @Test("work that is due while no station is ready arms no timer: the heart waits for the phone, it does not spin")
    func noSpin() {
        let now = Instant(milliseconds: 1_773_151_200_000)
        let station = StationSetup(
            name: "desk-1", device: "desk-1", handset: nil, family: .gxp, dialWith: .sendKey, account: 0, trunk: nil,
            dial: DialPlanOverride(), words: WordMap())
        let campaign = CampaignID(1)
        var heart = DialerHeart(stations: [station])
        let setup = CampaignSetup(id: campaign, name: "c", pacing: PacingSettings(), ringTimeout: .seconds(25))
        _ = heart.handle(.campaigns([setup]), at: now)
        _ = heart.handle(.nothingToCall(station: "desk-1", campaign: campaign, until: now + .seconds(1)), at: now)
        #expect(heart.nextDeadline(after: now) == now + .seconds(1))
        _ = heart.handle(.tick, at: now + .seconds(10))
        #expect(heart.nextDeadline(after: now + .seconds(10)) == nil)
    }

    @Test("a phone that shows a new word at every look is told of 64 times, not without end")
    func unknownWords() {
        let now = Instant(milliseconds: 1_773_151_200_000)
        let station = StationSetup(
            name: "desk-1", device: "desk-1", handset: nil, family: .gxp, dialWith: .sendKey, account: 0, trunk: nil,
            dial: DialPlanOverride(), words: WordMap())
        var heart = DialerHeart(stations: [station])
        var told: Set<String> = []
        for look in 0..<500 {
            let line = ObservedLine(line: 1, word: "w\(look)", phase: .inUse, remoteNumber: "")
            for case .unknownWord(_, let word) in heart.handle(
                .lines(station: "desk-1", [line]), at: now + .seconds(look))
            {
                #expect(told.insert(word).inserted)
            }
        }
        #expect(told.count == 64)
    }
}
