import CampaignStore
import Foundation
import HTTPTypes
import HummingbirdTesting
import Proving
import Testing

@testable import OffhookServer

@Suite("What is logged of requests") struct RequestLogTests {
    private static let header = HTTPField.Name("X-Request-Id")

    private func id(_ answer: TestResponse) -> String? { Self.header.flatMap { answer.headers[$0] } }

    @Test("each request has an id of its own, in its answer and in its log line, whatever comes of it")
    func made() async throws {
        let heard = HeardLog()
        let bench = try ServerBench(logger: heard.logger)
        try await bench.run { client async throws in
            let answers = [
                try await client.get("/login"), try await client.get("/no/such/page"),
                try await client.get("/api/v1/attempts"), try await client.get("/healthz"),
            ]
            let ids = answers.compactMap(id)
            #expect(Set(ids).count == 4 && ids.allSatisfy { !$0.isEmpty })
            #expect(ids.allSatisfy(heard.requests.contains))
            #expect(heard.lines.contains("info: GET /login 200") && heard.subsystems.contains("web"))
        }
    }

    @Test("a proxy's id is taken where the proxy is trusted and the id is sound, and from nobody else")
    func proxy() async throws {
        for (trusted, sent, isTaken) in [
            ("unknown", "a-1.B_2", true), ("192.0.2.1", "a-1.B_2", false), ("unknown", "a b", false),
            ("unknown", String(repeating: "a", count: 65), false), ("unknown", "é", false), ("unknown", "", false),
        ] {
            let bench = try ServerBench(trustedProxies: [trusted])
            try await bench.run { client async throws in
                let answer = try await client.get("/login", HTTPFields().with("X-Request-Id", sent))
                #expect((id(answer) == sent) == isTaken, "\(trusted) \(sent)")
                #expect(id(answer)?.isEmpty == false)
            }
        }
    }

    @Test("a log at every level holds no address of a person's computer, no name, password, cookie or token")
    func nobody() async throws {
        let heard = HeardLog()
        let bench = try ServerBench(trustedProxies: ["unknown"], logger: heard.logger)
        let user = try await bench.user("quillfeather", .administrator)
        let session = try bench.session(of: user)
        let token = try bench.token(of: user, [.callsRead])
        try await bench.run { client async throws in
            let from = HTTPFields().with("X-Forwarded-For", "203.0.113.77")
            _ = try await client.post("/login", "name=quillfeather&password=wr0ng-marked", from)
            _ = try await client.post("/login", "name=quillfeather&password=\(ServerBench.password)", from)
            _ = try await client.get("/", session.headers.with("X-Forwarded-For", "203.0.113.77"))
            _ = try await client.get("/numbers?number=%2B12125550302", session.headers)
            _ = try await client.get(
                "/api/v1/numbers/+12125550302", HTTPFields().with("Authorization", "Bearer \(token)"))
            _ = try await client.get("/api/v1/attempts", HTTPFields().with("Authorization", "Bearer gu3ssed-token"))
            _ = try await client.post("/setup/marked-secret", "name=quillfeather", from)
            _ = try await client.execute(uri: "/api/v1/suppressions", method: .post, headers: session.headers)
        }
        let said = heard.lines.joined(separator: "\n") + heard.requests.joined()
        #expect(heard.lines.count >= 8)
        for mark in [
            "quillfeather", "203.0.113.77", "wr0ng-marked", ServerBench.password, "2125550302", token, "gu3ssed",
            "marked-secret", session.csrf, session.cookie,
        ] {
            #expect(!said.lowercased().contains(mark.lowercased()), "the log tells \(mark)")
        }
    }

    @Test("metrics and the page of health tell how large the database's log is, and what to do about a large one")
    func logSize() async throws {
        let bench = try ServerBench()
        let user = try await bench.user("anna", .administrator)
        let session = try bench.session(of: user)
        let token = try bench.token(of: user, [.metricsRead])
        try await bench.run { client async throws in
            let small = try await client.get("/administration/health", session.headers).text
            #expect(small.contains("<dt>Log</dt>") && !small.contains("too large"))
            // SQLite knows how far its log goes; a longer file changes nothing for it, and takes no room.
            #expect(truncate(bench.store.path + "-wal", off_t(300 << 20)) == 0)
            let large = try await client.get("/administration/health", session.headers).text
            #expect(large.contains("300 MB") && large.contains("too large") && large.contains("close it"))
            let metrics = try await client.get("/metrics", HTTPFields().with("Authorization", "Bearer \(token)"))
            #expect(metrics.text.contains("offhook_database_log_bytes 314572800"))
        }
    }
}
