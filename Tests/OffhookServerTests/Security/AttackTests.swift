import CampaignStore
import Campaigns
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import Testing

@testable import OffhookServer

@Suite("What an attacker would try") struct AttackTests {
    /// Opens a stream, acts, and says what it had said when it ended.
    private func stream(
        _ client: any TestClientProtocol, _ bench: ServerBench, _ path: String, _ headers: HTTPFields,
        then act: @escaping @Sendable () async throws -> Void
    ) async throws -> TestResponse {
        async let answer = client.get(path, headers)
        while await bench.hub.listenerCounts.values.reduce(0, +) == 0 { try await Task.sleep(for: .milliseconds(2)) }
        try await act()
        return try await answer
    }

    @Test(
        "a stream ends with its session: at the log-out, and where its user is disabled or may see less")
    func streams() async throws {
        let bench = try ServerBench()
        let campaign = try bench.campaignToCall("spring")
        let mia = try await bench.user("mia", .manager)
        for path in ["/events", "/live/floor"] {
            let session = try bench.session(of: try bench.store.user(mia.id))
            try await bench.run { client async throws in
                let answer = try await stream(client, bench, path, session.headers) {
                    _ = try await client.post("/logout", "csrf=\(session.csrf)", session.headers)
                }
                #expect(answer.status == .ok)
            }
        }
        let limited = try bench.session(of: mia)
        try await bench.run { client async throws in
            _ = try await stream(client, bench, "/events", limited.headers) {
                _ = try bench.store.changeUser(
                    mia.id, UserSettings(name: "mia", displayName: "Mia", role: .manager, campaigns: [campaign]),
                    version: nil, at: bench.now)
                await bench.hub.checkListeners()
            }
            _ = try await stream(client, bench, "/events", limited.headers) {
                try bench.store.setEnabled(false, user: mia.id, at: bench.now)
                await bench.hub.checkListeners()
            }
            #expect(await bench.hub.listenerCounts.values.allSatisfy { $0 == 0 })
        }
    }

    @Test(
        "a token's stream goes on while it holds")
    func tokens() async throws {
        let bench = try ServerBench()
        let token = try bench.token(of: try await bench.user("root", .administrator), [.eventsRead])
        try await bench.run { client async throws in
            let answer = try await stream(
                client, bench, "/api/v1/events", [.authorization: "Bearer \(token)"]
            ) {
                await bench.hub.checkListeners()
                try bench.store.recordEvent("clock_set", detail: "still heard", at: bench.now)
                try await bench.hub.handOutEvents(bench.store)
                await bench.hub.closeAll()
            }
            #expect(answer.text.contains("still heard"))
        }
    }

    @Test(
        "a token's stream ends when it is revoked")
    func revokedToken() async throws {
        let bench = try ServerBench()
        let token = try bench.token(of: try await bench.user("root", .administrator), [.eventsRead])
        try await bench.run { client async throws in
            _ = try await stream(client, bench, "/api/v1/events", [.authorization: "Bearer \(token)"]) {
                try bench.store.revokeToken(1, at: bench.now)
                await bench.hub.checkListeners()
            }
            #expect(await bench.hub.listenerCounts.values.allSatisfy { $0 == 0 })
        }
    }

    @Test("a log-in gives a new session and ends the browser's former one")
    func fixation() async throws {
        let bench = try ServerBench()
        try await bench.user("anna", .agent)
        let planted = try bench.session(of: try await bench.user("eve", .agent))
        try await bench.run { client async throws in
            let fields = "csrf=\(planted.csrf)&name=anna&password=four+words+in+a+row"
            let answer = try await client.post("/login", fields, planted.headers)
            let cookie = try #require(answer.headers.cookie("offhook"))
            #expect(!planted.cookie.contains(cookie))
            #expect(try await client.get("/", planted.headers).status == .seeOther)
            #expect(try await client.get("/", [.cookie: "offhook=\(cookie)"]).text.contains("Anna"))
        }
    }

    @Test(
        "a change by JSON in the clothes of a form that any site may send is refused",
        arguments: ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"])
    func plainText(kind: String) async throws {
        let bench = try await InterfaceBench()
        let session = try bench.bench.session(of: try await bench.bench.user("mia", .manager))
        try await bench.bench.run { client async throws in
            let path = "/api/v1/campaigns/spring/webhooks"
            let body = ByteBuffer(string: #"{"url":"https://192.0.2.77/"}"#)
            let headers = session.headers.with("Content-Type", kind)
            #expect(
                try await client.execute(uri: path, method: .post, headers: headers, body: body).status == .forbidden)
            let proven = headers.with("X-CSRF-Token", session.csrf)
            #expect(
                try await client.execute(uri: path, method: .post, headers: proven, body: body).status
                    == .unsupportedMediaType)
        }
        #expect(try bench.bench.store.webhooks().isEmpty)
    }

