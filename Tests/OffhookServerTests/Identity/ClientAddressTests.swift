import CampaignStore
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

@testable import OffhookServer

@Suite("The address of a client") struct ClientAddressTests {
    private func address(_ forwarded: [String], from connection: String = "127.0.0.1") -> String {
        var head = HTTPRequest(method: .get, scheme: "http", authority: "h", path: "/")
        if let name = HTTPField.Name("X-Forwarded-For") {
            head.headerFields[values: name] = forwarded
        }
        let request = Request(head: head, body: RequestBody(buffer: ByteBuffer()))
        return ClientAddress.of(request, connection: connection, trusted: ["127.0.0.1", "10.0.0.1", "::1"])
    }

    @Test(
        "behind trusted proxies the last address that is none of theirs counts, without port and brackets",
        arguments: [
            (["192.0.2.7"], "192.0.2.7"), (["198.51.100.1, 192.0.2.7"], "192.0.2.7"),
            (["198.51.100.1", "192.0.2.7, 10.0.0.1"], "192.0.2.7"), (["192.0.2.7:4711"], "192.0.2.7"),
            (["[2001:db8::7]:4711"], "2001:db8::7"), (["2001:db8::7"], "2001:db8::7"),
            (["::ffff:192.0.2.7"], "192.0.2.7"), ([], "127.0.0.1"), (["10.0.0.1"], "127.0.0.1"),
        ])
    func proxies(forwarded: [String], expected: String) {
        #expect(address(forwarded) == expected)
    }

    @Test(
        "what is no address there counts for nothing", arguments: ["anna", "192.0.2.7x", "1.2.3", "<b>"])
    func noAddress(text: String) {
        #expect(address(["192.0.2.9, \(text)"]) == "127.0.0.1")
        #expect(address([String(repeating: "9", count: 5000)]) == "127.0.0.1")
    }

    @Test("whoever is no trusted proxy is who they are, and an IPv4 address in IPv6 is that address")
    func strangers() {
        #expect(address(["192.0.2.7"], from: "203.0.113.9") == "203.0.113.9")
        #expect(address(["192.0.2.7"], from: "::ffff:203.0.113.9") == "203.0.113.9")
        #expect(address(["192.0.2.7"], from: "::ffff:127.0.0.1") == "192.0.2.7")
    }
}

@Suite("Names that are typed") struct TypedNameTests {
    /// One character of a hundred thousand scalars.
    static let tower = "a" + String(repeating: "\u{301}", count: 100_000)

    @Test("what is typed at the log-in is kept nowhere in full, however few characters it seems to have")
    func login() async throws {
        #expect(Self.tower.count == 1)
        #expect(LoginThrottle.key(of: Self.tower).utf8.count < 300)
        #expect(LoginThrottle.place(of: String(repeating: "9", count: 5000)).utf8.count <= 64)
        #expect(PasswordRule.bounded(Self.tower).utf8.count < 3000)
        #expect(PasswordRule.problem("four words in a row" + Self.tower, userName: "anna") != nil)
        let bench = try ServerBench()
        try await bench.run { client async throws in
            let answer = try await client.post(
                "/login", "csrf=p&name=\(Self.tower.encoded)&password=wrong", [.cookie: "offhook-form=p"])
            #expect(answer.status == .unprocessableContent)
            #expect(answer.text.utf8.count < 10_000)
        }
        let entry = try #require(try bench.store.auditLog().first)
        #expect(entry.act == "login_failed" && entry.subject == nil && entry.detail == nil)
    }

    @Test("a longer name is not the user whose name it begins with")
    func longer() async throws {
        let bench = try ServerBench()
        let name = String(repeating: "a", count: 64)
        try await bench.user(name, .agent)
        try await bench.run { client async throws in
            #expect(try await LoginTests.logIn(client, name, ServerBench.password).status == .seeOther)
            #expect(
                try await LoginTests.logIn(client, name + "b", ServerBench.password).status == .unprocessableContent)
        }
    }
}
