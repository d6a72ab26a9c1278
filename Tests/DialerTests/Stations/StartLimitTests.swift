import CampaignStore
import Campaigns
import Dialer
import PhoneNumbers
import Testing

@Suite("Limits hold while calls are being placed, and over a restart") struct StartLimitTests {
    private let start = Instant(milliseconds: 1_773_151_200_000)
    private let names = (1...10).map { "desk-\($0)" }
    private let campaign = CampaignID(1)

    /// Ten stations that were seen ready before the campaign starts, and those that its start asks for.
    private func started(_ change: (inout CampaignSetup) -> Void) -> (heart: DialerHeart, stations: [String]) {
        var heart = DialerHeart(
            stations: names.map {
                StationSetup(
                    name: $0, device: $0, handset: nil, family: .gxp, dialWith: .sendKey, account: 0, trunk: "office",
                    dial: DialPlanOverride(), words: WordMap())
            })
        for name in names {
            let line = ObservedLine(line: 1, word: "idle", phase: .idle, remoteNumber: "")
            _ = heart.handle(.lines(station: name, [line]), at: start)
        }
        var setup = CampaignSetup(id: campaign, name: "c", pacing: PacingSettings(), ringTimeout: .seconds(25))
        change(&setup)
        let effects = heart.handle(.campaigns([setup]), at: start)
        return (heart, asked(effects))
    }

    private func asked(_ effects: [DialerEffect]) -> [String] {
        effects.compactMap { effect in
            switch effect {
            case .placeCall(let station, _), .offerContact(let station, _): station
            default: nil
            }
        }
    }

    static let limits: [(String, @Sendable (inout CampaignSetup) -> Void)] = [
        ("calls_per_minute", { $0.pacing.callsPerMinute = 3 }), ("calls_per_hour", { $0.pacing.callsPerHour = 3 }),
        ("max_concurrent", { $0.pacing.maxConcurrent = 3 }), ("trunk", { $0.trunks = ["office": 3] }),
    ]

    @Test("one event that finds ten stations ready places no more calls than the limit", arguments: limits.indices)
    func burst(index: Int) {
        let (code, change) = Self.limits[index]
        let (seen, stations) = started(change)
        var heart = seen
        #expect(stations.count == 3, "\(code): \(stations)")
        #expect(heart.held.map(\.reason.code) == [code])
        // Their intents are written down one after the other; none of these events places a further call.
        var further: [String] = []
        for (offset, station) in stations.enumerated() {
            let intent = DialerEvent.intentRecorded(
                station: station, AttemptID(Int64(offset + 1)), campaign: campaign, dialled: "12125550123")
            further += asked(heart.handle(intent, at: start + .milliseconds(10 * offset)))
            further += asked(heart.handle(.storeChanged, at: start + .milliseconds(10 * offset + 1)))
        }
        #expect(further.isEmpty)
    }

    @Test("a place that was not used is free again at once: the store had nothing for that station")
    func givenBack() {
        let (seen, first) = started { $0.pacing.callsPerMinute = 1 }
        var heart = seen
        #expect(first.count == 1)
        let none = DialerEvent.nothingToCall(
            station: first.first ?? "", campaign: campaign, until: nil, elsewhere: start)
        _ = heart.handle(none, at: start + .milliseconds(10))
        let next = asked(heart.handle(.tick, at: start + .milliseconds(20)))
        #expect(next.count == 1)
        #expect(next != first)
    }

    @Test("contacts that are looked for to be shown start no call, so the rate does not hold them")
    func offers() {
        let (_, stations) = started {
            $0.pacing.mode = .preview
            $0.pacing.callsPerMinute = 1
        }
        #expect(stations.count == 10)
    }

    @Test("a station's gap counts from a call of the time before a restart")
    func gapOverRestart() {
        var setup = CampaignSetup(id: campaign, name: "c", pacing: PacingSettings(), ringTimeout: .seconds(25))
        setup.pacing.stationGap = .seconds(30)
        let idle = [ObservedLine(line: 1, word: "idle", phase: .idle, remoteNumber: "")]
        func asks(_ lastEnd: Instant?, at now: Instant) -> Bool {
            var heart = DialerHeart(stations: [
                StationSetup(
                    name: "desk-1", device: "desk-1", handset: nil, family: .gxp, dialWith: .sendKey, account: 0,
                    trunk: nil, dial: DialPlanOverride(), words: WordMap(), lastEnd: lastEnd)
            ])
            _ = heart.handle(.campaigns([setup]), at: now)
            return heart.handle(.lines(station: "desk-1", idle), at: now)
                .contains(.placeCall(station: "desk-1", campaign: campaign))
        }
        #expect(asks(nil, at: start))
        #expect(!asks(start - .seconds(10), at: start))
        #expect(!asks(start - .seconds(10), at: start + .seconds(20) - .milliseconds(1)))
        #expect(asks(start - .seconds(10), at: start + .seconds(20)))
    }
}
