import CallingRules
import Campaigns
import CivilTime
import Dialer
import Eligibility
import Foundation
import GRDB
import Logging
import PhoneNumbers
import TestSupport
import Testing

@testable import CampaignStore

@Suite("Time zone data under a running engine", .timeLimit(.minutes(15))) struct ZoneDataTests {
    private func file(_ rule: String) -> Data {
        Data(ZoneBytes.file(types: [ZoneBytes.LocalType(offset: -18_000, name: "EST")], footer: rule))
    }

    @Test("changed data are taken up whole, and what changes is said once: zones, contacts, callbacks")
    func takenUp() async throws {
        let scratch = try ScratchStore()
        let zones = scratch.folder.appendingPathComponent("zoneinfo")
        try FileManager.default.createDirectory(
            at: zones.appendingPathComponent("America"), withIntermediateDirectories: true)
        let newYork = zones.appendingPathComponent("America/New_York")
        try file("EST5EDT,M3.2.0,M11.1.0").write(to: newYork)
        try Data("# version 2026f\n".utf8).write(to: zones.appendingPathComponent("tzdata.zi"))

        // 2026-03-10T14:00Z; a minute of the engine's is a second.
        let clock = DialerClock(startingAt: Instant(milliseconds: 1_773_151_200_000), scale: 60)
        let campaign = try scratch.campaign("c", at: clock.wallTime())
        try scratch.load([1, 2, 3].map { .test($0, ending: 1) }, into: campaign, at: clock.wallTime())
        try scratch.store.write {
            try $0.execute(
                sql: "UPDATE contacts SET state = 'callback', due_at = 2000000000000, class = 'callback' WHERE id = 1")
        }
        let source = ZoneSource(ZoneDirectory(path: zones.path))
        let engine = try DialerEngine(
            store: scratch.store, clock: clock,
            options: EngineOptions(end: .never, presence: .desk, packs: ["none": .none], zones: source),
            logger: Logger(label: "test"))
        let rules = { try engine.rules(of: try scratch.store.campaign(named: "c")) }
        #expect(try rules().zoneDataVersion == "2026f")
        let run = Task { try await engine.run() }
        // New York gives up its summer time.
        try file("EST5").write(to: newYork)
        try Data("# version 2027a\n".utf8).write(to: zones.appendingPathComponent("tzdata.zi"))
        let told = {
            try scratch.store.read {
                try String.fetchAll($0, sql: "SELECT detail FROM journal WHERE event = 'zone_data_changed'")
            }
        }
        try await wait(for: "the engine to take the data up") { try !told().isEmpty }
        let text = try #require(try told().first)
        #expect(text.contains("2027a took the place of 2026f") && text.contains("America/New_York"), "\(text)")
        #expect(text.contains("3 contacts") && text.contains("1 callback"), "\(text)")
        #expect(try rules().zoneDataVersion == "2027a")
        let noon = try #require(rules().clock(named: "America/New_York"))
        #expect(noon.utcOffset(at: Instant(milliseconds: 1_781_000_000_000)) == -18_000)
        await engine.stop()
        _ = try await run.value
        #expect(try told().count == 1)
    }
}
