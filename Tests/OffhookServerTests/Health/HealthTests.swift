import CallingRules
import Campaigns
import CivilTime
import Foundation
import HTTPTypes
import HummingbirdTesting
import Supervision
import TestSupport
import Testing

@testable import CampaignStore
@testable import Dialer
@testable import OffhookServer

@Suite("Health", .timeLimit(.minutes(15))) struct HealthTests {
    private static let open = ["/healthz", "/healthz/ready", "/healthz/live"]

    /// Runs a test beside the engine, which begins before and is stopped after it.
    private func running(
        _ bench: ServerBench, _ test: @escaping @Sendable (any TestClientProtocol) async throws -> Void
    )
        async throws
    {
        let engine = bench.engine
        let run = Task { try await engine.run() }
        try await wait(for: "the engine's first sign of life") { engine.pulse.reading().sinceWrite != nil }
        let result: Result<Void, any Error>
        do {
            result = .success(try await bench.run { try await test($0) })
        } catch {
            result = .failure(error)
        }
        await engine.stop()
        _ = try await run.value
        try result.get()
    }

    @Test("an engine that has not begun is alive and not ready, and /healthz says what /healthz/ready says")
    func notBegun() async throws {
        let bench = try ServerBench()
        try await bench.run { client async throws in
            #expect(try await client.get("/healthz/live").status == .ok)
            for path in ["/healthz", "/healthz/ready"] {
                let answer = try await client.get(path)
                #expect(answer.status == .serviceUnavailable)
                let ready = try answer.value(Readiness.self)
                #expect(!ready.isWell && !ready.isEngineRunning && ready.isDatabaseWritable)
                #expect(ready.reasons.map(\.code) == ["starting"])
            }
        }
    }

    @Test(
        "an engine that runs is ready; one that is told to stop is alive and not ready; one that has ended is neither")
    func life() async throws {
        let bench = try ServerBench()
        try await running(bench) { client in
            #expect(try await client.get("/healthz").status == .ok)
            #expect(try await client.get("/healthz").value(Readiness.self).reasons.isEmpty)
            #expect(try await client.get("/healthz/live").value(Liveness.self).isAlive)
            bench.engine.pulse.noteStopping()
            let ready = try await client.get("/healthz").value(Readiness.self)
            #expect(!ready.isWell && ready.isStopping && ready.isEngineRunning)
            #expect(try await client.get("/healthz/live").status == .ok)
        }
        try await bench.run { client async throws in
            #expect(try await client.get("/healthz").status == .serviceUnavailable)
            #expect(try await client.get("/healthz/live").status == .serviceUnavailable)
        }
    }

    @Test(
        "where every write of the engine fails, the service is not ready, says why, and stays alive; it is ready when that is fixed"
    )
    func unwritable() async throws {
        let bench = try ServerBench(engineScale: 50)
        try await running(bench) { client in
            let path = bench.store.path
            try FileManager.default.moveItem(atPath: path, toPath: path + ".away")
            try await wait(for: "the service not to be ready") {
                try await client.get("/healthz/ready").status == .serviceUnavailable
            }
            let ready = try await client.get("/healthz").value(Readiness.self)
            #expect(!ready.isWell && !ready.isDatabaseWritable && ready.isEngineRunning)
            #expect(ready.reasons.map(\.code) == ["database_replaced"])
            #expect(try await client.get("/healthz/live").status == .ok)
            try FileManager.default.moveItem(atPath: path + ".away", toPath: path)
            try await wait(for: "the service to be ready again") {
                try await client.get("/healthz/ready").status == .ok
            }
        }
    }

    @Test("the answers without an account count nothing and name nobody, whatever is wrong")
    func silent() async throws {
        let bench = try ServerBench()
        try bench.phones(["reception-phone"])
        try bench.campaign("secret-campaign")
        try await running(bench) { client in
            for fault in [nil] + StoreFault.allCases {
                bench.engine.pulse.noteFault(fault)
                for path in Self.open {
                    let answer = try await client.get(path)
                    for word in ["reception-phone", "secret-campaign", bench.store.path, bench.folder.path] {
                        #expect(!answer.text.contains(word), "\(path): \(answer.text)")
                    }
                    // Numbers stand in no answer but for the names of codes; there is none with a digit.
                    #expect(!answer.text.contains { $0.isNumber }, "\(path): \(answer.text)")
                    let keys = try #require(
                        try JSONSerialization.jsonObject(with: Data(answer.text.utf8)) as? [String: Any]
                    ).keys
                    let known: Set = [
                        "is_alive", "is_well", "is_database_writable", "is_engine_running", "is_stopping", "reasons",
                    ]
                    #expect(known.isSuperset(of: keys), "\(path): \(keys)")
                }
            }
            bench.engine.pulse.noteFault(nil)
        }
    }

    @Test("details are for administrators and for tokens with the scope for metrics")
    func access() async throws {
        let bench = try ServerBench()
        let root = try await bench.user("root", .administrator)
        let manager = try await bench.manager()
        let scoped = try bench.token(of: root, [.metricsRead])
        let other = try bench.token(of: root, [.callsRead])
        try await bench.run { client async throws in
            #expect(try await client.get("/api/v1/health").status == .unauthorized)
            #expect(try await client.get("/api/v1/health", manager.headers).status == .forbidden)
            #expect(try await client.get("/api/v1/health", [.authorization: "Bearer \(other)"]).status == .forbidden)
            #expect(try await client.get("/api/v1/health", [.authorization: "Bearer \(scoped)"]).status == .ok)
        }
    }

    @Test(
        "health tells the age of the last write, of each phone's answer and of data, what holds calls, and what room is left"
    )
    func details() async throws {
        let bench = try await InterfaceBench()
        let store = bench.bench.store
        try Self.load("national", into: store, at: bench.bench.now)
        try bench.bench.campaign("registered", "suppression: { registries: [national, other] }\n")
        try await running(bench.bench) { client in
            let answer = try await bench.ask(client, .get, "/api/v1/health")
            let view = try answer.value(HealthView.self)
            #expect(view.isReady && view.isAlive && view.isEngineRunning && view.isEngineAnswering)
            #expect((view.lastWriteSeconds ?? -1) >= 0)
            #expect(view.phones.map(\.name) == ["desk-1"])
            #expect((view.openDescriptors ?? 0) > 3 && (view.descriptorLimit ?? 0) > (view.openDescriptors ?? 0))
            #expect((view.freeDiskBytes ?? 0) > 0)
            let data = Dictionary(uniqueKeysWithValues: view.data.map { ($0.name, $0) })
            #expect(data["national"]?.state == "good" && data["national"]?.ageSeconds == 0, "\(data)")
            #expect(data["other"]?.state == "missing" && data["other"]?.ageSeconds == nil)
            #expect(view.warnings.contains { $0.contains("“other” was never loaded") })
        }
    }

    @Test("registries, rule packs and the certificate are told with their age and their end, and warn before it")
    func ages() async throws {
        let bench = try ServerBench()
        try Self.load("national", into: bench.store, at: bench.now)
        try bench.campaign("mild", "suppression: { registries: [national], max_age: 90d }\n")
        try bench.campaign("strict", "suppression: { registries: [national], max_age: 20d }\n")
        let all = { try DataAge.all(in: bench.store, bench.parts.share, bench.parts.configuration, at: bench.now) }
        let first = try #require(try all().first)
        #expect(first.state == .good && first.until == bench.now + .seconds(20 * 24 * 3600), "the strictest limit")
        bench.pass(.seconds(14 * 24 * 3600))
        #expect(try all().first?.state == .old)
        bench.pass(.seconds(7 * 24 * 3600))
        #expect(try all().first?.state == .expired)
    }

    @Test("a rule pack stops when its campaign says so, and a certificate when it ends")
    func packAndCertificate() throws {
        let files = FileManager.default.temporaryDirectory.appendingPathComponent("offhook-\(UUID().uuidString).pem")
        defer { try? FileManager.default.removeItem(at: files) }
        try SelfSignedCertificate(commonName: "localhost", days: 10).certificate.write(
            to: files, atomically: true, encoding: .utf8)
        let bench = try ServerBench(tls: .init(certificate: files.path, key: files.path))
        let yaml = "campaign: packed\nregion: US\ncalling_rules: { pack: us, pack_age: { warn: 60d, stop: 90d } }\n"
        let campaign = try CampaignFile.read(yaml, file: "c.yaml")
        _ = try bench.store.applyCampaign(campaign, yaml: yaml, file: "c.yaml", script: nil, at: bench.now)
        let pack = try #require(try bench.parts.share.packs()["us"])
        let now = Instant(Date())
        let issued = now - (try #require(pack.age(at: now)))
        let states = { (at: Instant) in
            try DataAge.all(in: bench.store, bench.parts.share, bench.parts.configuration, at: at).map {
                "\($0.kind) \($0.state)"
            }
        }
        #expect(try states(issued + .seconds(59 * 24 * 3600)).first == "rulePack good")
        #expect(try states(issued + .seconds(61 * 24 * 3600)).first == "rulePack old")
        #expect(try states(issued + .seconds(91 * 24 * 3600)).first == "rulePack expired")
        #expect(try states(now).last == "certificate old", "ten days are few")
        #expect(try states(now + .seconds(11 * 24 * 3600)).last == "certificate expired")
    }

    @Test("time zone data are told with the age of their release, and warn when it is more than 400 days or not known")
    func zoneData() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("offhook-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let bench = try ServerBench()
        // 2026-12-01, 35 days after 2026f and 619 after 2025b.
        let now = Instant(milliseconds: 1_796_126_400_000)
        let told = { (version: String?) throws -> DataAge in
            let utc = ZoneBytes.file(types: [ZoneBytes.LocalType(offset: 0, name: "UTC")], footer: "UTC0")
            try Data(utc).write(to: folder.appendingPathComponent("UTC"))
            try Data((version.map { "# version \($0)\n" } ?? "").utf8).write(
                to: folder.appendingPathComponent("tzdata.zi"))
            let share = ShareData(
                folder: bench.parts.configuration.share, zones: ZoneSource(ZoneDirectory(path: folder.path)))
            let all = try DataAge.all(in: bench.store, share, bench.parts.configuration, at: now)
            return try #require(all.first { $0.kind == .zoneData })
        }
        let current = try told("2026f")
        #expect(current.state == .good && current.name == "2026f" && current.warning == nil)
        #expect(current.since == Instant(iso8601: "2026-10-27T00:00:00Z"))
        let old = try told("2025b")
        #expect(old.state == .old && old.warning?.contains("619 days old") == true)
        #expect(try told(nil).state == .old && told(nil).warning?.contains("not known") == true)
        let none = ShareData(
            folder: bench.parts.configuration.share, zones: ZoneSource(ZoneDirectory(path: "/nonexistent")))
        let missing = try DataAge.all(in: bench.store, none, bench.parts.configuration, at: now)
        #expect(missing.first { $0.kind == .zoneData }?.state == .missing)
    }

    private static func load(_ source: String, into store: CampaignStore, at now: Instant) throws {
        _ = try store.loadSuppressions(
            source: source, campaign: nil, replace: true, file: "\(source).txt", sha256: "", at: now
        ) {
            try $0.add([12_125_550_101])
        }
    }

    @Test("metrics tell readiness, ages, room, and how late polls and calls were")
    func metrics() async throws {
        let bench = try ServerBench()
        let root = try bench.session(of: try await bench.user("root", .administrator))
        let pulse = bench.engine.pulse
        try await running(bench) { client in
            let now = Instant(milliseconds: 1_773_151_200_000) + .seconds(3600)
            pulse.notePoll(due: now - .milliseconds(300), at: now)
            pulse.noteIntent(due: now - .milliseconds(3000), at: now)
            let text = try await client.get("/metrics", root.headers).text
            for line in [
                "offhook_alive 1", "offhook_ready 1", "offhook_dialing_held 1",
                #"offhook_intent_lateness_seconds_bucket{le="2.5"} 0"#,
                #"offhook_intent_lateness_seconds_bucket{le="5.0"} 1"#, "offhook_intent_lateness_seconds_count 1",
                "# TYPE offhook_poll_lateness_seconds histogram",
            ] {
                #expect(text.contains("\(line)\n"), "\(line): \(text)")
            }
            for name in ["last_write_age_seconds", "disk_free_bytes", "overdue_seconds", "poll_lateness_p99_seconds"] {
                #expect(text.contains("\noffhook_\(name) "), "\(name)")
            }
            #expect(text.contains("\noffhook_descriptors_open ") && text.contains("\noffhook_descriptors_limit "))
        }
    }

    @Test("the health page says what is late, what holds calls back and why the service cannot work, in sentences")
    func page() async throws {
        let bench = try ServerBench()
        try bench.phones(["desk-1"])
        let root = try bench.session(of: try await bench.user("root", .administrator))
        try await bench.run { client async throws in
            let page = try await client.get("/administration/health", root.headers).text
            for words in ["The engine has not begun yet", "does not run", "never", "held"] {
                #expect(page.contains(words), "\(words)")
            }
            #expect(!page.contains("Offhook is slow"))
        }
        try await running(bench) { client in
            let now = bench.engine.pulse
            // What was due before the run began would not be late for it.
            let late = await bench.engine.clock.now() + .seconds(10)
            now.notePoll(due: late - .seconds(4), at: late)
            let page = try await client.get("/administration/health", root.headers).text
            for words in [
                "Offhook is slow", "up to", "No campaign is started.", "Polls of phones", "Open files", "desk-1",
            ] {
                #expect(page.contains(words), "\(words)")
            }
        }
    }

    @Test("the floor is told that the engine is late, and what to do, and nothing where it is in time")
    func floor() async throws {
        let bench = try ServerBench()
        let onTime = FloorSummary(try await bench.engine.status())
        #expect(onTime.late == nil)
        let now = await bench.engine.clock.now()
        bench.engine.pulse.noteIntent(due: now - .seconds(4), at: now)
        let late = FloorSummary(try await bench.engine.status())
        #expect(late.late?.contains("Offhook is slow") == true)
        let limited = FloorSummary(try await bench.engine.status(), campaigns: [], progress: [], lastMinute: 0)
        #expect(limited.late == late.late)
        let session = try await bench.manager()
        try await bench.run { client async throws in
            #expect(try await client.get("/floor", session.headers).text.contains(#"id="late" role="alert""#))
        }
    }
}
