import CampaignStore
import Campaigns
import Foundation
import HTTPTypes
import HummingbirdTesting
import Testing

@testable import OffhookServer

@Suite("Logging in with a second factor") struct SecondFactorTests {
    /// A user with a second factor and its recovery codes.
    struct Owner {
        let user: User
        let secret: [UInt8]
        let codes: [String]

        init(_ bench: ServerBench, _ name: String = "root", _ role: UserRole = .administrator) async throws {
            user = try await bench.user(name, role)
            let text = TimeCode.newSecret()
            secret = try #require(Base32.decode(text))
            codes = RecoveryCode.make()
            try bench.store.beginSecondFactor(text, user: user.id)
            let pending = try #require(try bench.store.pendingSecondFactor(of: user.id))
            try bench.store.confirmSecondFactor(
                pending, user: user.id, step: 0, recoveryHashes: codes.map { RecoveryCode.hash(of: $0) }, at: bench.now)
        }

        func code(_ bench: ServerBench, _ offset: Int64 = 0) -> String {
            TimeCode.code(secret, step: TimeCode.step(at: bench.now) + offset)
        }
    }

    /// What a browser sends whose password was right.
    static func step(
        _ client: any TestClientProtocol, _ name: String = "root", next: String = ""
    ) async throws -> (cookie: String, location: String) {
        let answer = try await LoginTests.logIn(client, name, ServerBench.password, next: next)
        #expect(answer.status == .seeOther)
        #expect(answer.headers.cookie("offhook") == nil)
        return (try #require(answer.headers.cookie("offhook-login")), answer.headers[.location] ?? "")
    }

    static func send(
        _ client: any TestClientProtocol, _ cookie: String, _ code: String, to path: String = "/login/code"
    ) async throws -> TestResponse {
        try await client.post(
            path, "csrf=p&code=\(code.replacing(" ", with: "+"))&next=%2Freports",
            [.cookie: "offhook-form=p; offhook-login=\(cookie)"])
    }

    @Test("a right password opens nothing yet; with the code it does, once, and each code is taken once")
    func code() async throws {
        let bench = try ServerBench()
        let root = try await Owner(bench)
        try await bench.run { client async throws in
            let (cookie, location) = try await Self.step(client, next: "%2Freports")
            #expect(location == "/login/code?next=%2Freports")
            let page = try await client.get(location, [.cookie: "offhook-login=\(cookie)"])
            #expect(page.status == .ok && page.text.contains("one-time-code") && page.text.contains("/reports"))
            for path in ["/", "/administration/users", "/account"] {
                #expect(
                    try await client.get(path, [.cookie: "offhook-login=\(cookie); offhook=\(cookie)"]).status
                        == .seeOther)
            }
            #expect(try await client.get("/api/v1/me", [.cookie: "offhook=\(cookie)"]).status == .unauthorized)
            #expect(try bench.store.sessions(idle: .seconds(60), at: bench.now).isEmpty)

            let code = root.code(bench)
            let done = try await Self.send(client, cookie, "\(code.prefix(3)) \(code.suffix(3))")
            #expect(done.status == .seeOther && done.headers[.location] == "/reports")
            let session = try #require(done.headers.cookie("offhook"))
            #expect(try await client.get("/", [.cookie: "offhook=\(session)"]).status == .ok)
            #expect(done.headers.cookie("offhook-login") == "")
            // Neither the log-in nor the code is there a second time.
            let again = try await Self.send(client, cookie, code)
            #expect(again.headers.cookie("offhook") == nil && again.text.contains("name and password first"))
            let (second, _) = try await Self.step(client)
            #expect(try await Self.send(client, second, code).status == .unprocessableContent)
            #expect(try await Self.send(client, second, root.code(bench, 1)).status == .seeOther)
            #expect(try bench.store.auditLog().first?.act == "logged_in")
        }
    }

