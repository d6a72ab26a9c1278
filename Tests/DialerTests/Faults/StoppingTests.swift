import CallingRules
import CampaignStore
import Campaigns
import Eligibility
import Foundation
import PhoneNumbers
import PhoneSimulator
import TestSupport
import Testing

@testable import Dialer

/// A run that is told to stop ends by itself, whatever has become of its phones and its database.
@Suite("A run that is told to stop", .timeLimit(.minutes(15))) struct StoppingTests {
    /// One phone whose person never hangs up, and a call that is connected on it.
    private struct Call {
        let scratch: ScratchStore
        let simulator: PhoneSimulator
        let engine: DialerEngine
        let run: Task<RunSummary, any Error>

        /// - Parameter hangsUpAfter: seconds of talk on the fast clock; never by default.
        init(scale: Double = 10, hangsUpAfter: Double? = nil) async throws {
            scratch = try ScratchStore()
            let start = Instant(Date())
            simulator = PhoneSimulator(clock: .rehearsal(from: start, scale: scale), seed: 5)
            var behaviour = PhoneBehaviour()
            behaviour.agentHangsUpAfter = hangsUpAfter
            let phones = try await simulator.start([.gxp(name: "desk-1", passcode: "p", behaviour: behaviour)])
            _ = try scratch.store.applyDevices(
                PhonesFile.read(PhoneSimulator.phonesYAML(for: phones), file: "phones.yaml", mayBeLocal: true),
                at: start)
            let id = try scratch.campaign("t", "pacing: { wrap_up: 30m }\n", at: start)
            try scratch.load([.test(1, ending: 7), .test(2, ending: 7)], into: id, at: start)
            let engine = try DialerEngine.rig(
                scratch.store, DialerClock.rehearsal(from: start, scale: scale), end: .never)
            self.engine = engine
            run = Task { try await engine.run() }
            let store = scratch.store
            try await wait(for: "a connected call") { try store.openAttempts().first?.connectedAt != nil }
        }
    }

    /// A phone that nobody answers for, and a campaign with one number.
    private func silentFloor() throws -> (scratch: ScratchStore, campaign: CampaignID, at: Instant) {
        let scratch = try ScratchStore()
        let now = Instant(Date())
        let address = ScratchStore.silentAddress()
        let yaml = "phones:\n  - { name: desk-1, family: gxp, address: \"\(address)\", passcode: p }\n"
        _ = try scratch.store.applyDevices(PhonesFile.read(yaml, file: "phones.yaml", mayBeLocal: true), at: now)
        let campaign = try scratch.campaign("t", at: now)
        try scratch.load([.test(1, ending: 7)], into: campaign, at: now)
        return (scratch, campaign, now)
    }

    @Test("a run that was told before it began places no call and ends")
    func before() async throws {
        let (scratch, _, now) = try silentFloor()
        let engine = try DialerEngine.rig(scratch.store, DialerClock(startingAt: now, scale: 1), end: .never)
        await engine.stop()
        #expect(try await engine.run().end == .stopped)
        #expect(try scratch.attempts().isEmpty)
    }

    @Test("a call whose phone is gone is given up as lost after half a minute, and the run is over")
    func phoneGone() async throws {
        let call = try await Call()
        await call.simulator.stop()
        await call.engine.stop()
        #expect(try await call.run.value.end == .stopped)
        let attempts = try call.scratch.attempts()
        #expect(attempts.map(\.outcome) == ["phone_lost"])
        #expect(attempts.map(\.phase) == ["settled"])
    }

    @Test("a database that was taken away is waited for no longer than half a minute after the last call")
    func databaseGone() async throws {
        let call = try await Call(hangsUpAfter: 20)
        let path = call.scratch.store.path
        try FileManager.default.moveItem(atPath: path, toPath: path + ".away")
        await call.engine.stop()
        let end = await #expect(throws: UnwrittenEnd.self) { try await call.run.value }
        #expect((end?.records ?? 0) > 0)
        #expect(end?.description.contains("could not be written") == true)
        await call.simulator.stop()
    }

    @Test("a call of an earlier run whose phone does not answer is left to the next start")
    func earlierCall() async throws {
        let (scratch, campaign, now) = try silentFloor()
        let store = scratch.store
        let reservation = try #require(
            try store.reserveNextContact(
                campaign: campaign, station: "desk-1", openAreas: store.areas().map(\.id), at: now))
        let request = IntentRequest(
            reservation: reservation, station: "desk-1", agent: nil, dialled: "1", dialWith: .sendKey, account: 0,
            linesBefore: [])
        let rules = EligibilityRules(campaign: try store.campaign(named: "t").campaign, pack: .none)
        guard case .recorded(let attempt) = try store.recordIntent(request, rules: rules, at: now) else {
            Issue.record("the intent was denied")
            return
        }
        // The clock hardly moves: no patience of the restart's can run out.
        let engine = try DialerEngine.rig(store, DialerClock(startingAt: now, scale: 0.001), end: .never)
        await engine.stop()
        #expect(try await engine.run().end == .stopped)
        #expect(try store.openAttempts().map(\.id) == [attempt])
    }
}
