import Campaigns
import Foundation
import GRDB
import PhoneNumbers
import Synchronization
import Testing

@testable import CampaignStore

/// Databases of every schema so far become the newest one with all that is in them.
@Suite("Upgrades of the schema") struct UpgradeTests {
    private let path = FileManager.default.temporaryDirectory
        .appendingPathComponent("offhook-\(UUID().uuidString).db").path

    /// A database as the first version left it: a campaign with a called contact, one to be called, and a do-not-call entry.
    private func makeFirst() throws {
        let queue = try DatabaseQueue(path: path)
        try queue.write { database in
            try database.execute(sql: FirstSchema.sql)
            try database.execute(
                sql: """
                    CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
                    INSERT INTO grdb_migrations VALUES ('v1');
                    INSERT INTO devices (id, name, family, address, passcode_kind, passcode, dial_with, account, settings)
                    VALUES (1, 'desk-1', 'gxp', 'http://192.0.2.10', 'env', 'P', 'send_key', 0,
                        '{"certificate":{"system":{}},"dial":{},"states":{}}');
                    INSERT INTO stations (id, device_id, name, agent) VALUES (1, 1, 'desk-1', 'ada');
                    INSERT INTO campaigns (id, name, state, file, yaml, applied_at, state_at)
                    VALUES (1, 'a', 'started', 'a.yaml', 'campaign: a\nregion: US\ncalling_rules: { pack: none }\n', 1, 1);
                    INSERT INTO lists (id, campaign_id, name, created_at) VALUES (1, 1, 'l', 1);
                    INSERT INTO areas VALUES (1, 'America/New_York', 'US', 'US-NY');
                    INSERT INTO contacts (id, campaign_id, list_id, name, state, next_number_id, next_area_id, created_at, state_at)
                    VALUES (1, 1, 1, 'Ada', 'done', 16, 1, 1, 1), (2, 1, 1, 'Bob', 'ready', 32, 1, 1, 1);
                    INSERT INTO numbers (id, contact_id, campaign_id, position, number, kind, validity, area_id)
                    VALUES (16, 1, 1, 0, 12125550101, 'mobile', 'valid', 1), (32, 2, 1, 0, 12125550102, 'mobile', 'valid', 1);
                    INSERT INTO suppression_sources (id, name, state, entries, loaded_at) VALUES (1, '', 'current', 1, 1);
                    INSERT INTO suppressions VALUES (1, 12125550199, 1, NULL, 'by hand');
                    INSERT INTO attempts (id, kind, campaign_id, contact_id, list_id, number_id, number, dialled, station, pass,
                        rule_pack, rule_pack_version, allowed_by, account, dial_with, phase, lines_before, intended_at, seen_at,
                        connected_at, ended_at, settled_at, outcome, disposition, disposition_class, ending, follow_up)
                    VALUES (1, 'campaign', 1, 1, 1, 16, 12125550101, '2125550101', 'desk-1', 1, 'none', '1', '[]', 0, 'send_key',
                        'settled', '[]', 10, 11, 12, 30000, 40000, 'answered', 'SALE', 'success', 'success', 'Done.');
                    INSERT INTO journal (at, event, campaign_id, contact_id, attempt_id, number, station, detail) VALUES
                        (10, 'attempt_intended', 1, 1, 1, 12125550101, 'desk-1', NULL),
                        (11, 'attempt_calling', NULL, NULL, 1, NULL, NULL, 'line 1'),
                        (12, 'attempt_connected', NULL, NULL, 1, NULL, NULL, 'line 1'),
                        (30000, 'attempt_wrap_up', NULL, NULL, 1, NULL, NULL, 'answered'),
                        (40000, 'attempt_settled', 1, 1, 1, 12125550101, 'desk-1', 'answered, SALE');
                    """)
        }
        try queue.close()
    }

    private func schema(_ store: CampaignStore) throws -> Set<String> {
        try store.read {
            try String.fetchSet($0, sql: "SELECT type || ' ' || name || ': ' || coalesce(sql, '') FROM sqlite_master")
        }
    }

