import CampaignStore
import Campaigns
import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Testing

@testable import OffhookServer

@Suite("Paths of the server") struct ServerPathTests {
    @Test(
        "of a path its last part stays, and what is no path of this computer stays whole",
        arguments: [
            ("The file “/home/me/data/t.db” is gone.", "The file “t.db” is gone."),
            ("cannot open /srv/data/t.db.uploads/0f3a: no space", "cannot open 0f3a: no space"),
            ("/tmp/a/b", "b"), ("NSFilePath=/usr/share/x/y.mustache, code 4", "NSFilePath=y.mustache, code 4"),
            (
                "run: offhook restore --db '/srv/data/t.db' --calls-from LOST.db",
                "run: offhook restore --db 't.db' --calls-from LOST.db"
            ),
            (
                "ask /api/v1/numbers/1/why or https://x.example/tmp/a/b",
                "ask /api/v1/numbers/1/why or https://x.example/tmp/a/b"
            ),
            ("yes/no/maybe, 3/4 and /", "yes/no/maybe, 3/4 and /"), ("data/t.db is locked", "t.db is locked"),
            ("in /my data/share/rules/us.yaml", "in us.yaml"),
        ])
    func hidden(text: String, expected: String) {
        let paths = ServerPaths(["/srv/data/t.db", "data/t.db", "/my data/share"])
        #expect(paths.hidden(in: text) == expected)
    }

    private func expectNoPath(_ answer: TestResponse, _ bench: ServerBench, _ what: String) {
        let folder = bench.folder.lastPathComponent
        for text in [answer.text] + answer.headers.map(\.value) {
            for part in [folder, FileManager.default.temporaryDirectory.path, ServerBench.share.path] {
                #expect(!text.contains(part), "\(what): \(text.prefix(2000))")
            }
        }
    }

    @Test("no page and no answer of any route tells one, while all is well and while the database is gone")
    func everywhere() async throws {
        let bench = try ServerBench()
        try bench.phones(["desk-1"])
        let campaign = try bench.campaignToCall("spring")
        let root = try bench.session(of: try await bench.user("root", .administrator))
        for isGone in [false, true] {
            if isGone { try FileManager.default.removeItem(atPath: bench.store.path) }
            try await bench.run { client async throws in
                // Streams do not end by themselves.
                for route in bench.server.routes.routes
                where !route.path.hasPrefix("/live/") && !route.path.hasSuffix("events") {
                    let uri = route.path.split(separator: "/").map { part in
                        part == "{campaign}" ? "\(campaign.value)" : part.hasPrefix("{") ? "1" : String(part)
                    }.joined(separator: "/")
                    // A back-up is a file, and has its own test.
                    guard route.path != "/administration/backup" || route.isSafe else { continue }
                    // Who logs out is nobody from then on.
                    guard !route.path.hasPrefix("/logout") else { continue }
                    let answer = try await client.send(route.method, "/" + uri, root, route.isSafe ? nil : "{}")
                    expectNoPath(answer, bench, "\(route.method) \(route.path), database \(isGone ? "gone" : "there")")
                }
            }
        }
    }

    @Test("an upload that is no list is named as its sender calls it")
    func upload() async throws {
        let bench = try ServerBench()
        let campaign = try bench.campaignToCall("spring")
        let root = try bench.session(of: try await bench.user("root", .administrator))
        try await bench.run { client async throws in
            for bytes in ["PK\u{3}\u{4}", "\n\n"] {
                var headers = root.script
                headers[.contentType] = "application/octet-stream"
                let sent = try await client.execute(
                    uri: "/api/v1/uploads?name=march%202026.csv", method: .post, headers: headers,
                    body: ByteBuffer(string: bytes))
                let id = try sent.value(UploadView.self).id
                let look = try await client.send(
                    .post, "/api/v1/uploads/\(id)/look", root, "{\"campaign_id\":\(campaign.value)}")
                #expect(look.status == .unprocessableContent)
                #expect(look.detail.contains("“march 2026.csv”"), "\(look.detail)")
                #expect(!look.detail.contains(id) && !look.detail.contains("/"), "\(look.detail)")
            }
        }
    }
}