    @Test("a log-in waits 15 minutes for its code, and ends with its user's password and account")
    func over() async throws {
        let bench = try ServerBench()
        let root = try await Owner(bench)
        try await bench.user("other", .administrator)
        try await bench.run { client async throws in
            let (late, _) = try await Self.step(client)
            bench.pass(.seconds(15 * 60))
            #expect(try await Self.send(client, late, root.code(bench)).headers.cookie("offhook") == nil)
            let (changed, _) = try await Self.step(client)
            try bench.store.setPassword(
                hash: try await bench.parts.passwords.hash(ServerBench.password), user: root.user.id, at: bench.now)
            #expect(try await Self.send(client, changed, root.code(bench)).headers.cookie("offhook") == nil)
            let (disabled, _) = try await Self.step(client)
            try bench.store.setEnabled(false, user: root.user.id, at: bench.now)
            #expect(try await Self.send(client, disabled, root.code(bench)).headers.cookie("offhook") == nil)
            #expect(try await Self.send(client, "guess", root.code(bench)).headers.cookie("offhook") == nil)
        }
    }

    @Test("a recovery code is taken once, however it is written, and the next page says how many are left")
    func recovery() async throws {
        let bench = try ServerBench()
        let root = try await Owner(bench)
        try await bench.run { client async throws in
            let (first, _) = try await Self.step(client)
            let done = try await Self.send(
                client, first, root.codes[3].uppercased().replacing("-", with: " "))
            #expect(done.status == .seeOther)
            let flash = try #require(done.headers.cookie("offhook-flash")?.removingPercentEncoding)
            #expect(flash.contains("9 are left"))
            let (second, _) = try await Self.step(client)
            #expect(try await Self.send(client, second, root.codes[3]).status == .unprocessableContent)
            #expect(try await Self.send(client, second, root.codes[4]).status == .seeOther)
        }
        #expect(try bench.store.secondFactor(of: root.user.id)?.recoveryCodesLeft == 8)
        #expect(try bench.store.auditLog().contains { $0.act == "recovery_code_used" && $0.detail == "9 left" })
    }

    @Test("wrong codes cost longer and longer waits, whatever password log-ins come between, and are written down")
    func guessing() async throws {
        let bench = try ServerBench()
        let root = try await Owner(bench)
        try await bench.run { client async throws in
            var wrong = 0
            for _ in 0..<10 {
                let (cookie, _) = try await Self.step(client)
                if try await Self.send(client, cookie, "000000x").status == .unprocessableContent { wrong += 1 }
            }
            #expect(wrong == 5)
            let (cookie, _) = try await Self.step(client)
            let early = try await Self.send(client, cookie, root.code(bench))
            #expect(early.status == .tooManyRequests && early.headers[.retryAfter] == "1")
            bench.pass(.seconds(1))
            #expect(try await Self.send(client, cookie, root.code(bench)).status == .seeOther)
        }
        #expect(try bench.store.auditLog().count { $0.act == "second_factor_failed" } == 5)
    }

    @Test("from many addresses an account's codes are guessed a hundred times a day at most")
    func manyAddresses() async {
        let throttle = LoginThrottle()
        let start = Instant(milliseconds: 1_773_151_200_000)
        var now = start
        var guesses = 0
        while now.since(start) < .seconds(86_400) {
            if let wait = await throttle.begin(
                account: "root", address: "198.51.100.\(guesses)", at: now, guessing: .code)
            {
                now = now + wait
            } else {
                guesses += 1
            }
        }
        #expect((10...120).contains(guesses))
    }