    @Test("a page that came without TLS proves nothing where the server is reached by https")
    func downgraded() async throws {
        let bench = try ServerBench(publicURL: "https://dial.example")
        let session = try bench.session(of: try await bench.user("anna", .agent))
        try await bench.run { client async throws in
            for (origin, status) in [
                ("http://dial.example", HTTPResponse.Status.forbidden), ("https://dial.example", .seeOther),
                ("null", .forbidden), ("https://dial.example.evil", .forbidden),
            ] {
                let answer = try await client.post(
                    "/desk/leave", "csrf=\(session.csrf)", session.headers.with("Origin", origin))
                #expect(answer.status == status, "\(origin)")
            }
        }
    }

    @Test(
        "no path leads out of the static files, and none makes the server stumble",
        arguments: [
            "/static/%2e%2e%2ftemplates%2flayout.mustache", "/static/..%2F..%2Fnumber-data%2Fzones.tsv",
            "/static/%00", "/static/offhook.css%00", "/static/%ff%fe", "/static/....//", "/setup/%00",
            "/api/v1/rules/%00", "/campaigns/%2e%2e/webhooks", "/phone-events/%00/desk-1/x",
        ])
    func paths(path: String) async throws {
        let bench = try ServerBench()
        let root = try bench.session(of: try await bench.user("root", .administrator))
        try await bench.run { client async throws in
            let answer = try await client.get(path, root.headers)
            let expected: Set<HTTPResponse.Status> =
                path.contains("%00") ? [.unprocessableContent] : [.notFound, .badRequest]
            #expect(expected.contains(answer.status), "\(path): \(answer.status)")
        }
    }

    @Test("what a person sees, errors included, is kept by no cache")
    func caches() async throws {
        let bench = try await InterfaceBench()
        let root = try bench.bench.session(of: try #require(try bench.bench.store.user(named: "root")))
        try await bench.bench.run { client async throws in
            for path in ["/", "/login", "/nothing", "/campaigns/spring/webhooks", "/api/v1/me", "/api/v1/attempts/9"] {
                let answer = try await client.get(path, root.headers)
                #expect(answer.headers[.cacheControl] == "no-store", "\(path)")
                #expect(answer.headers[HTTPField.Name("Content-Security-Policy") ?? .accept] != nil, "\(path)")
            }
        }
    }

    @Test("whoever has an account of their own gains no further guesses at others")
    func ownAccount() async {
        let throttle = LoginThrottle()
        var now = Instant(milliseconds: 1_773_151_200_000)
        var guesses = 0
        for index in 0..<400 {
            if await throttle.begin(account: "victim\(index)", address: "x", at: now) == nil { guesses += 1 }
            if await throttle.begin(account: "own", address: "x", at: now) == nil {
                await throttle.succeeded(account: "own", address: "x")
            }
            now = now + .milliseconds(100)
        }
        #expect(guesses < 60)
    }

    @Test("all addresses of one IPv6 network count as one")
    func networks() async {
        #expect(LoginThrottle.place(of: "2001:db8:1:2:3:4:5:6") == "2001:db8:1:2::/64")
        #expect(LoginThrottle.place(of: "2001:db8::1") == "2001:db8:0:0::/64")
        #expect(LoginThrottle.place(of: "192.0.2.1") == "192.0.2.1")
        let throttle = LoginThrottle()
        let now = Instant(milliseconds: 0)
        for index in 0..<30 {
            _ = await throttle.begin(account: "a\(index)", address: "2001:db8:0:1::\(index)", at: now)
        }
        #expect(await throttle.begin(account: "b", address: "2001:db8:0:1:ffff::1", at: now) != nil)
        #expect(await throttle.begin(account: "b", address: "2001:db8:0:2::1", at: now) == nil)
    }

    @Test("methods and zones that a client makes up are not kept")
    func madeUp() async throws {
        let bench = try ServerBench()
        try await bench.run { client async throws in
            _ = try await client.execute(uri: "/nothing", method: try #require(.init("FROB")))
            for zone in ["..%2F..%2Fetc%2Fpasswd", "%2Fdev%2Fzero", String(repeating: "a", count: 500)] {
                #expect(try await client.get("/login", [.cookie: "offhook-zone=\(zone)"]).status == .ok)
            }
        }
        #expect(!bench.parts.metrics.text.contains("FROB"))
    }

    @Test("an upload without a length is cut off where it is longer than is taken")
    func chunked() async throws {
        let pieces = AsyncStream<ByteBuffer> { continuation in
            for _ in 0..<10 { continuation.yield(ByteBuffer(repeating: 0, count: 100)) }
            continuation.finish()
        }
        var read = 0
        await #expect(throws: Problem.self) {
            for try await piece in LimitedBody(base: RequestBody(asyncSequence: pieces), limit: 450) {
                read += piece.readableBytes
            }
        }
        #expect(read == 400)
    }

    @Test("one user cannot take all streams")
    func manyStreams() async throws {
        let bench = try ServerBench()
        let mia = try await bench.user("mia", .manager)
        let session = try bench.session(of: mia)
        for _ in 0..<LiveRoutes.mostStreams { _ = await bench.hub.subscribe(.events, owner: mia.id) }
        try await bench.run { client async throws in
            #expect(try await client.get("/events", session.headers).status == .tooManyRequests)
        }
    }
}
