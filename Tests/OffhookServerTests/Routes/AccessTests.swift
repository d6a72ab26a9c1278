import CampaignStore
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

@testable import OffhookServer

@Suite("Who may use which route") struct AccessTests {
    /// A path with something in the place of what varies.
    static func filled(_ path: String) -> String {
        path.split(separator: "/", omittingEmptySubsequences: false).map { $0.hasPrefix("{") ? "1" : String($0) }
            .joined(separator: "/")
    }

    @Test("every route refuses nobody and each role that it is not for, and lets in those that it is for")
    func walk() async throws {
        let bench = try ServerBench()
        var sessions: [UserRole: BenchSession] = [:]
        for role in UserRole.allCases {
            sessions[role] = try bench.session(of: try await bench.user(role.rawValue, role))
        }
        let known = sessions
        try await bench.run { client async throws in
            // A stream that is let in goes on until the hub ends it.
            let closing = Task {
                while !Task.isCancelled {
                    try? await Task.sleep(for: .milliseconds(20))
                    await bench.hub.closeAll()
                }
            }
            defer { closing.cancel() }
            for route in bench.server.routes.routes where route.path != "/logout" {
                let name = "\(route.method) \(route.path)"
                let path = Self.filled(route.path)
                let body = route.isSafe ? nil : ByteBuffer()
                let nobody = try await client.execute(uri: path, method: route.method, headers: .form, body: body)
                switch route.access {
                case .anybody, .secretInPath:
                    #expect(nobody.status != .unauthorized && nobody.headers[.location] == nil, "\(name) as nobody")
                    continue
                case .page where !path.hasPrefix("/live/") && path != "/events":
                    #expect(nobody.status == .seeOther, "\(name) as nobody")
                    #expect(nobody.headers[.location]?.hasPrefix("/login") == true, "\(name) as nobody")
                case .page, .interface, .anyToken: #expect(nobody.status == .unauthorized, "\(name) as nobody")
                }
                for role in UserRole.allCases {
                    let session = try #require(known[role])
                    let answer = try await client.execute(
                        uri: path, method: route.method,
                        headers: HTTPFields.form.with("Cookie", session.cookie).with("X-CSRF-Token", session.csrf),
                        body: body)
                    let needed = try #require(route.access.role)
                    if role >= needed {
                        #expect(![.forbidden, .unauthorized].contains(answer.status), "\(name) as \(role)")
                    } else {
                        #expect(answer.status == .forbidden, "\(name) as \(role)")
                    }
                }
            }
        }
    }

    @Test("every route that changes something refuses a session without the proof against forgery")
    func forgery() async throws {
        let bench = try ServerBench()
        let session = try bench.session(of: try await bench.user("root", .administrator))
        try await bench.run { client async throws in
            for route in bench.server.routes.routes where !route.isSafe {
                let path = Self.filled(route.path)
                let name = "\(route.method) \(route.path)"
                for headers in [
                    HTTPFields.form.with("Cookie", session.cookie),
                    HTTPFields.form.with("Cookie", session.cookie).with("X-CSRF-Token", "guess"),
                    HTTPFields.form.with("Cookie", session.cookie).with("X-CSRF-Token", session.csrf)
                        .with("Sec-Fetch-Site", "cross-site"),
                    HTTPFields.form.with("Cookie", session.cookie).with("X-CSRF-Token", session.csrf)
                        .with("Origin", "https://evil.example"),
                ] {
                    let answer = try await client.execute(
                        uri: path, method: route.method, headers: headers, body: ByteBuffer())
                    #expect(answer.status == .forbidden, "\(name) with \(headers)")
                }
            }
        }
    }

    @Test("a token is for the interface, within its scopes; one that was revoked is for nothing")
    func tokens() async throws {
        let bench = try ServerBench()
        let user = try await bench.user("root", .administrator)
        let metrics = try bench.token(of: user, [.metricsRead])
        let other = try bench.token(of: user, [.callsRead])
        try await bench.run { client async throws in
            let with = { (token: String) -> HTTPFields in [.authorization: "Bearer \(token)"] }
            #expect(try await client.get("/metrics", with(metrics)).status == .ok)
            #expect(try await client.get("/metrics", with(other)).status == .forbidden)
            #expect(try await client.get("/metrics", with("guess")).status == .unauthorized)
            #expect(try await client.get("/", with(metrics)).status == .seeOther)
            try bench.store.revokeToken(try #require(bench.store.tokens().last).id, at: bench.now)
            #expect(try await client.get("/metrics", with(metrics)).status == .unauthorized)
        }
    }

    @Test(
        "an address that takes other methods says which; one that is none says so; both in the form that suits the asker"
    )
    func strays() async throws {
        let bench = try ServerBench()
        try await bench.run { client async throws in
            let method = try await client.execute(uri: "/healthz", method: .delete)
            #expect(method.status == .methodNotAllowed)
            #expect(method.headers[.allow] == "GET, HEAD")
            let page = try await client.get("/nothing")
            #expect(page.status == .notFound)
            #expect(page.headers[.contentType] == "text/html; charset=utf-8")
            let document = try await client.get("/api/v1/nothing")
            #expect(document.status == .notFound)
            #expect(document.headers[.contentType] == "application/problem+json")
        }
    }

    @Test("a request that is longer than the limit is refused, whether it says so or not")
    func limits() async throws {
        let bench = try ServerBench(bodyLimit: 1000)
        try await bench.run { client async throws in
            let answer = try await client.post("/login", String(repeating: "x", count: 1001))
            #expect(answer.status == .contentTooLarge)
        }
    }

    @Test(
        "every answer forbids foreign script, frames and sniffing",
        arguments: ["/login", "/nothing", "/static/offhook.css"])
    func headers(path: String) async throws {
        let bench = try ServerBench()
        try await bench.run { client async throws in
            let headers = try await client.get(path).headers
            let policy = headers[HTTPField.Name("Content-Security-Policy") ?? .accept] ?? ""
            #expect(policy.contains("default-src 'self'") && policy.contains("frame-ancestors 'none'"))
            #expect(!policy.contains("unsafe"))
            #expect(headers[.xContentTypeOptions] == "nosniff")
        }
    }
}
