import CallingRules
import Campaigns
import Foundation
import GRDB
import Testing

@testable import CampaignStore

@Suite("The copy of a database that a rehearsal dials from") struct RehearsalCopyTests {
    private let folder: URL
    private let original: String
    private let copy: String
    private let now = Instant(milliseconds: 1_796_118_400_000)

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("offhook-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        original = folder.appendingPathComponent("offhook.db").path
        copy = folder.appendingPathComponent("copy.db").path
    }

    /// A database with everything that opens a door or leads somewhere.
    private func fill() throws -> CampaignStore {
        let store = try CampaignStore(path: original)
        _ = try store.applyDevices(
            PhonesFile.read(
                """
                phones:
                  - { name: desk-1, family: gxp, address: "http://192.0.2.10", passcode: s3cret-passcode }
                """, file: "phones.yaml"), at: now)
        try store.setPause("Lunch", station: "desk-1", at: now)
        let yaml = "campaign: spring\nregion: US\ncalling_rules: { pack: none }\n"
        let id = try store.applyCampaign(
            CampaignFile.read(yaml, file: "c.yaml"), yaml: yaml, file: "c.yaml", script: nil, at: now
        ).id
        let hook = try store.addWebhook(
            campaign: id, url: "http://192.0.2.11/told-of-calls", secret: "s3cret-hook", events: ["attempt_settled"],
            at: now)
        let user = try store.addUser(UserSettings(name: "ada", displayName: "Ada", role: .administrator), at: now)
        _ = try store.setPassword(hash: "s3cret-hash", user: user.id, at: now)
        try store.beginSession(
            tokenHash: Data("session".utf8), user: user.id, csrfToken: "s3cret-csrf", address: "192.0.2.12",
            expiresAt: now + .seconds(3600), at: now)
        _ = try store.addToken(
            hash: Data("token".utf8), name: "crm", user: user.id, scopes: ["calls:read"],
            expiresAt: now + .seconds(3600), at: now)
        try store.addLink(
            tokenHash: Data("link".utf8), user: user.id, expiresAt: now + .seconds(3600), at: now)
        try store.setSealedSetting("phone_events_secret", to: "s3cret-phones")
        _ = try store.loadSuppressions(
            source: "us-federal", campaign: nil, replace: true, file: "f.csv", sha256: "",
            at: now - .seconds(20 * 86_400)
        ) { try $0.add([12_125_550_306]) }
        try store.setState(.started, of: "spring", at: now)
        #expect(try store.webhook(hook.id).isActive)
        return store
    }

    private func count(_ table: String, _ condition: String = "1") throws -> Int {
        try DatabaseQueue(path: copy).read {
            try Int.fetchOne($0, sql: "SELECT count(*) FROM \(table) WHERE \(condition)") ?? -1
        }
    }

    @Test("nothing in it opens a door, or leads to a phone or an address, and no byte of a secret is left")
    func secrets() throws {
        let store = try fill()
        try RehearsalCopy.make(of: original, at: copy)
        let rehearsed = try CampaignStore(path: copy)
        try rehearsed.prepareRehearsal(from: now, at: now)
        try rehearsed.close()
        for table in [
            "sessions", "api_tokens", "one_time_links", "login_steps", "second_factors", "recovery_codes",
            "webhook_deliveries",
        ] { #expect(try count(table) == 0, "\(table)") }
        #expect(try count("users", "password IS NOT NULL") == 0)
        #expect(try count("users") == 1)
        #expect(try count("webhooks", "is_active OR removed_at IS NULL OR url <> '' OR secret <> ''") == 0)
        #expect(try count("devices", "address <> '' OR passcode <> ''") == 0)
        #expect(try count("settings", "value LIKE 'sealed:%'") == 0)
        #expect(try count("stations", "paused_reason IS NOT NULL") == 0)
        let bytes = try Data(contentsOf: URL(fileURLWithPath: copy))
        for secret in ["s3cret-hash", "s3cret-csrf", "192.0.2.10", "192.0.2.11", "told-of-calls", "sealed:"] {
            #expect(bytes.range(of: Data(secret.utf8)) == nil, "\(secret)")
        }
        // The original has all of it still.
        #expect(try store.credentials(of: "ada")?.passwordHash == "s3cret-hash")
        #expect(try store.passcode(of: "desk-1", environment: [:]) == "s3cret-passcode")
    }

    @Test("only its owner can read it, and it is another database than the original")
    func identity() throws {
        let store = try fill()
        try RehearsalCopy.make(of: original, at: copy)
        let mode = try FileManager.default.attributesOfItem(atPath: copy)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        let rehearsed = try CampaignStore(path: copy)
        let before = try rehearsed.setting("database_id")
        #expect(try before != nil && before == store.setting("database_id"))
        try rehearsed.prepareRehearsal(from: now, at: now)
        #expect(try rehearsed.setting("database_id") != before)
        #expect(try rehearsed.problems() == [])
    }

    @Test("registries are as old on a later day as they are today, and on an earlier day as they are")
    func registries() throws {
        try fill().close()
        let loaded = now - .seconds(20 * 86_400)
        let later: Duration = .seconds(60 * 86_400)
        for (start, expected) in [(now + later, loaded + later), (now - later, loaded)] {
            try RehearsalCopy.make(of: original, at: copy)
            let rehearsed = try CampaignStore(path: copy)
            try rehearsed.prepareRehearsal(from: start, at: now)
            #expect(
                try rehearsed.registriesLoaded(for: rehearsed.campaign(named: "spring").id)["us-federal"] == expected)
            try rehearsed.close()
            OwnFiles.paths(of: copy).forEach { try? FileManager.default.removeItem(atPath: $0) }
        }
    }

