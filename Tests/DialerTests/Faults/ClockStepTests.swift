import CampaignStore
import Campaigns
import Dialer
import Foundation
import PhoneSimulator
import TestSupport
import Testing

/// The computer's clock is set while calls are up.
@Suite("Clock steps", .serialized, .timeLimit(.minutes(15))) struct ClockStepTests {
    static let steps: [Duration] = [.seconds(3600), .seconds(-3600), .seconds(86_400)]

    @Test(
        "a step of the wall clock changes no duration: rings, talks and wrap-up last as long as they last",
        arguments: steps)
    func durations(step: Duration) async throws {
        let scale = 6.0
        let scratch = try ScratchStore()
        let start = Instant(Date())
        let simulator = PhoneSimulator(clock: .rehearsal(from: start, scale: scale), seed: 5)
        var behaviour = PhoneBehaviour()
        behaviour.agentHangsUpAfter = 20
        let phones = try await simulator.start(
            (1...2).map { .gxp(name: "desk-\($0)", passcode: "p", behaviour: behaviour) })
        _ = try scratch.store.applyDevices(
            PhonesFile.read(PhoneSimulator.phonesYAML(for: phones), file: "phones.yaml", mayBeLocal: true), at: start)
        let id = try scratch.campaign("t", "dial: { ring_timeout: 15s }\npacing: { wrap_up: 2s }\n", at: start)
        // One rings for ever, one is answered and talks; two more follow after the step.
        try scratch.load([3, 7, 7, 3].enumerated().map { .test($0.offset, ending: $0.element) }, into: id, at: start)
        let clock = DialerClock.rehearsal(from: start, scale: scale)
        let engine = try DialerEngine.rig(scratch.store, clock)
        let run = Task { try await engine.run() }
        // One rings and one talks.
        try await wait(for: "two calls, one of them connected") {
            let open = try scratch.store.openAttempts()
            return open.count == 2 && open.contains { $0.connectedAt != nil }
        }
        clock.setWall(by: step)
        let summary = try await run.value
        let truth = await simulator.calls()
        await simulator.stop()

        #expect(summary.end == .idle)
        let attempts = try scratch.attempts().sorted { $0.attempt < $1.attempt }
        #expect(Set(attempts.compactMap(\.number)).count == 4)
        #expect(truth.allSatisfy { $0.endedAt != nil })
        let outcomes = Set(attempts.compactMap(\.outcome))
        #expect(outcomes.contains("no_answer") && outcomes.isDisjoint(with: ["phone_lost", "unknown"]))
        for attempt in attempts {
            // Neither an hour nor a day longer, nor cut short: 15 s of ringing, 20 s of talk, and what a slow machine adds.
            let ring = Double(attempt.ringMilliseconds ?? 0) / 1000
            if attempt.outcome == "no_answer" { #expect((15...1800).contains(ring), "rang \(ring) s") }
            let talk = Double(attempt.talkMilliseconds ?? 0) / 1000
            if attempt.outcome == "answered" { #expect((9...1800).contains(talk), "talked \(talk) s") }
        }
        // Records carry the wall's time: those from after the step lie beyond it.
        let last = try #require(attempts.compactMap(\.settledAt).last)
        #expect(abs(last.since(clock.wallTime()).inSeconds) < 1800)
        #expect(try scratch.store.journal(limit: 10_000).contains { $0.event == "clock_set" })
    }

    @Test("calling hours follow the wall clock at once: set past closing time, no further call is placed")
    func hours() async throws {
        let scratch = try ScratchStore()
        // Tuesday 19:00 in New York; the windows close at 20:00.
        let start = try #require(Instant(iso8601: "2026-03-10T19:00:00-04:00"))
        let simulator = PhoneSimulator(clock: .rehearsal(from: start, scale: 6), seed: 5)
        var behaviour = PhoneBehaviour()
        behaviour.agentHangsUpAfter = 12
        let phones = try await simulator.start([.gxp(name: "desk-1", passcode: "p", behaviour: behaviour)])
        _ = try scratch.store.applyDevices(
            PhonesFile.read(PhoneSimulator.phonesYAML(for: phones), file: "phones.yaml", mayBeLocal: true), at: start)
        let yaml = """
            campaign: t
            region: US
            calling_rules: { pack: none, windows: { all: "09:00-20:00" } }
            pacing: { wrap_up: 0s }
            """
        let id = try scratch.store.applyCampaign(
            CampaignFile.read(yaml, file: "t.yaml"), yaml: yaml, file: "t.yaml", script: nil, at: start
        ).id
        try scratch.store.setState(.started, of: "t", at: start)
        try scratch.load((0..<6).map { .test($0, ending: 7) }, into: id, at: start)
        let clock = DialerClock.rehearsal(from: start, scale: 6)
        let engine = try DialerEngine.rig(scratch.store, clock)
        // Before the phone dials the first.
        try await simulator.onNextRequest(to: "desk-1", matching: "api-send_key") {
            clock.setWall(by: .seconds(3600))
        }
        let summary = try await engine.run()
        await simulator.stop()
        #expect(summary.end == .idle)
        let attempts = try scratch.attempts()
        // The one that was placed before the step is all that was called.
        #expect(attempts.count == 1)
        #expect(attempts.allSatisfy { $0.phase == "settled" })
    }
}
