import CallingRules
import CampaignStore
import Campaigns
import Eligibility
import Foundation
import Proving
import Synchronization
import TestSupport
import Testing

@testable import Dialer

/// What keeps a whole campaign from being dialed by its file and its rule packs, and how other packs are taken up.
@Suite("An engine and the rules that are in force", .timeLimit(.minutes(15))) struct RuleHoldTests {
    private static func pack(_ version: String, _ more: String = "") throws -> [String: RulePack] {
        let pack = try RulePackFile.read(
            """
            pack: us
            version: "\(version)"
            region: US
            rules: [{ places: [US], source: "a test", hours: { all: "08:00-21:00" }\(more) }]
            """, file: "us.yaml")
        return ["us": pack, "none": .none]
    }

    private static func apply(_ name: String, _ more: String, to scratch: ScratchStore, at now: Instant) throws {
        let yaml = "campaign: \(name)\nregion: US\n\(more)"
        _ = try scratch.store.applyCampaign(
            CampaignFile.read(yaml, file: "c.yaml"), yaml: yaml, file: "c.yaml", script: nil, at: now)
        try scratch.store.setState(.started, of: name, at: now)
    }

    @Test(
        "a silent file and a pack that is too old hold a campaign and are said, the pack only where the engine judges its age"
    )
    func holds() async throws {
        let now = try #require(Instant(iso8601: "2026-12-01T18:00:00Z"))
        for (judges, version, expected) in [
            (true, "2026-11-01", ["silent": "registry_not_named"]),
            (false, "2024-11-01", ["silent": "registry_not_named"]),
            (true, "2024-11-01", ["silent": "registry_not_named", "said": "pack_too_old"]),
        ] {
            let scratch = try ScratchStore()
            try Self.apply("silent", "", to: scratch, at: now)
            try Self.apply("said", "suppression: { none_because: a test }\n", to: scratch, at: now)
            let heard = HeardLog()
            let engine = try DialerEngine(
                store: scratch.store, clock: DialerClock(startingAt: now, scale: 100),
                options: EngineOptions(
                    presence: .desk, packs: Self.pack(version, ", registry: \"National Registry\""),
                    judgesPackAge: judges),
                logger: heard.logger)
            let run = Task { try await engine.run() }
            try await wait(for: "the first sign of life") { engine.pulse.reading().sinceWrite != nil }
            let holds = try await engine.status().holds.filter { $0.campaign != nil }
            #expect(
                Dictionary(holds.map { ($0.campaign ?? "", $0.reason.code) }) { first, _ in first } == expected,
                "\(judges) \(version): \(holds)")
            #expect(heard.lines.contains { $0.contains("silent calls nobody") && $0.contains("none_because") })
            await engine.stop()
            _ = try await run.value
        }
    }

    @Test("packs that are updated while the engine runs hold from then on; where they cannot be read the old ones stay")
    func takenUp() async throws {
        let now = Instant(Date())
        let scratch = try ScratchStore()
        try Self.apply("c", "suppression: { none_because: a test }\n", to: scratch, at: now)
        let packs = Mutex(Result<[String: RulePack], TestTrouble>.success(try Self.pack("2026-11-01")))
        var options = EngineOptions(presence: .desk, packs: [:])
        options.readPacks = { try packs.withLock { try $0.get() } }
        let heard = HeardLog()
        let engine = try DialerEngine(
            store: scratch.store, clock: DialerClock(startingAt: now, scale: 100), options: options,
            logger: heard.logger)
        let run = Task { try await engine.run() }
        try await wait(for: "the first sign of life") { engine.pulse.reading().sinceWrite != nil }
        let version = { await engine.packVersions(of: "c") }
        #expect(await version() == ["2026-11-01"])
        packs.withLock { $0 = .failure(TestTrouble()) }
        try scratch.store.noteRules("rules_updated", issued: now, detail: "a test", from: "a test", at: now)
        await engine.noticeChanges()
        #expect(await version() == ["2026-11-01"])
        try packs.withLock { $0 = .success(try Self.pack("2026-12-01")) }
        let before = try scratch.store.campaignsVersion()
        try scratch.store.noteRules(
            "rules_updated", issued: now + .seconds(1), detail: "a test", from: "a test", at: now)
        #expect(try scratch.store.campaignsVersion() != before, "pages keep rules by this")
        await engine.noticeChanges()
        #expect(await version() == ["2026-12-01"])
        #expect(try scratch.store.auditLog().map(\.act).contains("rules_updated"))
        await engine.stop()
        _ = try await run.value
    }

    private struct TestTrouble: Error {}
}

extension DialerEngine {
    /// The versions of the packs that a campaign is dialed by.
    fileprivate func packVersions(of campaign: String) -> [String] {
        runners.values.filter { $0.stored.campaign.name == campaign }.flatMap { $0.rules.book.packs.map(\.version) }
    }
}