    @Test(
        "campaigns that ran at the upgrade and say nothing of registries or packs go on for seven days, whatever is applied"
    )
    func grace() throws {
        try makeFirst()
        let queue = try DatabaseQueue(path: path)
        try queue.write { database in
            for (name, state, more) in [
                ("paused", "paused", ""), ("named", "started", "suppression: { registries: [us-dnc] }\n"),
                ("reasoned", "started", "suppression: { none_because: customers }\n"),
                ("ireland", "started", "suppression: { none_because: customers }\n"),
            ] {
                let yaml = "campaign: \(name)\nregion: \(name == "ireland" ? "IE" : "US")\n\(more)"
                try database.execute(
                    sql: """
                        INSERT INTO campaigns (name, state, file, yaml, applied_at, state_at) VALUES (?, ?, 'x.yaml', ?, 1, 1)
                        """, arguments: [name, state, yaml])
            }
        }
        try queue.close()
        let before = Instant(Date())
        let store = try CampaignStore(path: path, mayCreate: false) { _ in }
        let after = Instant(Date())
        let ends = try Dictionary(uniqueKeysWithValues: store.campaigns().map { ($0.campaign.name, $0.graceUntil) })
        for name in ["a", "ireland"] {
            let end = try #require(ends[name] ?? nil)
            #expect(end >= before + .seconds(7 * 86_400) && end <= after + .seconds(7 * 86_400))
        }
        for name in ["paused", "named", "reasoned"] { #expect(ends[name] == .some(nil), "\(name)") }
        let again = "campaign: a\nregion: US\ncalling_rules: { pack: none }\npriority: 3\n"
        _ = try store.applyCampaign(
            CampaignFile.read(again, file: "a.yaml"), yaml: again, file: "a.yaml", script: nil, at: after)
        #expect(try store.campaign(named: "a").graceUntil == ends["a"])
    }

    @Test("a database of the first schema becomes the newest, with every row, and makes sense afterwards")
    func first() throws {
        try makeFirst()
        var told: [UpgradeStep] = []
        let store = try CampaignStore(path: path, mayCreate: false) { told.append($0) }
        #expect(told == [.begins(attempts: 1)])
        let isNewest = try store.read { try Migrations.migrator.hasCompletedMigrations($0) }
        #expect(isNewest)
        let fresh = try CampaignStore(path: path + ".fresh") { told.append($0) }
        try CampaignStore(path: path) { told.append($0) }.close()
        #expect(told == [.begins(attempts: 1)], "neither a new database nor one of this version is upgraded")
        #expect(try schema(store) == schema(fresh))
        #expect(try store.problems() == [])
        let replay = try store.replayJournal()
        #expect(replay.attempts == 1)
        #expect(replay.differences == [])

        var attempts: [AttemptRow] = []
        try store.attempts { attempts.append($0) }
        #expect(attempts.map(\.outcome) == ["answered"])
        #expect(attempts.map(\.disposition) == ["SALE"])
        #expect(try store.campaign(named: "a").state == .started)
        #expect(try store.contactCounts().byState == [.done: 1, .ready: 1])
        let suppressed = try #require(PhoneNumber(digits: 12_125_550_199))
        #expect(try store.isSuppressed(suppressed, campaign: nil, at: Instant(milliseconds: 50_000)))
        // And it works: the next contact is the one that was to be called.
        let next = try store.reserveNextContact(
            campaign: CampaignID(1), station: "desk-1", openAreas: [1], at: Instant(milliseconds: 50_000))
        #expect(next?.contact == ContactID(2))
    }

    @Test("of programs that open an old database at once, one upgrades it and the others wait")
    func atOnce() throws {
        try makeFirst()
        let path = path
        let told = Mutex<[UpgradeStep]>([])
        let failures = Mutex<[String]>([])
        DispatchQueue.concurrentPerform(iterations: 6) { _ in
            do {
                let store = try CampaignStore(path: path, mayCreate: false) { step in told.withLock { $0.append(step) }
                }
                _ = try store.campaign(named: "a")
                try store.close()
            } catch {
                failures.withLock { $0.append("\(error)") }
            }
        }
        #expect(failures.withLock { $0 } == [])
        #expect(told.withLock { $0.count { $0 == .begins(attempts: 1) } } == 1)
        #expect(!FileManager.default.fileExists(atPath: path + ".upgrade.lock"))
        #expect(try CampaignStore(path: path, access: .reading).problems() == [])
    }

    @Test("of programs that make a new database at once, one makes it and the others find it")
    func newAtOnce() throws {
        let path = path
        let failures = Mutex<[String]>([])
        DispatchQueue.concurrentPerform(iterations: 6) { index in
            do {
                let store = try CampaignStore(path: path)
                try store.recordEvent("x", detail: "\(index)", at: Instant(milliseconds: 1))
                try store.close()
            } catch {
                failures.withLock { $0.append("\(error)") }
            }
        }
        #expect(failures.withLock { $0 } == [])
        #expect(try CampaignStore(path: path).journal().count == 6)
    }

    @Test("what only reads leaves an old database as it is, and says what upgrades it; a back-up copies it as it is")
    func reading() throws {
        try makeFirst()
        let before = try rows()
        let error = #expect(throws: StoreError.olderVersion(path: path)) {
            try CampaignStore(path: path, mayCreate: false, access: .reading)
        }
        #expect(error?.description.contains("offhook upgrade") == true)
        let store = try CampaignStore(path: path, mayCreate: false, access: .copying)
        _ = try store.backUp(to: path + ".copy", at: Instant(milliseconds: 50_000))
        try store.close()
        #expect(try rows() == before)
        #expect(try CampaignStore(path: path + ".copy", mayCreate: false).problems() == [])
    }

