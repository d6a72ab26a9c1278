import CallingRules
import CampaignStore
import Campaigns
import Foundation
import Logging
import PhoneNumbers
import PhoneSimulator
import TestSupport
import Testing

@testable import Dialer

@Suite("An engine that may speak to some phones only", .serialized, .timeLimit(.minutes(15))) struct OnlyPhonesTests {
    @Test("sends no other phone a single request, whatever the database names, and tells of each poll of its own")
    func others() async throws {
        let scale = 4.0
        let scratch = try ScratchStore()
        let start = Instant(Date())
        let simulator = PhoneSimulator(clock: .rehearsal(from: start, scale: scale), seed: 5)
        var behaviour = PhoneBehaviour()
        behaviour.agentHangsUpAfter = 3
        let phones = try await simulator.start(
            ["own", "foreign"].map { .gxp(name: $0, passcode: "p", behaviour: behaviour) })
        _ = try scratch.store.applyDevices(
            PhonesFile.read(PhoneSimulator.phonesYAML(for: phones), file: "phones.yaml", mayBeLocal: true), at: start)
        let id = try scratch.campaign("t", "pacing: { wrap_up: 0s }\n", at: start)
        try scratch.load((0..<4).map { .test($0, ending: 7) }, into: id, at: start)
        var options = EngineOptions(end: .idle, packs: ["none": .none])
        options.onlyPhones = [phones[0].address]
        let (polls, told) = AsyncStream.makeStream(of: PollTiming.self)
        options.onPoll = { told.yield($0) }
        let engine = try DialerEngine(
            store: scratch.store, clock: .rehearsal(from: start, scale: scale), options: options,
            logger: Logger(label: "test"))
        let summary = try await engine.run()
        told.finish()
        let truth = await simulator.truthLog()
        await simulator.stop()
        #expect(truth.filter { $0.event == .request && $0.phone == "own" }.count > 0)
        #expect(truth.filter { $0.event == .request && $0.phone == "foreign" }.isEmpty)
        #expect(summary.status.stations.first { $0.name == "foreign" }?.detail.contains("virtual phones alone") == true)
        #expect(try scratch.attempts().map(\.station).allSatisfy { $0 == "own" })
        #expect(try scratch.attempts().count == 4)
        var seen: [Bool: Int] = [:]
        for await poll in polls {
            seen[poll.isInCall, default: 0] += 1
            #expect(poll.interval == (poll.isInCall ? .milliseconds(250) : .seconds(1)))
        }
        #expect((seen[true] ?? 0) > 0 && (seen[false] ?? 0) > 0)
    }
}
