import CampaignStore
import HTTPTypes
import HummingbirdTesting
import Testing

@testable import OffhookServer

@Suite("One-time links") struct SetupTests {
    private static func submit(
        _ client: any TestClientProtocol, _ path: String, _ fields: String
    ) async throws -> TestResponse {
        let page = try await client.get(path)
        guard page.status == .ok else { return page }
        let csrf = try #require(page.headers.cookie("offhook-form"))
        return try await client.post(path, "csrf=\(csrf)&\(fields)", [.cookie: "offhook-form=\(csrf)"])
    }

    private func path(_ link: String) -> String { "/" + link.split(separator: "/").dropFirst(2).joined(separator: "/") }

    @Test("the first start's link makes the administrator once, and there is no other afterwards")
    func setup() async throws {
        let bench = try ServerBench()
        let link = path(try #require(try bench.server.setupLink()))
        let fields = "name=root&password=four+words+in+a+row&again=four+words+in+a+row"
        try await bench.run { client async throws in
            let answer = try await Self.submit(client, link, fields)
            #expect(answer.status == .seeOther)
            #expect(answer.headers.cookie("offhook") != nil)
            #expect(try await Self.submit(client, link, fields).status == .notFound)
        }
        #expect(try bench.store.user(named: "ROOT")?.role == .administrator)
        #expect(try bench.server.setupLink() == nil)
    }

    @Test("a newer link ends the older, and each ends after its time")
    func over() async throws {
        let bench = try ServerBench()
        let old = path(try #require(try bench.server.setupLink()))
        let new = path(try #require(try bench.server.setupLink()))
        try await bench.run { client async throws in
            #expect(try await client.get(old).status == .notFound)
            #expect(try await client.get(new).status == .ok)
            bench.pass(.seconds(24 * 3600))
            #expect(try await client.get(new).status == .notFound)
        }
    }

    @Test(
        "a password that is short, the name itself, or typed in two ways is refused with a sentence",
        arguments: [
            "password=short&again=short", "password=administrator&again=administrator",
            "password=four+words+in+a+row&again=four+words+in+a+roe",
            "password=aaaaaaaaaaaaaaaa&again=aaaaaaaaaaaaaaaa",
            "password=&again=",
        ])
    func weak(fields: String) async throws {
        let bench = try ServerBench()
        let link = path(try #require(try bench.server.setupLink()))
        try await bench.run { client async throws in
            let answer = try await Self.submit(client, link, "name=administrator&\(fields)")
            #expect(answer.status == .unprocessableContent)
            #expect(answer.text.contains("role=\"alert\""))
        }
        #expect(try bench.store.users().isEmpty)
    }

    @Test("a link for a password sets it, ends the sessions, and does not hold for the setup")
    func password() async throws {
        let bench = try ServerBench()
        let anna = try await bench.user("anna", .agent)
        let session = try bench.session(of: anna)
        let link = try OneTimeLink.make(for: anna, bench.store, "http://h", .seconds(60), bench.now)
        let secret = try #require(link.split(separator: "/").last)
        try await bench.run { client async throws in
            #expect(try await client.get("/setup/\(secret)").status == .notFound)
            let answer = try await Self.submit(
                client, "/password/\(secret)", "password=quite+another+one&again=quite+another+one")
            #expect(answer.status == .seeOther)
            #expect(try await client.get("/", session.headers).status == .seeOther)
            #expect(try await LoginTests.logIn(client, "anna", "quite another one").status == .seeOther)
            #expect(try await LoginTests.logIn(client, "anna", ServerBench.password).status == .unprocessableContent)
        }
    }

    @Test("a guessed link opens nothing")
    func guessed() async throws {
        let bench = try ServerBench()
        _ = try bench.server.setupLink()
        try await bench.run { client async throws in #expect(try await client.get("/setup/guess").status == .notFound) }
    }
}
