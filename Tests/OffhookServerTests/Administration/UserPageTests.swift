import CampaignStore
import Foundation
import HTTPTypes
import HummingbirdTesting
import Testing

@testable import OffhookServer

@Suite("The pages of users and tokens") struct UserPageTests {
    private func bench() async throws -> (ServerBench, BenchSession) {
        let bench = try ServerBench()
        return (bench, try bench.session(of: try await bench.user("root", .administrator)))
    }

    /// What stands in the element that shows a secret.
    private static func secret(_ page: String, _ id: String) throws -> String {
        let start = try #require(page.range(of: "id=\"\(id)\">"))
        return String(page[start.upperBound...].prefix { $0 != "<" })
    }

    @Test("a user is added with a link that sets the password once and is shown once")
    func add() async throws {
        let (bench, root) = try await bench()
        try await bench.run { client async throws in
            let added = try await client.post(
                "/administration/users", "csrf=\(root.csrf)&name=anna&display_name=Anna+B&role=agent", root.headers)
            let link = try Self.secret(added.text, "link")
            #expect(link.hasPrefix("\(bench.parts.configuration.baseURL)/password/"))
            let anna = try #require(try bench.store.user(named: "anna"))
            #expect(anna.displayName == "Anna B" && anna.role == .agent && !anna.hasPassword)
            let path = "/administration/users/\(anna.id.value)"
            #expect(try await !client.get(path, root.headers).text.contains("/password/"))
            let form = try await client.get(String(link.dropFirst(bench.parts.configuration.baseURL.count)))
            #expect(form.status == .ok && form.text.contains("anna"))

            let twice = try await client.post(
                "/administration/users", "csrf=\(root.csrf)&name=ANNA&role=agent", root.headers)
            #expect(twice.status == .unprocessableContent && twice.text.contains("already"))
            let limited = try await client.post(
                "/administration/users", "csrf=\(root.csrf)&name=ben&role=agent&campaign=1", root.headers)
            #expect(limited.status == .unprocessableContent && limited.text.contains("Only a manager"))
            #expect(try bench.store.user(named: "ben") == nil)
        }
    }

    @Test("a change on an old version is refused, and what was typed stays in the form")
    func versions() async throws {
        let (bench, root) = try await bench()
        let anna = try await bench.user("anna", .agent)
        let path = "/administration/users/\(anna.id.value)"
        try await bench.run { client async throws in
            let change = { (name: String) in
                try await client.post(
                    path, "csrf=\(root.csrf)&version=\(anna.version)&name=\(name)&role=manager", root.headers)
            }
            #expect(try await change("anne").status == .seeOther)
            let late = try await change("annette")
            #expect(late.status == .unprocessableContent && late.text.contains("value=\"annette\""))
            #expect(try bench.store.user(anna.id).name == "anne")
            #expect(try bench.store.auditLog().map(\.act) == ["user_changed"])
            #expect(try bench.store.auditLog().first?.detail == "agent to manager")
        }
    }

    @Test("logging a user out everywhere ends sessions and streams; disabling does, and nobody keeps themselves out")
    func out() async throws {
        let (bench, root) = try await bench()
        let max = try await bench.user("max", .manager)
        let session = try bench.session(of: max)
        let path = "/administration/users/\(max.id.value)"
        try await bench.run { client async throws in
            async let stream = client.get("/live/floor", session.headers)
            while await bench.hub.listenerCounts["floor"] != 1 { try await Task.sleep(for: .milliseconds(2)) }
            #expect(
                try await client.post("\(path)/log-out", "csrf=\(root.csrf)", root.headers).status
                    == .unprocessableContent)
            #expect(try await client.get("/", session.headers).status == .ok)
            _ = try await client.post("\(path)/log-out", "csrf=\(root.csrf)&sure=1", root.headers)
            #expect(try await stream.status == .ok)
            #expect(try await client.get("/", session.headers).status == .seeOther)
            #expect(try await client.get("/", root.headers).status == .ok)

            _ = try await client.post("\(path)/enabled", "csrf=\(root.csrf)&enabled=no", root.headers)
            #expect(try !bench.store.user(max.id).isEnabled)
            _ = try await client.post("\(path)/enabled", "csrf=\(root.csrf)&enabled=yes", root.headers)
            #expect(try bench.store.user(max.id).isEnabled)
            let own = try #require(try bench.store.user(named: "root")).id.value
            _ = try await client.post(
                "/administration/users/\(own)/enabled", "csrf=\(root.csrf)&enabled=no", root.headers)
            #expect(try await client.get("/", root.headers).status == .ok)
        }
    }

    @Test("a token is shown once, works with its scopes, and is over when it is revoked")
    func tokens() async throws {
        let (bench, root) = try await bench()
        let own = try #require(try bench.store.user(named: "root")).id.value
        try await bench.run { client async throws in
            let none = try await client.post(
                "/administration/tokens", "csrf=\(root.csrf)&name=crm&user=\(own)&days=30", root.headers)
            #expect(none.status == .unprocessableContent && none.text.contains("at least one scope"))
            let made = try await client.post(
                "/administration/tokens",
                "csrf=\(root.csrf)&name=crm&user=\(own)&days=30&scope=metrics%3Aread", root.headers)
            let secret = try Self.secret(made.text, "token")
            let headers: HTTPFields = [.authorization: "Bearer \(secret)"]
            #expect(try await client.get("/metrics", headers).status == .ok)
            #expect(try await !client.get("/administration/tokens", root.headers).text.contains(secret))
            bench.pass(.seconds(29 * 24 * 3600))
            #expect(try await client.get("/metrics", headers).status == .ok)
            let number = try #require(try bench.store.tokens().first).id
            let fresh = try bench.session(of: try bench.store.user(UserID(own)))
            _ = try await client.post(
                "/administration/tokens/\(number)/revoke", "csrf=\(fresh.csrf)", fresh.headers)
            #expect(try await client.get("/metrics", headers).status == .unauthorized)
        }
    }
}
