import CampaignStore
import Campaigns
import Dialer
import Foundation
import PhoneNumbers
import PhoneSimulator
import Testing

/// A campaign that names do-not-call registries, over real HTTP.
@Suite("Do-not-call registries", .serialized) struct RegistryHoldTests {
    @Test(
        "nobody is called while a registry is missing or too old; a new file lets the rest be called, but no entry of it"
    )
    func held() async throws {
        let scratch = try ScratchStore()
        let store = scratch.store
        let start = Instant(Date())
        let simulator = PhoneSimulator(clock: .rehearsal(from: start, scale: 4), seed: 5)
        let phones = try await simulator.start([.gxp(name: "desk-1", passcode: "p")])
        _ = try store.applyDevices(
            PhonesFile.read(PhoneSimulator.phonesYAML(for: phones), file: "phones.yaml", mayBeLocal: true), at: start)
        let id = try scratch.campaign(
            "t", "pacing: { wrap_up: 0s }\nsuppression: { registries: [federal], max_age: 31d }\n", at: start)
        try scratch.load((0..<3).map { .test($0, ending: 7) }, into: id, at: start)

        _ = try await DialerEngine.rig(store, DialerClock.rehearsal(from: start, scale: 4)).run()
        #expect(try scratch.attempts().isEmpty)

        // Loaded 32 days ago: a day too old.
        try load(.test(1, ending: 7), into: store, at: start - .seconds(32 * 86_400))
        _ = try await DialerEngine.rig(store, DialerClock.rehearsal(from: start, scale: 4)).run()
        #expect(try scratch.attempts().isEmpty)

        try load(.test(1, ending: 7), into: store, at: start)
        _ = try await DialerEngine.rig(store, DialerClock.rehearsal(from: start, scale: 4)).run()
        let called = Set(await simulator.calls().compactMap(\.number).map { $0.suffix(7) })
        await simulator.stop()
        #expect(Set(try scratch.attempts().compactMap(\.number)) == [.test(0, ending: 7), .test(2, ending: 7)])
        #expect(called == Set([0, 2].map { PhoneNumber.test($0, ending: 7).e164.suffix(7) }))
    }

    private func load(_ number: PhoneNumber, into store: CampaignStore, at now: Instant) throws {
        _ = try store.loadSuppressions(
            source: "federal", campaign: nil, replace: true, file: "federal.txt", sha256: "", at: now
        ) {
            try $0.add([number.digits])
        }
    }
}
