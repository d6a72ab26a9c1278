import FoundationEssentials
import CampaignStore
import HTTPTypes
import HummingbirdTesting
import Testing

@testable import OffhookServer

@Suite("Logging in") struct LoginTests {
    /// What the log-in page sets and asks back.
    static func proof(_ client: any TestClientProtocol) async throws -> (cookie: String, csrf: String) {
        let page = try await client.get("/login")
        let csrf = try #require(page.headers.cookie("offhook-form"))
        #expect(page.text.contains("value=\"\(csrf)\""))
        return ("offhook-form=\(csrf)", csrf)
    }

    static func logIn(
        _ client: any TestClientProtocol, _ name: String, _ password: String, next: String = ""
    ) async throws -> TestResponse {
        let (cookie, csrf) = try await proof(client)
        let encoded = password.replacing(" ", with: "+")
        return try await client.post(
            "/login", "csrf=\(csrf)&name=\(name)&password=\(encoded)&next=\(next)", [.cookie: cookie])
    }

    @Test("the right password opens a session whose cookie scripts cannot read; the name's case does not matter")
    func right() async throws {
        let bench = try ServerBench()
        try await bench.user("anna", .agent)
        try await bench.run { client async throws in
            let answer = try await Self.logIn(client, "ANNA", ServerBench.password)
            #expect(answer.status == .seeOther)
            let line = try #require(answer.headers[values: .setCookie].first { $0.hasPrefix("offhook=") })
            #expect(line.contains("HttpOnly") && line.contains("SameSite=Lax"))
            let cookie = try #require(answer.headers.cookie("offhook"))
            let home = try await client.get("/", [.cookie: "offhook=\(cookie)"])
            #expect(home.status == .ok)
            #expect(home.text.contains("Anna"))
        }
        #expect(try bench.store.auditLog().first?.act == "logged_in")
    }

    @Test("behind https the cookies are bound to it")
    func secure() async throws {
        let bench = try ServerBench(publicURL: "https://dial.example")
        try await bench.run { client async throws in
            let page = try await client.get("/login")
            let line = try #require(page.headers[values: .setCookie].first)
            #expect(
                line.hasPrefix("__Host-offhook-form=") && line.contains("Secure") && line.contains("SameSite=Strict"))
            #expect(page.headers[.strictTransportSecurity] != nil)
        }
    }

    @Test("a wrong password, an unknown name and a disabled account get the same answer")
    func wrong() async throws {
        let bench = try ServerBench()
        try await bench.user("anna", .agent)
        let gone = try await bench.user("gone", .agent)
        try bench.store.setEnabled(false, user: gone.id, at: bench.now)
        try await bench.run { client async throws in
            for (name, password) in [
                ("anna", "wrong"), ("nobody", "wrong"), ("gone", ServerBench.password), ("anna", ""),
            ] {
                let answer = try await Self.logIn(client, name, password)
                #expect(answer.status == .unprocessableContent)
                #expect(answer.text.contains("The name or the password is not right."))
                #expect(answer.headers.cookie("offhook") == nil)
            }
        }
    }

    @Test(
        "after the log-in nobody is led to another site",
        arguments: [
            "//evil.example", "https://evil.example", "%2F%5Cevil.example", "/\\evil.example", "javascript:alert(1)",
        ])
    func redirects(next: String) async throws {
        let bench = try ServerBench()
        try await bench.user("anna", .agent)
        try await bench.run { client async throws in
            let answer = try await Self.logIn(client, "anna", ServerBench.password, next: next)
            #expect(answer.headers[.location] == "/")
        }
    }

    @Test("a log-in form of another site, without our strict cookie, is refused")
    func foreignForm() async throws {
        let bench = try ServerBench()
        try await bench.user("anna", .agent)
        try await bench.run { client async throws in
            let fields = "name=anna&password=four+words+in+a+row&csrf=chosen"
            #expect(try await client.post("/login", fields).status == .forbidden)
        }
    }

    @Test("a session ends by rest, by age, by log-out and with its user, and not before")
    func ends() async throws {
        let bench = try ServerBench()
        let anna = try await bench.user("anna", .agent)
        try await bench.run { client async throws in
            let resting = try bench.session(of: anna)
            bench.pass(.seconds(12 * 3600 - 1))
            #expect(try await client.get("/", resting.headers).status == .ok)
            bench.pass(.seconds(12 * 3600 - 1))
            #expect(try await client.get("/", resting.headers).status == .ok)
            bench.pass(.seconds(12 * 3600 + 61))
            #expect(try await client.get("/", resting.headers).status == .seeOther)

            let busy = try bench.session(of: anna)
            for _ in 0..<(7 * 24) {
                #expect(try await client.get("/", busy.headers).status == .ok)
                bench.pass(.seconds(3600))
            }
            #expect(try await client.get("/", busy.headers).status == .seeOther)

            let left = try bench.session(of: anna)
            #expect(try await client.post("/logout", "csrf=\(left.csrf)", left.headers).status == .seeOther)
            #expect(try await client.get("/", left.headers).status == .seeOther)

            let disabled = try bench.session(of: anna)
            try bench.store.setEnabled(false, user: anna.id, at: bench.now)
            #expect(try await client.get("/", disabled.headers).status == .seeOther)
        }
    }

    @Test("what is stored of a session and a password opens nothing")
    func stored() async throws {
        let bench = try ServerBench()
        let anna = try await bench.user("anna", .agent)
        let session = try bench.session(of: anna)
        let secret = try #require(session.cookie.split(separator: "=").last)
        let stored = try #require(try bench.store.sessions(idle: .seconds(60), at: bench.now).first)
        #expect(!stored.tokenHash.base64EncodedString().contains(secret))
        let hash = try #require(try bench.store.credentials(of: "anna")?.passwordHash)
        #expect(hash.hasPrefix("scrypt$2$1$1$") && !hash.contains("words"))
    }
}
