import CampaignStore
import Campaigns
import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Testing

@testable import OffhookServer

@Suite("Audit log, settings, back-up and health") struct AdministrationPageTests {
    private func bench() async throws -> (ServerBench, BenchSession) {
        let bench = try ServerBench()
        return (bench, try bench.session(of: try await bench.user("root", .administrator)))
    }

    @Test("the audit log is found by user, act and day, and comes as CSV that no spreadsheet calculates")
    func audit() async throws {
        let (bench, root) = try await bench()
        let store = bench.store
        try store.audit("user_added", by: "root", from: "10.0.0.1", subject: "user 2", at: bench.now)
        try store.audit("list_imported", by: "root (token crm)", from: "10.0.0.2", detail: "=1+1, \"x\"", at: bench.now)
        try store.audit("user_added", by: "rooter", from: "10.0.0.3", at: bench.now + .seconds(24 * 3600))
        #expect(try store.auditLog(AuditFilter(user: "root")).map(\.address) == ["10.0.0.2", "10.0.0.1"])
        #expect(try store.auditActs() == ["list_imported", "user_added"])
        try await bench.run { client async throws in
            let acts = try await client.get("/administration/audit?act=user_added", root.headers)
            #expect(acts.text.contains("10.0.0.3") && !acts.text.contains("10.0.0.2"))
            let zone = root.headers.with("Cookie", "\(root.cookie); offhook-zone=Etc%2FUTC")
            // The bench's clock stands on 10 March 2026.
            let day = try await client.get("/administration/audit?from=2026-03-11&to=2026-03-11", zone)
            #expect(day.text.contains("10.0.0.3") && !day.text.contains("10.0.0.1"))
            #expect(
                try await client.get("/administration/audit?from=yesterday", root.headers).status
                    == .unprocessableContent)
            let csv = try await client.get("/administration/audit.csv?user=root", root.headers)
            #expect(csv.headers[.contentDisposition] == "attachment; filename=\"audit.csv\"")
            let lines = csv.text.split(separator: "\r\n")
            #expect(lines.count == 3)
            #expect(lines[1].hasSuffix("list_imported,,\"'=1+1, \"\"x\"\"\""))
        }
    }

    @Test("a log of more than a page goes on to older entries, without a gap")
    func pages() async throws {
        let (bench, root) = try await bench()
        for index in 1...150 {
            try bench.store.audit("act", by: "root", from: "a", subject: "thing \(index).", at: bench.now)
        }
        try await bench.run { client async throws in
            let first = try await client.get("/administration/audit", root.headers).text
            #expect(first.contains("thing 51.") && !first.contains("thing 50."))
            let link = try #require(first.range(of: "before="))
            let before = first[link.upperBound...].prefix { $0.isNumber }
            let second = try await client.get("/administration/audit?before=\(before)", root.headers).text
            #expect(second.contains("thing 50.") && !second.contains("thing 51."))
            #expect(!second.contains("Older entries"))
        }
    }

    @Test("sessions last as long as the settings say, at once; what cannot be is refused")
    func settings() async throws {
        let (bench, root) = try await bench()
        try await bench.run { client async throws in
            let set = { (fields: String) in
                try await client.post("/administration/settings", "csrf=\(root.csrf)&\(fields)", root.headers)
            }
            let wrong = try await set("time_zone=Mars%2FBase&idle_minutes=1&length_hours=1")
            #expect(wrong.status == .unprocessableContent)
            #expect(wrong.text.contains("is no zone") && wrong.text.contains("5 minutes to 7 days"))
            #expect(try await set("time_zone=Asia%2FTokyo&idle_minutes=10&length_hours=48").status == .seeOther)
            // Whoever tells no zone of their own sees the default: 14:00 UTC is 23:00 in Tokyo.
            #expect(try await client.get("/administration/audit", root.headers).text.contains("10 Mar 2026, 23:00"))
            bench.pass(.seconds(599))
            #expect(try await client.get("/", root.headers).status == .ok)
            bench.pass(.seconds(661))
            #expect(try await client.get("/", root.headers).status == .seeOther)
        }
        #expect(
            try SettingsKeeper(bench.store, bench.parts.configuration, logger: bench.parts.logger).value.sessionIdle
                == .seconds(600))
    }

    @Test("a new secret for the phones' Action URL makes the old address deaf")
    func phoneSecret() async throws {
        let bench = try ServerBench(phoneEvents: PhoneEventListener.Address(host: "192.0.2.7", port: 8090))
        let root = try bench.session(of: try await bench.user("root", .administrator))
        let old = bench.parts.phoneSecret
        try await bench.run { client async throws in
            let path = "/administration/settings/phone-secret"
            #expect(try await client.get("/administration/settings", root.headers).text.contains(old))
            #expect(try await client.post(path, "csrf=\(root.csrf)", root.headers).status == .unprocessableContent)
            #expect(bench.parts.phoneSecret == old)
            _ = try await client.post(path, "csrf=\(root.csrf)&sure=1", root.headers)
            #expect(bench.parts.phoneSecret != old)
            #expect(await !bench.parts.hear(PhoneEvent(secret: old, device: "desk-1")))
            #expect(
                try bench.store.sealedSetting("phone_events_secret", makingIfMissing: "none") == bench.parts.phoneSecret
            )
        }
    }

    @Test(
        "the secret of the Action URL is in no file of the database, nor in a back-up; a plain one is sealed at the start"
    )
    func phoneSecretSealed() async throws {
        let bench = try ServerBench(phoneEvents: PhoneEventListener.Address(host: "192.0.2.7", port: 8090))
        let root = try bench.session(of: try await bench.user("root", .administrator))
        let plain = "plain-secret-0815-of-an-older-version"
        try bench.store.setSetting("phone_events_secret", to: plain)
        let settings = try SettingsKeeper(bench.store, bench.parts.configuration, logger: bench.parts.logger)
        #expect(settings.value.phoneSecret == plain)
        try bench.parts.settings.renewPhoneSecret()
        let new = bench.parts.phoneSecret
        _ = try bench.store.backUp(to: bench.folder.appendingPathComponent("copy.db").path, at: bench.now)
        try await bench.run { client async throws in
            #expect(try await client.get("/administration/settings", root.headers).text.contains(new))
        }
        try bench.store.close()
        for name in try FileManager.default.contentsOfDirectory(atPath: bench.folder.path) {
            let bytes = try? Data(contentsOf: bench.folder.appendingPathComponent(name))
            for secret in [plain, new] {
                #expect(bytes?.range(of: Data(secret.utf8)) == nil, "\(name) holds the secret")
            }
        }
    }

    @Test("without its key the secret of the Action URL is another one, until the key is back")
    func phoneSecretWithoutKey() async throws {
        let (bench, _) = try await bench()
        let secret = bench.parts.phoneSecret
        let key = bench.store.path + ".key"
        try FileManager.default.moveItem(atPath: key, toPath: key + ".away")
        let without = try SettingsKeeper(bench.store, bench.parts.configuration, logger: bench.parts.logger)
        #expect(without.value.phoneSecret != secret)
        #expect(!FileManager.default.fileExists(atPath: key))
        try FileManager.default.moveItem(atPath: key + ".away", toPath: key)
        let back = try SettingsKeeper(bench.store, bench.parts.configuration, logger: bench.parts.logger)
        #expect(back.value.phoneSecret == secret)
    }

    @Test("a back-up is a sound database with the users in it, and leaves no file behind")
    func backup() async throws {
        let (bench, root) = try await bench()
        let data = try await bench.run { client async throws in
            let answer = try await client.post("/administration/backup", "csrf=\(root.csrf)", root.headers)
            #expect(answer.status == .ok)
            #expect(answer.headers[.contentDisposition]?.hasPrefix("attachment; filename=\"offhook-2026") == true)
            return Data(answer.body.readableBytesView)
        }
        let copy = bench.folder.appendingPathComponent("copy.db")
        try data.write(to: copy)
        let restored = try CampaignStore(path: copy.path, mayCreate: false)
        #expect(try restored.users().map(\.name) == ["root"])
        #expect(try restored.problems() == [])
        let left = try FileManager.default.contentsOfDirectory(atPath: bench.folder.path)
        #expect(!left.contains { $0.contains("download") })
        #expect(try bench.store.auditLog().first?.act == "backup_downloaded")
    }

    @Test("the health page says whether engine and database are well, and checks the database on demand")
    func health() async throws {
        let (bench, root) = try await bench()
        try await bench.run { client async throws in
            let page = try await client.get("/administration/health", root.headers)
            #expect(page.text.contains("does not run") && page.text.contains("There are no phones yet"))
            let checked = try await client.post("/administration/health/check", "csrf=\(root.csrf)", root.headers)
            #expect(checked.text.contains("Nothing contradicts itself."))
        }
    }

    @Test("pages work without Chart.js and serve it where it is installed")
    func charts() async throws {
        let bench = try ServerBench()
        try await bench.run { client async throws in
            let answer = try await client.get("/static/chart.js")
            #expect(answer.status == (bench.parts.staticFiles.hasCharts ? .ok : .notFound))
        }
        let folder = bench.folder.appendingPathComponent("chart.min.js")
        try Data("var Chart;".utf8).write(to: folder)
        #expect(
            try StaticFiles(ServerConfiguration(share: ServerBench.share, chartScript: folder.path)).hasCharts)
        #expect(
            try !StaticFiles(ServerConfiguration(share: ServerBench.share, chartScript: "/nowhere/chart.js")).hasCharts)
    }
}
