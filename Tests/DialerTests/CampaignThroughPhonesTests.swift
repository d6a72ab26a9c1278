import CallingRules
import CampaignStore
import Campaigns
import Dialer
import Foundation
import Logging
import PhoneNumbers
import PhoneSimulator
import Testing

@Suite struct CampaignThroughPhonesTests {
    @Test("a campaign over real HTTP calls each number once, never a suppressed one, and agrees with the truth")
    func campaignRuns() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("offhook-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let start = Instant(Date())
        let simulator = PhoneSimulator(clock: .rehearsal(from: start, scale: 2), seed: 3)
        var behaviour = PhoneBehaviour()
        behaviour.agentHangsUpAfter = 20
        let phones = try await simulator.start([
            .gxp(name: "desk-1", passcode: "secret-4711", behaviour: behaviour),
            .gxp(name: "desk-2", passcode: "secret-4711", behaviour: behaviour),
            .dp(name: "base-1", handsets: 2, passcode: "secret-4711", behaviour: behaviour),
        ])
        let store = try CampaignStore(path: folder.appendingPathComponent("t.db").path)
        _ = try store.applyDevices(
            PhonesFile.read(PhoneSimulator.phonesYAML(for: phones), file: "phones.yaml", mayBeLocal: true), at: start)
        let yaml = """
            campaign: t
            region: US
            calling_rules: { pack: none }
            pacing: { wrap_up: 1s }
            """
        let campaign = try CampaignFile.read(yaml, file: "campaign.yaml")
        let id = try store.applyCampaign(campaign, yaml: yaml, file: "campaign.yaml", script: nil, at: start).id
        let numbers = [1, 2, 3, 4, 5, 7, 6, 9].compactMap { PhoneNumber(digits: 12_125_550_300 + $0) }
        let barred = try #require(numbers.last)
        _ = try store.suppress([barred], campaign: nil, source: "test", at: start)
        let area = Area(zones: ["America/New_York"], region: "US", jurisdiction: "US-NY")
        _ = try store.importList(campaign: id, list: "l", file: "l.csv", sha256: "", options: "", at: start) {
            importer in
            for number in numbers {
                try importer.add(
                    NewContact(
                        name: nil, externalID: nil, priority: 0,
                        numbers: [
                            NewContact.Number(
                                number: number, fileExtension: nil, kind: .mobile, validity: .valid, area: area)
                        ]))
            }
        }
        try store.setState(.started, of: "t", at: start)
        let engine = try DialerEngine(
            store: store, clock: DialerClock.rehearsal(from: start, scale: 2),
            options: EngineOptions(end: .idle, packs: ["none": .none]), logger: Logger(label: "test"))
        let summary = try await engine.run()
        let truth = await simulator.calls()
        await simulator.stop()

        var attempts: [AttemptRow] = []
        try store.attempts { attempts.append($0) }
        #expect(summary.end == .idle)
        #expect(attempts.count == 7)
        #expect(Set(attempts.compactMap(\.number)) == Set(numbers.dropLast()))
        #expect(attempts.allSatisfy { $0.phase == "settled" && $0.outcome != nil })
        #expect(truth.count == 7)
        #expect(try store.openAttempts().isEmpty)
        #expect(try store.writerSynchronous() == 2)
        let outcome = { (last: Int64) in attempts.first { $0.number?.digits == 12_125_550_300 + last }?.outcome }
        // How long it was, a busy machine may not have seen.
        #expect(["answered", "short_answer"].contains(outcome(1)))
        #expect(outcome(3) == "no_answer")
        for file in try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil) {
            let bytes = try Data(contentsOf: file)
            #expect(bytes.range(of: Data("secret-4711".utf8)) == nil, "\(file.lastPathComponent) holds a passcode")
        }
    }
}