    @Test(
        "where it is demanded, an administrator without one sets it up at the next log-in, and nobody else does"
    )
    func demanded() async throws {
        let bench = try ServerBench()
        let root = try await bench.user("root", .administrator)
        try await bench.user("mia", .manager)
        let before = try bench.session(of: root)
        try await bench.run { client async throws in
            let saved = try await client.submit(
                "/administration/settings", "time_zone=&idle_minutes=60&length_hours=48&second_factor=1", before)
            #expect(saved.status == .seeOther)
            #expect(try bench.store.auditLog().first?.detail == "second factor of administrators demanded")
            #expect(try await client.get("/", before.headers).status == .ok)
            #expect(
                try await LoginTests.logIn(client, "mia", ServerBench.password).headers.cookie("offhook") != nil)

            let (cookie, location) = try await Self.step(client)
            #expect(location == "/login/second-factor")
            #expect(try await Self.send(client, cookie, "123456").headers.cookie("offhook") == nil)
            let page = try await client.get(location, [.cookie: "offhook-login=\(cookie)"]).text
            let secret = try #require(try bench.store.pendingSecondFactor(of: root.id)).secret
            #expect(page.contains(TimeCode.grouped(secret)) && page.contains("<svg class=\"qr\""))
            #expect(page.contains("otpauth://totp/Offhook:root?secret=\(secret)"))
            let wrong = try await Self.send(client, cookie, "12345", to: location)
            #expect(wrong.status == .unprocessableContent && wrong.headers.cookie("offhook") == nil)

            let bytes = try #require(Base32.decode(secret))
            let code = TimeCode.code(bytes, step: TimeCode.step(at: bench.now))
            let done = try await Self.send(client, cookie, code, to: location)
            #expect(done.status == .ok && done.headers.cookie("offhook") != nil)
            let codes = done.text.matches(of: /[a-z2-7]{4}(?:-[a-z2-7]{4}){3}/).map { String($0.0) }
            #expect(Set(codes).count == 10)
            // The code that set it up is used with it.
            let (next, path) = try await Self.step(client)
            #expect(path == "/login/code")
            #expect(try await Self.send(client, next, code).status == .unprocessableContent)
            #expect(try await Self.send(client, next, codes[0]).status == .seeOther)
        }
        #expect(try bench.store.auditLog().contains { $0.act == "second_factor_set_up" && $0.user == "root" })
    }

    @Test("a log-in that waits for a code sets up no other second factor")
    func noWayAround() async throws {
        let bench = try ServerBench()
        let root = try await Owner(bench)
        let other = TimeCode.newSecret()
        try bench.store.beginSecondFactor(other, user: root.user.id)
        try await bench.run { client async throws in
            let (cookie, _) = try await Self.step(client)
            let code = TimeCode.code(try #require(Base32.decode(other)), step: TimeCode.step(at: bench.now))
            let page = try await client.get("/login/second-factor", [.cookie: "offhook-login=\(cookie)"])
            #expect(!page.text.contains(TimeCode.grouped(other)))
            let sent = try await Self.send(client, cookie, code, to: "/login/second-factor")
            #expect(sent.headers.cookie("offhook") == nil)
            #expect(try await Self.send(client, cookie, code).headers.cookie("offhook") == nil)
        }
    }

    @Test("a link for the password does not replace the second factor")
    func passwordLink() async throws {
        let bench = try ServerBench()
        let root = try await Owner(bench)
        let link = try OneTimeLink.make(for: root.user, bench.store, "http://h", .seconds(60), bench.now)
        let path = "/password/\(try #require(link.split(separator: "/").last))"
        try await bench.run { client async throws in
            let answer = try await client.post(
                path, "csrf=p&password=quite+another+one&again=quite+another+one", [.cookie: "offhook-form=p"])
            #expect(answer.headers[.location] == "/login/code" && answer.headers.cookie("offhook") == nil)
        }
    }

    @Test("without the key that sealed it a code cannot be checked, and says so; a recovery code still can")
    func lostKey() async throws {
        let bench = try ServerBench()
        let root = try await Owner(bench)
        let stored =
            try Data(contentsOf: URL(fileURLWithPath: bench.store.path + "-wal"))
            + Data(contentsOf: URL(fileURLWithPath: bench.store.path))
        #expect(stored.range(of: Data(Base32.encode(root.secret).utf8)) == nil)
        try FileManager.default.removeItem(atPath: bench.store.path + ".key")
        try await bench.run { client async throws in
            let (cookie, _) = try await Self.step(client)
            let answer = try await Self.send(client, cookie, root.code(bench))
            #expect(answer.status == .internalServerError && answer.text.contains("offhook user reset-second-factor"))
            #expect(!answer.text.contains(bench.folder.path))
            #expect(try await Self.send(client, cookie, root.codes[0]).status == .seeOther)
        }
    }
}
