import CallingRules
import CampaignStore
import Campaigns
import Dialer
import Foundation
import Logging
import PhoneNumbers
import PhoneSimulator
import TestSupport
import Testing

/// What people and phones do to stations while an engine runs, over real HTTP.
@Suite("Stations at work", .serialized) struct StationsAtWorkTests {
    private let scale = 4.0

    private func behaviour() -> PhoneBehaviour {
        var behaviour = PhoneBehaviour()
        behaviour.agentHangsUpAfter = 20
        return behaviour
    }

    @Test("a station that a person pauses from another terminal gets no further call, and works again when it is ready")
    func pausedInTheMiddle() async throws {
        let scratch = try ScratchStore()
        let store = scratch.store
        let start = Instant(Date())
        let simulator = PhoneSimulator(clock: .rehearsal(from: start, scale: scale), seed: 5)
        let phones = try await simulator.start(
            (1...2).map { .gxp(name: "desk-\($0)", passcode: "p", behaviour: behaviour()) })
        _ = try store.applyDevices(
            PhonesFile.read(PhoneSimulator.phonesYAML(for: phones), file: "phones.yaml", mayBeLocal: true), at: start)
        let id = try scratch.campaign("t", "pacing: { wrap_up: 0s }\n", at: start)
        try scratch.load((0..<6).map { .test($0, ending: 7) }, into: id, at: start)
        let clock = DialerClock.rehearsal(from: start, scale: scale)
        // While the first call of desk-1 is being dialled, its agent says that lunch begins.
        try await simulator.onNextRequest(to: "desk-1", matching: "api-send_key") {
            _ = try? store.setPause("lunch", station: "desk-1", at: clock.now())
        }
        // The call of desk-1 lasts until the engine has heard of it.
        try await simulator.setBehaviour({ $0.agentHangsUpAfter = nil }, of: "desk-1")
        let engine = try DialerEngine.rig(store, clock)
        let run = Task { try await engine.run() }
        try await wait(for: "the pause of desk-1 in its call") {
            let station = try await engine.status().stations.first { $0.name == "desk-1" }
            return station?.pausedReason == "lunch" && station?.connectedAt != nil
        }
        try await simulator.hangUp(phone: "desk-1")
        try await simulator.setBehaviour({ $0.agentHangsUpAfter = 20 }, of: "desk-1")
        let summary = try await run.value
        let calls = await simulator.calls()
        #expect(calls.filter { $0.phone == "desk-1" }.count == 1)
        #expect(calls.filter { $0.phone == "desk-2" }.count == 5)
        #expect(try scratch.attempts().allSatisfy { $0.phase == "settled" && $0.outcome != nil })
        #expect(summary.status.stations.first { $0.name == "desk-1" }?.state == .paused)

        try store.setPause(nil, station: "desk-1", at: clock.now())
        try scratch.load((6..<10).map { .test($0, ending: 7) }, into: id, at: start)
        _ = try await DialerEngine.rig(store, clock).run()
        let later = await simulator.calls()
        await simulator.stop()
        #expect(later.filter { $0.phone == "desk-1" }.count > 1)
    }

    @Test("a base without a registered account is shown as unregistered and is not dialled from; the others work")
    func unregistered() async throws {
        let scratch = try ScratchStore()
        let start = Instant(Date())
        let simulator = PhoneSimulator(clock: .rehearsal(from: start, scale: scale), seed: 5)
        var unregistered = behaviour()
        unregistered.registered = false
        let phones = try await simulator.start([
            .dp(name: "base-1", handsets: 2, passcode: "p", behaviour: unregistered),
            .gxp(name: "desk-1", passcode: "p", behaviour: behaviour()),
        ])
        _ = try scratch.store.applyDevices(
            PhonesFile.read(PhoneSimulator.phonesYAML(for: phones), file: "phones.yaml", mayBeLocal: true), at: start)
        let id = try scratch.campaign("t", "pacing: { wrap_up: 0s }\n", at: start)
        try scratch.load((0..<3).map { .test($0, ending: 7) }, into: id, at: start)
        let engine = try DialerEngine.rig(scratch.store, DialerClock.rehearsal(from: start, scale: scale))
        let summary = try await engine.run()
        await simulator.stop()
        let states = Dictionary(uniqueKeysWithValues: summary.status.stations.map { ($0.name, $0.state) })
        #expect(states["base-1/1"] == .unregistered)
        #expect(Set(try scratch.attempts().map(\.station)) == ["desk-1"])
    }

    @Test("two campaigns share a number and its daily cap: the cap holds over both")
    func sharedCap() async throws {
        let scratch = try ScratchStore()
        let start = Instant(Date())
        let simulator = PhoneSimulator(clock: .rehearsal(from: start, scale: scale), seed: 5)
        let phones = try await simulator.start(
            (1...2).map { .gxp(name: "desk-\($0)", passcode: "p", behaviour: behaviour()) })
        _ = try scratch.store.applyDevices(
            PhonesFile.read(PhoneSimulator.phonesYAML(for: phones), file: "phones.yaml", mayBeLocal: true), at: start)
        // Five campaigns hold the same Florida number; the state allows three calls in 24 hours.
        let number = try #require(PhoneNumber(digits: 13_055_550_107))
        for name in ["a", "b", "c", "d", "e"] {
            let yaml = """
                campaign: \(name)
                region: US
                calling_rules: { pack: us, automated: false, not_automated_because: a test }
                suppression: { none_because: a test }
                pacing: { wrap_up: 0s }

                """
            let id = try scratch.store.applyCampaign(
                CampaignFile.read(yaml, file: "c.yaml"), yaml: yaml, file: "c.yaml", script: nil, at: start
            ).id
            try scratch.store.setState(.started, of: name, at: start)
            _ = try scratch.store.importList(
                campaign: id, list: "l", file: "l.csv", sha256: "", options: "", at: start
            ) {
                try $0.add(
                    NewContact(
                        name: nil, externalID: nil, priority: 0,
                        numbers: [
                            NewContact.Number(
                                number: number, fileExtension: nil, kind: .mobile, validity: .valid,
                                area: Area(zones: ["America/New_York"], region: "US", jurisdiction: "US-FL"))
                        ]))
            }
        }
        // Noon of a Tuesday in New York.
        let noon = try #require(Instant(iso8601: "2026-03-10T16:00:00Z"))
        let pack = try RulePackFile.read(
            String(contentsOf: Self.rules.appendingPathComponent("us.yaml"), encoding: .utf8), file: "us.yaml")
        // A number that rings for one campaign waits in the others; each further run finds it free again.
        for round in 0..<6 {
            let clock = DialerClock.rehearsal(from: noon + .seconds(300 * round), scale: scale)
            _ = try await DialerEngine(
                store: scratch.store, clock: clock,
                options: EngineOptions(end: .idle, packs: ["us": pack, "none": .none]), logger: Logger(label: "test")
            ).run()
        }
        let truth = await simulator.calls()
        await simulator.stop()
        #expect(truth.count == 3)
        #expect(try scratch.attempts().count == 3)
    }

    private static let rules = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("share/rules")
}
