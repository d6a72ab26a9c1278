import CallingRules
import CampaignStore
import Campaigns
import Eligibility
import Foundation
import PhoneNumbers
import Testing

@testable import Dialer

/// Limits a minute and an hour count on the clock that never steps, also from records that carry the wall's time.
@Suite("Pacing over a step of the wall clock") struct PacingClockTests {
    private static let steps: [Duration] = [.zero, .seconds(3600), .seconds(-3600), .seconds(86_400)]

    /// A campaign that may call once a minute, and a phone that nobody answers at.
    private func bench() throws -> (scratch: ScratchStore, campaign: CampaignID, clock: DialerClock) {
        let scratch = try ScratchStore()
        let start = Instant(Date())
        let yaml = """
            phones:
              - { name: desk-1, family: gxp, address: "http://127.0.0.1:\(Int.random(in: 10_000..<60_000))/", passcode: p }
            """
        _ = try scratch.store.applyDevices(PhonesFile.read(yaml, file: "phones.yaml", mayBeLocal: true), at: start)
        let campaign = try scratch.campaign("t", "pacing: { calls_per_minute: 1, wrap_up: 0s }\n", at: start)
        try scratch.load([.test(1, ending: 7), .test(2, ending: 7)], into: campaign, at: start)
        return (scratch, campaign, DialerClock(startingAt: start, scale: 1))
    }

    private func look(_ engine: DialerEngine) async {
        await engine.feed(
            .lines(station: "desk-1", [ObservedLine(line: 1, word: "idle", phase: .idle, remoteNumber: "")]))
    }

    @Test("a call that was recorded before a restart holds the next one for its minute and no longer", arguments: steps)
    func restart(step: Duration) async throws {
        let (scratch, campaign, clock) = try bench()
        clock.setWall(by: step)
        let now = clock.wallTime()
        let reservation = try #require(
            try scratch.store.reserveNextContact(
                campaign: campaign, station: "desk-9", openAreas: scratch.store.areas().map(\.id), at: now))
        let settings = try scratch.store.campaign(named: "t").campaign
        let rules = EligibilityRules(campaign: settings, pack: .none)
        let result = try scratch.store.recordIntent(
            IntentRequest(
                reservation: reservation, station: "desk-9", dialled: "1", dialWith: .sendKey, account: 0,
                linesBefore: []), rules: rules, at: now)
        guard case .recorded(let attempt) = result else { throw StoreError.refused("denied") }
        let ending = CallEnding(outcome: .noAnswer, endedAt: now, ring: nil, talk: nil, evidence: Evidence())
        try scratch.store.settleAttempt(attempt, ending, disposition: nil, rules: rules, at: now)

        let engine = try DialerEngine.rig(scratch.store, clock)
        try await engine.prepare()
        await look(engine)
        #expect(try scratch.attempts().count == 1, "a second call within the minute")
        let desk = try #require(await engine.heart.desks[campaign])
        let until = try #require(desk.askAgainAt)
        #expect((0...60).contains(until.since(clock.now()).inSeconds), "held for \(until.since(clock.now()))")
    }

    @Test("a campaign that is paused, and started again after the step, keeps its limit", arguments: steps)
    func newStart(step: Duration) async throws {
        let (scratch, campaign, clock) = try bench()
        let engine = try DialerEngine.rig(scratch.store, clock)
        try await engine.prepare()
        await look(engine)
        #expect(try scratch.attempts().count == 1)
        let before = await engine.heart.desks[campaign]?.history.starts
        try scratch.store.setState(.paused, of: "t", at: clock.wallTime())
        try await engine.loadCampaigns(at: clock.wallTime())
        #expect(await engine.heart.desks.isEmpty)
        clock.setWall(by: step)
        try scratch.store.setState(.started, of: "t", at: clock.wallTime())
        try await engine.loadCampaigns(at: clock.wallTime())
        #expect(await engine.heart.desks[campaign]?.history.starts == before)
        // And a new start without a pause in between.
        try scratch.store.setState(.paused, of: "t", at: clock.wallTime())
        try scratch.store.setState(.started, of: "t", at: clock.wallTime())
        try await engine.loadCampaigns(at: clock.wallTime())
        #expect(await engine.heart.desks[campaign]?.history.starts == before)
    }
}
