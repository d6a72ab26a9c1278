import CampaignStore
import Campaigns
import Dialer
import Foundation
import Logging
import Testing

@testable import offhook

@Suite("What agents do in a rehearsal") struct RehearsalAgentsTests {
    private let now = Instant(milliseconds: 1_798_034_400_000)

    private func agents(_ change: (inout PacingSettings) -> Void) throws -> RehearsalAgents {
        var campaign = Campaign(name: "c", region: "US")
        change(&campaign.pacing)
        let folder = FileManager.default.temporaryDirectory
        let path = folder.appendingPathComponent("offhook-\(UUID().uuidString).db").path
        defer { OwnFiles.paths(of: path).forEach { try? FileManager.default.removeItem(atPath: $0) } }
        let clock = DialerClock(startingAt: now, scale: 1)
        let engine = try DialerEngine(
            store: CampaignStore(path: path), clock: clock, options: EngineOptions(packs: [:]),
            logger: Logger(label: "test"))
        return RehearsalAgents(engine: engine, campaign: campaign, clock: clock)
    }

    @Test("the shown contact is dialed")
    func preview() throws {
        let agents = try agents { $0.mode = .preview }
        #expect(RehearsalAgents.areNeeded(by: agents.campaign))
        var station = StationStatus(name: "desk-1", state: .reserved)
        station.offerUntil = now + .seconds(120)
        #expect(agents.request(at: station, now: now) == .take)
        #expect(agents.request(at: StationStatus(name: "desk-1", state: .ready), now: now) == nil)
    }

    @Test(
        "a wrap-up that waits for a disposition gets one after 20 s of the rehearsal, and one that does not gets none")
    func wrapUp() throws {
        var station = StationStatus(name: "desk-1", state: .wrapUp)
        station.attempt = AttemptID(8)
        station.wrapUpUntil = now + .seconds(1800)
        let waiting = try agents { $0.wrapUpUntilDisposed = true }
        #expect(RehearsalAgents.areNeeded(by: waiting.campaign))
        #expect(waiting.request(at: station, now: now + .seconds(19)) == nil)
        // 8 of seven dispositions: the second.
        #expect(
            waiting.request(at: station, now: now + .seconds(20))
                == .say(attempt: 8, code: "CALLBACK", callback: nil, note: nil))
        station.isDisposed = true
        #expect(waiting.request(at: station, now: now + .seconds(30)) == nil)
        station.isDisposed = false
        let timed = try agents { _ in }
        #expect(!RehearsalAgents.areNeeded(by: timed.campaign))
        #expect(timed.request(at: station, now: now + .seconds(1799)) == nil)
    }
}
