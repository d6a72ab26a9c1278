import CallingRules
import CampaignStore
import Campaigns
import Dialer
import Eligibility
import Foundation
import PhoneNumbers
import PhoneSimulator
import TestSupport
import Testing

/// A phone that cannot take part when the engine starts.
@Suite("A phone that is left out at the start", .serialized, .timeLimit(.minutes(15))) struct LateJoinTests {
    @Test("takes part as soon as its passcode is there, and its open attempt waits for it, over real HTTP")
    func passcodeLater() async throws {
        let scale = 3.0
        let scratch = try ScratchStore()
        let store = scratch.store
        let start = Instant(Date())
        let simulator = PhoneSimulator(clock: .rehearsal(from: start, scale: scale), seed: 5)
        var behaviour = PhoneBehaviour()
        behaviour.agentHangsUpAfter = 6
        let phones = try await simulator.start(
            (1...2).map { .gxp(name: "desk-\($0)", passcode: "p", behaviour: behaviour) })
        let file = scratch.folder.appendingPathComponent("passcode.txt")
        let yaml = PhoneSimulator.phonesYAML(for: phones)
        let second = try #require(yaml.range(of: "desk-2"))
        _ = try store.applyDevices(
            PhonesFile.read(
                yaml[..<second.lowerBound]
                    + yaml[second.lowerBound...].replacingOccurrences(of: "\"p\"", with: "{ file: \(file.path) }"),
                file: "phones.yaml", mayBeLocal: true), at: start)
        let id = try scratch.campaign("t", "pacing: { wrap_up: 0s }\n", at: start)
        try scratch.load((0..<60).map { .test($0, ending: 7) }, into: id, at: start)
        // A crash left an attempt of the second phone open.
        let rules = EligibilityRules(campaign: try store.campaign(named: "t").campaign, pack: .none)
        let reservation = try #require(
            try store.reserveNextContact(
                campaign: id, station: "desk-2", openAreas: store.areas().map(\.id), at: start))
        let intent = IntentRequest(
            reservation: reservation, station: "desk-2", dialled: "1", dialWith: .sendKey, account: 0,
            linesBefore: [LineWord(line: 1, word: "idle")])
        guard case .recorded(let open) = try store.recordIntent(intent, rules: rules, at: start) else {
            throw StoreError.refused("denied")
        }
        let engine = try DialerEngine.rig(store, DialerClock.rehearsal(from: start, scale: scale), end: .never)
        let run = Task { try await engine.run() }
        try await wait(for: "a call") { await !simulator.calls().isEmpty }
        let left = try await engine.status().stations.first { $0.name == "desk-2" }
        #expect(left?.state == .reconciling)
        #expect(try store.openAttempts().contains { $0.id == open })

        try Data("p\n".utf8).write(to: file)
        try await wait(for: "a call of each phone") { await Set(simulator.calls().map(\.phone)).count == 2 }
        await engine.stop()
        _ = try await run.value
        await simulator.stop()
        let attempts = try scratch.attempts()
        let found = try #require(attempts.first { $0.attempt == open.value })
        #expect(found.outcome == "unknown")
        #expect(found.evidence?.notes == [.foundIdleAtRestart])
        #expect(attempts.allSatisfy { $0.phase == "settled" })
        #expect(try store.problems() == [])
    }

    @Test("takes part as soon as the engine that drives it has ended")
    func claimedElsewhere() async throws {
        let scale = 3.0
        let (first, second) = (try ScratchStore(), try ScratchStore())
        let start = Instant(Date())
        let simulator = PhoneSimulator(clock: .rehearsal(from: start, scale: scale), seed: 5)
        var behaviour = PhoneBehaviour()
        behaviour.agentHangsUpAfter = 6
        let phones = try await simulator.start(
            (1...2).map { .gxp(name: "desk-\($0)", passcode: "p", behaviour: behaviour) })
        for (scratch, known, calls) in [(first, Array(phones.prefix(1)), 0..<1), (second, phones, 10..<70)] {
            _ = try scratch.store.applyDevices(
                PhonesFile.read(PhoneSimulator.phonesYAML(for: known), file: "phones.yaml", mayBeLocal: true), at: start
            )
            let id = try scratch.campaign("t", "pacing: { wrap_up: 0s }\n", at: start)
            try scratch.load(calls.map { .test($0, ending: 7) }, into: id, at: start)
        }
        let clock = DialerClock.rehearsal(from: start, scale: scale)
        let engine = try DialerEngine.rig(first.store, clock)
        let run = Task { try await engine.run() }
        try await wait(for: "a call") { await !simulator.calls().isEmpty }
        let other = try DialerEngine.rig(second.store, clock, end: .never)
        let otherRun = Task { try await other.run() }
        try await wait(for: "a call of each phone for the second") {
            try Set(second.attempts().map(\.station)).count == 2
        }
        await other.stop()
        _ = try await otherRun.value
        _ = try await run.value
        await simulator.stop()
        #expect(Set(try second.attempts().map(\.station)) == ["desk-1", "desk-2"])
        #expect(try first.attempts().count == 1)
    }
}
