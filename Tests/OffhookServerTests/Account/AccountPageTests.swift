import CampaignStore
import CivilTime
import Foundation
import HTTPTypes
import HummingbirdTesting
import Testing

@testable import OffhookServer

@Suite("One's own account") struct AccountPageTests {
    private static let other = "quite another one"
    private static let fields = "password=quite+another+one&again=quite+another+one"
    private static let right = "current=four+words+in+a+row"

    @Test("one's own password is changed with the present one: other sessions and links end, this one and tokens go on")
    func change() async throws {
        let bench = try ServerBench()
        let mia = try await bench.user("mia", .manager)
        let here = try bench.session(of: mia)
        let elsewhere = try bench.session(of: mia)
        let stranger = try bench.session(of: try await bench.user("max", .manager))
        let token = try bench.token(of: mia, [.callsRead])
        let link = try OneTimeLink.make(for: mia, bench.store, "http://h", .seconds(600), bench.now)
        try await bench.run { client async throws in
            let done = try await client.submit("/account/password", "\(Self.right)&\(Self.fields)", here)
            #expect(done.status == .seeOther && done.headers[.location] == "/account")
            #expect(try await client.get("/", here.headers).status == .ok)
            #expect(try await client.get("/", elsewhere.headers).status == .seeOther)
            #expect(try await client.get("/", stranger.headers).status == .ok)
            #expect(try await client.get("/api/v1/me", [.authorization: "Bearer \(token)"]).status == .ok)
            let path = "/password/\(try #require(link.split(separator: "/").last))"
            #expect(try await client.get(path).status == .notFound)
            #expect(
                try await LoginTests.logIn(client, "mia", ServerBench.password).status == .unprocessableContent)
            #expect(try await LoginTests.logIn(client, "mia", Self.other).status == .seeOther)
        }
        let entry = try #require(try bench.store.auditLog().first { $0.act == "password_changed" })
        #expect(entry.user == "mia" && entry.detail == "1 session and 0 tokens ended")
    }

    @Test("tokens end with the former password where their owner says so")
    func tokens() async throws {
        let bench = try ServerBench()
        let mia = try await bench.user("mia", .manager)
        let here = try bench.session(of: mia)
        let token = try bench.token(of: mia, [.callsRead])
        try await bench.run { client async throws in
            #expect(try await client.get("/account", here.headers).text.contains("End my API tokens"))
            _ = try await client.submit("/account/password", "\(Self.right)&\(Self.fields)&end_tokens=1", here)
            #expect(try await client.get("/api/v1/me", [.authorization: "Bearer \(token)"]).status == .unauthorized)
        }
    }

    @Test(
        "without the present password, or with a new one that will not do, nothing changes",
        arguments: [
            "current=wrong&\(fields)", "current=&\(fields)", fields, "\(right)&password=short&again=short",
            "\(right)&password=quite+another+one&again=quite+another+two",
            "\(right)&password=four+words+in+a+row&again=four+words+in+a+row",
        ])
    func refused(fields: String) async throws {
        let bench = try ServerBench()
        let mia = try await bench.user("mia", .manager)
        let here = try bench.session(of: mia)
        let elsewhere = try bench.session(of: mia)
        try await bench.run { client async throws in
            let answer = try await client.submit("/account/password", fields, here)
            #expect(answer.status == .unprocessableContent && answer.text.contains("role=\"alert\""))
            #expect(try await client.get("/", elsewhere.headers).status == .ok)
            #expect(try await LoginTests.logIn(client, "mia", ServerBench.password).status == .seeOther)
        }
    }

    @Test("who guesses the present password in somebody's open browser is slowed down as at the log-in")
    func throttled() async throws {
        let bench = try ServerBench()
        let here = try bench.session(of: try await bench.user("mia", .manager))
        try await bench.run { client async throws in
            for _ in 0..<5 { _ = try await client.submit("/account/password", "current=wrong&\(Self.fields)", here) }
            let early = try await client.submit("/account/password", "\(Self.right)&\(Self.fields)", here)
            #expect(early.status == .tooManyRequests && early.headers[.retryAfter] == "1")
            bench.pass(.seconds(1))
            let late = try await client.submit("/account/password", "\(Self.right)&\(Self.fields)", here)
            #expect(late.status == .seeOther)
        }
    }

    @Test("an administrator sets a second factor up with their password, and takes it away with password and code")
    func factor() async throws {
        let bench = try ServerBench()
        let root = try await bench.user("root", .administrator)
        let here = try bench.session(of: root)
        try await bench.run { client async throws in
            #expect(
                try await client.submit("/account/second-factor", "current=wrong", here).status
                    == .unprocessableContent)
            #expect(try bench.store.pendingSecondFactor(of: root.id) == nil)
            #expect(try await client.submit("/account/second-factor", Self.right, here).status == .seeOther)
            let secret = try #require(try bench.store.pendingSecondFactor(of: root.id)).secret
            #expect(try await client.get("/account/second-factor", here.headers).text.contains("<svg class=\"qr\""))
            // Until it is confirmed, it is not asked for.
            #expect(
                try await LoginTests.logIn(client, "root", ServerBench.password).headers.cookie("offhook") != nil)
            let bytes = try #require(Base32.decode(secret))
            let code = { @Sendable in TimeCode.code(bytes, step: TimeCode.step(at: bench.now)) }
            #expect(
                try await client.submit("/account/second-factor/confirm", "code=1", here).status
                    == .unprocessableContent)
            let done = try await client.submit("/account/second-factor/confirm", "code=\(code())", here)
            #expect(done.text.matches(of: /[a-z2-7]{4}(?:-[a-z2-7]{4}){3}/).count == 10)
            #expect(try bench.store.secondFactor(of: root.id)?.recoveryCodesLeft == 10)

            bench.pass(.seconds(30))
            #expect(
                try await client.submit("/account/second-factor/off", Self.right, here).status
                    == .unprocessableContent)
            #expect(
                try await client.submit("/account/second-factor/off", "current=wrong&code=\(code())", here).status
                    == .unprocessableContent)
            let off = try await client.submit("/account/second-factor/off", "\(Self.right)&code=\(code())", here)
            #expect(off.status == .seeOther)
            #expect(try bench.store.secondFactor(of: root.id) == nil)
            #expect(try bench.store.auditLog().first?.act == "second_factor_removed")
        }
    }

    @Test(
        "where it is demanded it is replaced, never taken away; the former one is asked for until the new one works"
    )
    func replaced() async throws {
        let bench = try ServerBench()
        let owner = try await SecondFactorTests.Owner(bench)
        try bench.parts.settings.set(
            timeZone: nil, among: .none, idleMinutes: 60, lengthHours: 48, isSecondFactorDemanded: true)
        let here = try bench.session(of: owner.user)
        try await bench.run { client async throws in
            let off = try await client.submit(
                "/account/second-factor/off", "\(Self.right)&code=\(owner.codes[0])", here)
            #expect(off.status == .conflict && off.text.contains("demand"))
            #expect(
                try await client.submit("/account/second-factor", Self.right, here).status == .unprocessableContent)
            let begun = try await client.submit(
                "/account/second-factor", "\(Self.right)&code=\(owner.code(bench))", here)
            #expect(begun.status == .seeOther)
            let (cookie, _) = try await SecondFactorTests.step(client)
            #expect(try await SecondFactorTests.send(client, cookie, owner.code(bench, 1)).status == .seeOther)
            let secret = try #require(try bench.store.pendingSecondFactor(of: owner.user.id)).secret
            let code = TimeCode.code(try #require(Base32.decode(secret)), step: TimeCode.step(at: bench.now))
            let confirmed = try await client.submit("/account/second-factor/confirm", "code=\(code)", here)
            #expect(confirmed.status == .ok)
            let (last, _) = try await SecondFactorTests.step(client)
            #expect(
                try await SecondFactorTests.send(client, last, owner.codes[1]).status == .unprocessableContent,
                "recovery codes go with their second factor")
        }
    }

    @Test("second factors are for administrators")
    func others() async throws {
        let bench = try ServerBench()
        for role in [UserRole.agent, .manager] {
            let here = try bench.session(of: try await bench.user(role.rawValue, role))
            try await bench.run { client async throws in
                #expect(try await !client.get("/account", here.headers).text.contains("Second factor"))
                #expect(
                    try await client.submit("/account/second-factor", Self.right, here).status == .conflict)
            }
        }
    }
}
