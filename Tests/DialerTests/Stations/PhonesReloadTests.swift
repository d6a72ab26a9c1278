import CampaignStore
import Campaigns
import Dialer
import Foundation
import PhoneSimulator
import TestSupport
import Testing

@Suite("Phones that are applied while the engine runs", .serialized, .timeLimit(.minutes(15)))
struct PhonesReloadTests {
    @Test("an added phone dials, a removed one follows its call to the end and goes, over real HTTP")
    func addAndRemove() async throws {
        let scale = 3.0
        let scratch = try ScratchStore()
        let store = scratch.store
        let start = Instant(Date())
        let simulator = PhoneSimulator(clock: .rehearsal(from: start, scale: scale), seed: 5)
        var behaviour = PhoneBehaviour()
        behaviour.agentHangsUpAfter = 6
        let phones = try await simulator.start(
            (1...2).map { .gxp(name: "desk-\($0)", passcode: "p", behaviour: behaviour) })
        let apply = { (names: Set<String>) in
            let yaml = PhoneSimulator.phonesYAML(for: phones.filter { names.contains($0.name) })
            _ = try store.applyDevices(
                PhonesFile.read(yaml, file: "phones.yaml", mayBeLocal: true), at: Instant(Date()))
        }
        try apply(["desk-1"])
        let id = try scratch.campaign("t", "pacing: { wrap_up: 0s }\n", at: start)
        try scratch.load((0..<90).map { .test($0, ending: 7) }, into: id, at: start)
        let engine = try DialerEngine.rig(store, DialerClock.rehearsal(from: start, scale: scale), end: .never)
        let run = Task { try await engine.run() }
        while await simulator.calls().isEmpty { try await Task.sleep(for: .milliseconds(5)) }
        #expect(try await engine.status().stations.map(\.name) == ["desk-1"])

        try apply(["desk-1", "desk-2"])
        while await !simulator.calls().contains(where: { $0.phone == "desk-2" }) {
            try await Task.sleep(for: .milliseconds(5))
        }
        #expect(try await engine.status().stations.map(\.name) == ["desk-1", "desk-2"])

        // A call that lasts until its person hangs up.
        try await simulator.setBehaviour({ $0.agentHangsUpAfter = nil }, of: "desk-1")
        let before = await simulator.calls().count { $0.phone == "desk-1" }
        try await simulator.hangUp(phone: "desk-1")
        try await wait(for: "a long call of desk-1") {
            let calls = await simulator.calls().count { $0.phone == "desk-1" }
            let state = try await engine.status().stations.first?.state
            return calls > before && state == .inCall
        }
        try apply(["desk-2"])
        try await engine.reloadDevices()
        // It is in a call: it stays until that has ended.
        #expect(try await engine.status().stations.map(\.name).contains("desk-1"))
        try await simulator.hangUp(phone: "desk-1")
        while try await engine.status().stations.count > 1 { try await Task.sleep(for: .milliseconds(5)) }
        let calls = await simulator.calls().count { $0.phone == "desk-1" }
        #expect(try store.openAttempts().allSatisfy { $0.station == "desk-2" })

        await engine.stop()
        _ = try await run.value
        #expect(await simulator.calls().count { $0.phone == "desk-1" } == calls)
        await simulator.stop()
        #expect(try scratch.attempts().allSatisfy { $0.phase == "settled" && $0.outcome != "unknown" })
        #expect(try store.problems() == [])
    }

    @Test("a phone behind a new address, or with a new passcode, is spoken to there and so, without a restart")
    func exchanged() async throws {
        let scratch = try ScratchStore()
        let store = scratch.store
        let start = Instant(Date())
        let simulator = PhoneSimulator(clock: .rehearsal(from: start, scale: 3), seed: 5)
        let phones = try await simulator.start([
            .gxp(name: "desk-1", passcode: "p"), .gxp(name: "spare", passcode: "q"),
        ])
        let address = try #require(phones.first { $0.name == "spare" }).address
        let apply = { (address: String, passcode: String) in
            let yaml =
                "phones: [{ name: desk-1, family: gxp, address: '\(address)', passcode: '\(passcode)' }]"
            _ = try store.applyDevices(
                PhonesFile.read(yaml, file: "phones.yaml", mayBeLocal: true), at: Instant(Date()))
        }
        try apply("http://127.0.0.1:9", "p")
        let engine = try DialerEngine.rig(store, DialerClock.rehearsal(from: start, scale: 3), end: .never)
        let run = Task { try await engine.run() }
        let state = { try await engine.status().stations.first?.state }
        while try await state() != .unreachable { try await Task.sleep(for: .milliseconds(5)) }
        try apply(address, "p")
        while try await state() != .lockedOut { try await Task.sleep(for: .milliseconds(5)) }
        try apply(address, "q")
        while try await state() != .ready { try await Task.sleep(for: .milliseconds(5)) }
        await engine.stop()
        _ = try await run.value
        await simulator.stop()
    }
}