    @Test("an engine of the older version is not upgraded under")
    func underEngine() throws {
        try makeFirst()
        let engine = try EngineLock(database: path)
        let error = #expect(throws: StoreError.upgradeBlocked(path: path)) { try CampaignStore(path: path) }
        #expect(error?.description.contains("Stop that one") == true)
        engine.release()
        #expect(try CampaignStore(path: path).problems() == [])
    }

    @Test("sums of a former form are taken away and added up anew")
    func formerSums() throws {
        try makeFirst()
        let queue = try DatabaseQueue(path: path)
        try Migrations.migrator.migrate(queue, upTo: "inventory")
        try queue.write { database in
            try database.execute(
                sql: """
                    CREATE TABLE calls_by_disposition (span INTEGER NOT NULL, slot INTEGER NOT NULL, campaign_id INTEGER NOT NULL,
                        agent TEXT NOT NULL, outcome TEXT NOT NULL, disposition TEXT NOT NULL, disposition_class TEXT NOT NULL,
                        calls INTEGER NOT NULL,
                        PRIMARY KEY (span, slot, campaign_id, agent, outcome, disposition, disposition_class)) STRICT, WITHOUT ROWID;
                    INSERT INTO calls_by_disposition VALUES (0, 0, 1, '', 'answered', 'SALE', 'success', 3)
                    """)
        }
        try queue.close()
        let store = try CampaignStore(path: path, mayCreate: false)
        #expect(try schema(store) == schema(try CampaignStore(path: path + ".fresh")))
        #expect(try store.problems() == [])
        #expect(try store.dispositionCounts(in: .always()).map(\.calls) == [1])
    }

    @Test("an upgrade that fails leaves the former schema and every row")
    func failed() throws {
        try makeFirst()
        let before = try rows()
        var migrator = Migrations.migrator
        migrator.registerMigration("one that fails") { database in
            try database.execute(
                sql: "ALTER TABLE contacts ADD COLUMN further TEXT; DELETE FROM attempts; SELECT nonsense;")
        }
        let queue = try DatabaseQueue(path: path)
        try Migrations.migrator.migrate(queue)
        let newest = try queue.read { try String.fetchSet($0, sql: "SELECT coalesce(sql, '') FROM sqlite_master") }
        #expect(throws: DatabaseError.self) { try migrator.migrate(queue) }
        #expect(
            try queue.read { try String.fetchSet($0, sql: "SELECT coalesce(sql, '') FROM sqlite_master") } == newest)
        try queue.close()
        #expect(try rows() == before)
        #expect(try CampaignStore(path: path).problems() == [])
    }

    private func rows() throws -> [String: Int] {
        let queue = try DatabaseQueue(path: path)
        defer { try? queue.close() }
        return try queue.read { database in
            try ["contacts", "numbers", "attempts", "journal", "suppressions"].reduce(into: [:]) { rows, table in
                rows[table] = try Int.fetchOne(database, sql: "SELECT count(*) FROM \(table)")
            }
        }
    }
}
