import CampaignStore
import Campaigns
import Foundation
import HTTPTypes
import HummingbirdTesting
import Proving
import Testing

@testable import OffhookServer

@Suite("Ends of tokens") struct TokenEndTests {
    private func bench() async throws -> (ServerBench, User, BenchSession) {
        let bench = try ServerBench()
        let root = try await bench.user("root", .administrator)
        return (bench, root, try bench.session(of: root))
    }

    /// Makes a token on the page and takes it from there.
    private func make(
        _ client: any TestClientProtocol, _ root: User, _ session: BenchSession, _ fields: String
    ) async throws -> String {
        let page = try await client.submit(
            "/administration/tokens", "name=crm&user=\(root.id.value)&\(fields)", session
        ).text
        let start = try #require(page.range(of: "id=\"token\">"))
        return String(page[start.upperBound...].prefix { $0 != "<" })
    }

    @Test("a token ends after 90 days unless somebody says otherwise, and never is no answer")
    func standard() async throws {
        let (bench, root, session) = try await bench()
        try await bench.run { client async throws in
            let never = try await client.submit(
                "/administration/tokens", "name=crm&user=\(root.id.value)&scope=metrics%3Aread&days=never", session)
            #expect(never.status == .unprocessableContent && never.text.contains("1 to 3650 days"))
            #expect(try bench.store.tokens().isEmpty)
            let secret = try await make(client, root, session, "scope=metrics%3Aread")
            let headers: HTTPFields = [.authorization: "Bearer \(secret)"]
            bench.pass(.seconds(90 * 86_400 - 1))
            #expect(try await client.get("/metrics", headers).status == .ok)
            bench.pass(.seconds(1))
            #expect(try await client.get("/metrics", headers).status == .unauthorized)
        }
    }

    @Test("the last two weeks of a token are told in its answers, at home, on the owner's page and in the list")
    func warning() async throws {
        let (bench, root, _) = try await bench()
        let sunset = try #require(HTTPField.Name("Sunset"))
        let secret = SecretText.random()
        _ = try bench.store.addToken(
            hash: SecretText.hash(of: secret), name: "crm", user: root.id, scopes: ["metrics:read"],
            expiresAt: bench.now + .seconds(30 * 86_400), at: bench.now)
        let headers: HTTPFields = [.authorization: "Bearer \(secret)"]
        try await bench.run { client async throws in
            let early = try bench.session(of: root)
            #expect(try await client.get("/metrics", headers).headers[sunset] == nil)
            for path in ["/", "/account", "/administration/tokens"] {
                #expect(try await !client.get(path, early.headers).text.contains("The token “crm” ends on"), "\(path)")
            }
            bench.pass(.seconds(16 * 86_400))
            let late = try bench.session(of: root)
            #expect(try await client.get("/metrics", headers).headers[sunset] == "Thu, 09 Apr 2026 14:00:00 GMT")
            #expect(try await client.get("/login").headers[sunset] == nil)
            for path in ["/", "/account", "/administration/tokens"] {
                #expect(try await client.get(path, late.headers).text.contains("The token “crm” ends on"), "\(path)")
            }
            let other = try bench.session(of: try await bench.user("max", .administrator))
            #expect(try await !client.get("/", other.headers).text.contains("crm"))
        }
    }

    @Test("a token's scopes and end are checked wherever it is made")
    func made() async throws {
        let (bench, root, _) = try await bench()
        for (name, scopes, end) in [
            ("crm", Set<TokenScope>(), bench.now + .seconds(60)), ("crm", [.callsRead], bench.now),
            ("", [.callsRead], bench.now + .seconds(60)), ("a\u{1b}[2Jb", [.callsRead], bench.now + .seconds(60)),
            ("a\u{202e}b", [.callsRead], bench.now + .seconds(60)),
            ("a" + String(repeating: "\u{301}", count: 1000), [.callsRead], bench.now + .seconds(60)),
        ] {
            #expect(throws: StoreError.self) {
                try TokenGrant.make(for: root, named: name, scopes: scopes, endsAt: end, bench.store, bench.now)
            }
        }
        #expect(try bench.store.tokens().isEmpty)
    }

    @Test("logging out everywhere and a new password by link take tokens as well, and say so")
    func ended() async throws {
        let (bench, _, session) = try await bench()
        let mia = try await bench.user("mia", .manager)
        let first = try bench.token(of: mia, [.callsRead])
        let other = try bench.token(of: try await bench.user("max", .manager), [.callsRead])
        let me = { @Sendable (token: String) -> HTTPFields in [.authorization: "Bearer \(token)"] }
        try await bench.run { client async throws in
            let path = "/administration/users/\(mia.id.value)"
            // The way out is there for whoever has a token alone.
            let page = try await client.get(path, session.headers).text
            #expect(page.contains("Log out everywhere") && page.contains("so do API tokens"))
            let out = try await client.submit("\(path)/log-out", "sure=1", session)
            #expect(out.headers.cookie("offhook-flash")?.removingPercentEncoding?.contains("1 token ended") == true)
            #expect(try await client.get("/api/v1/me", me(first)).status == .unauthorized)
            #expect(try bench.store.auditLog().first?.detail == "0 sessions and 1 token ended")

            let second = try bench.token(of: mia, [.callsRead])
            let link = try OneTimeLink.make(for: mia, bench.store, "http://h", .seconds(60), bench.now)
            _ = try await client.post(
                "/password/\(try #require(link.split(separator: "/").last))",
                "csrf=p&password=quite+another+one&again=quite+another+one", [.cookie: "offhook-form=p"])
            #expect(try await client.get("/api/v1/me", me(second)).status == .unauthorized)
            #expect(try await client.get("/api/v1/me", me(other)).status == .ok)
            let entry = try #require(try bench.store.auditLog().first { $0.act == "password_set" })
            #expect(entry.detail == "0 sessions and 1 token ended")
        }
    }

    @Test("the log tells that tokens end, without saying whose")
    func log() async throws {
        let heard = HeardLog()
        let bench = try ServerBench(logger: heard.logger)
        let root = try await bench.user("root", .administrator)
        let sweeper = SessionSweeper(parts: bench.parts)
        sweeper.warnOfTokens(at: bench.now)
        #expect(heard.lines.isEmpty)
        _ = try bench.store.addToken(
            hash: SecretText.hash(of: "x"), name: "crm", user: root.id, scopes: ["metrics:read"],
            expiresAt: bench.now + .seconds(86_400), at: bench.now)
        sweeper.warnOfTokens(at: bench.now)
        #expect(heard.lines.count == 1)
        let line = try #require(heard.lines.first)
        #expect(line.hasPrefix("warning: 1 API token ends soon") && line.contains("offhook user tokens"))
        #expect(!line.contains("crm"))
        #expect(
            try bench.store.endingTokens(within: TokenGrant.warning, at: bench.now + .seconds(86_400)).isEmpty)
    }
}