    @Test("copying changes not a byte of the original, a log that a crash left and a file in rollback mode included")
    func untouched() throws {
        try fill().close()
        // A reader that is alive keeps the log from being moved into the file, as a crash does.
        let crashed = folder.appendingPathComponent("crashed.db").path
        let store = try CampaignStore(path: original)
        try store.setSetting("time_zone", to: "Europe/Berlin")
        for suffix in ["", "-wal"] {
            try FileManager.default.copyItem(atPath: original + suffix, toPath: crashed + suffix)
        }
        let rollback = folder.appendingPathComponent("rollback.db").path
        _ = try store.backUp(to: rollback, at: now)
        try store.close()
        for path in [crashed, rollback, original] {
            let read = { (suffix: String) in FileManager.default.contents(atPath: path + suffix) ?? Data() }
            let (file, log) = (read(""), read("-wal"))
            try RehearsalCopy.make(of: path, at: copy)
            #expect(read("") == file, "\(path)")
            #expect(read("-wal") == log, "\(path)")
            let rehearsed = try CampaignStore(path: copy)
            #expect(try rehearsed.setting("time_zone") == "Europe/Berlin", "\(path)")
            try rehearsed.prepareRehearsal(from: now, at: now)
            // Also of a back-up that does not know the calls since.
            try rehearsed.requireKnownCalls()
            try rehearsed.close()
            OwnFiles.paths(of: copy).forEach { try? FileManager.default.removeItem(atPath: $0) }
        }
        #expect(try CampaignStore(path: rollback).restoredBackup() != nil)
    }

    @Test("a copy made while another connection writes is one instant of the database")
    func consistent() throws {
        let store = try fill()
        try store.setSetting("a", to: "0")
        try store.setSetting("b", to: "0")
        // Both settings change in one transaction, over and over, as an engine writes beside a copy.
        let writer = Thread { [original] in
            guard let queue = try? DatabaseQueue(path: original) else { return }
            for value in 1...400 {
                try? queue.write {
                    try $0.execute(sql: "UPDATE settings SET value = '\(value)' WHERE key IN ('a', 'b')")
                }
            }
            Self.written.signal()
        }
        writer.start()
        for _ in 0..<5 {
            try RehearsalCopy.make(of: original, at: copy)
            let settings = try CampaignStore(path: copy).settings()
            #expect(settings["a"] != nil && settings["a"] == settings["b"])
            OwnFiles.paths(of: copy).forEach { try? FileManager.default.removeItem(atPath: $0) }
        }
        Self.written.wait()
        try store.close()
    }

    private static let written = DispatchSemaphore(value: 0)

    @Test("what is no database of ours is refused and stays as it is")
    func refused() throws {
        let text = folder.appendingPathComponent("notes.txt").path
        try Data("not a database, and long enough to be read as a header".utf8).write(to: URL(fileURLWithPath: text))
        for path in [text, folder.appendingPathComponent("missing.db").path] {
            #expect(throws: StoreError.self) { try RehearsalCopy.make(of: path, at: copy) }
            #expect(!FileManager.default.fileExists(atPath: copy))
        }
    }
}
