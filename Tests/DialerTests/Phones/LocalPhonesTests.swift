import CampaignStore
import Campaigns
import Foundation
import PhoneSimulator
import TestSupport
import Testing

@testable import Dialer

@Suite("Phones at local addresses", .timeLimit(.minutes(10))) struct LocalPhonesTests {
    private func device(_ address: String) -> DeviceSettings {
        DeviceSettings(name: "d", family: .gxp, address: address, passcode: .plain("p"))
    }

    @Test(
        "a phone at this computer, however it is written, is refused, and taken where that is allowed",
        arguments: [
            "http://127.0.0.1", "http://localhost:8080", "http://2130706433", "http://0x7f.1", "http://[::1]",
            "http://[::ffff:127.0.0.1]", "http://169.254.7.7", "http://[fe80::1]", "http://0177.0.0.1",
        ])
    func local(address: String) async throws {
        let refused = try await LocalPhones.admit([device(address)], allowed: false)
        #expect(refused.problems.count == 1 && refused.problems.first?.contains("--allow-local-phones") == true)
        let taken = try await LocalPhones.admit([device(address)], allowed: true)
        #expect(taken.problems.isEmpty && taken.devices.map(\.mayBeLocal) == [true])
        let known = try await LocalPhones.admit([device(address)], allowed: false, known: ["d"])
        #expect(known.problems.isEmpty && known.devices.map(\.mayBeLocal) == [true])
    }

    @Test(
        "what no machine has is refused though local phones are allowed",
        arguments: [
            "http://0.0.0.0", "http://0", "http://[::]", "http://224.0.0.1", "http://255.255.255.255",
            "http://169.254.169.254", "http://[64:ff9b::a9fe:a9fe]",
        ])
    func nowhere(address: String) async throws {
        let answer = try await LocalPhones.admit([device(address)], allowed: true)
        #expect(answer.problems.count == 1 && answer.problems.first?.contains("--allow-local-phones") == false)
    }

    @Test("a phone elsewhere is taken, and gets no right to be local that it does not need")
    func elsewhere() async throws {
        let answer = try await LocalPhones.admit([device("http://192.0.2.10")], allowed: true)
        #expect(answer.problems.isEmpty && answer.devices.map(\.mayBeLocal) == [false])
    }

    @Test("a phone whose address leads to this computer only later gets nothing: neither by the engine nor by a check")
    func rebound() async throws {
        let scratch = try ScratchStore()
        let now = Instant(Date())
        let simulator = PhoneSimulator(clock: SimulatorClock(), seed: 1)
        let phones = try await simulator.start([.gxp(name: "desk-1", passcode: "p")])
        // As though its name had led elsewhere when it was applied.
        _ = try scratch.store.applyDevices(
            PhonesFile.read(PhoneSimulator.phonesYAML(for: phones), file: "phones.yaml"), at: now)
        let stored = try #require(try scratch.store.devices().first)
        let checks = await StationCheck.check(
            stored, lockedOutAt: nil, in: scratch.store, environment: [:], at: now
        ) { _ in }
        #expect(checks.map(\.result) == [.unreachable])
        #expect(checks.first?.detail.contains("this computer itself") == true, "\(checks)")
        try scratch.campaign("t", at: now)
        let engine = try DialerEngine.rig(scratch.store, DialerClock(startingAt: now, scale: 1), end: .never)
        let run = Task { try await engine.run() }
        try await wait(for: "the engine to have tried") {
            await engine.stationStatus().first?.state == .unreachable
        }
        await engine.stop()
        _ = try await run.value
        #expect(await simulator.truthLog().count { $0.event == .request } == 0)
        // Allowed, the same phone answers.
        _ = try scratch.store.applyDevices(
            PhonesFile.read(PhoneSimulator.phonesYAML(for: phones), file: "phones.yaml", mayBeLocal: true), at: now)
        let allowed = try #require(try scratch.store.devices().first)
        let again = await StationCheck.check(
            allowed, lockedOutAt: nil, in: scratch.store, environment: [:], at: now
        ) { _ in }
        #expect(again.map(\.result) == [.idle])
        await simulator.stop()
    }
}
