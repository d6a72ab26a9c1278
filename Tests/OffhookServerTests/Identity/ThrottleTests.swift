import CampaignStore
import Campaigns
import HTTPTypes
import HummingbirdTesting
import Testing

@testable import OffhookServer

@Suite("Guessing passwords") struct ThrottleTests {
    let start = Instant(milliseconds: 1_773_151_200_000)

    @Test("five wrong passwords are free, then each costs a longer wait, and the right one forgives")
    func grows() async {
        let throttle = LoginThrottle()
        for _ in 0..<5 { #expect(await throttle.begin(account: "a", address: "x", at: start) == nil) }
        #expect(await throttle.begin(account: "a", address: "x", at: start) == .seconds(1))
        #expect(await throttle.begin(account: "A", address: "x", at: start) == .seconds(1))
        #expect(await throttle.begin(account: "a", address: "x", at: start + .seconds(1)) == nil)
        #expect(await throttle.begin(account: "a", address: "x", at: start + .seconds(1)) == .seconds(2))
        await throttle.succeeded(account: "a", address: "x")
        #expect(await throttle.begin(account: "a", address: "x", at: start + .seconds(1)) == nil)
    }

    @Test("an address that tries many accounts is slowed down; others are not")
    func byAddress() async {
        let throttle = LoginThrottle()
        for index in 0..<30 { #expect(await throttle.begin(account: "a\(index)", address: "x", at: start) == nil) }
        #expect(await throttle.begin(account: "new", address: "x", at: start) != nil)
        #expect(await throttle.begin(account: "new", address: "y", at: start) == nil)
    }

    @Test("an account that many addresses try is never kept from its owner for longer than 30 s")
    func byAccount() async throws {
        let throttle = LoginThrottle()
        var now = start
        for index in 0..<500 {
            if let wait = await throttle.begin(account: "a", address: "x\(index)", at: now) { now = now + wait }
        }
        let wait = await throttle.begin(account: "a", address: "owner", at: now)
        #expect(try #require(wait) <= .seconds(30))
    }

    @Test("after an hour without a try all is forgotten")
    func forgets() async {
        let throttle = LoginThrottle()
        for _ in 0..<20 { _ = await throttle.begin(account: "a", address: "x", at: start) }
        for _ in 0..<5 {
            #expect(await throttle.begin(account: "a", address: "x", at: start + .seconds(3601)) == nil)
        }
    }

    @Test("the log-in page says how long to wait, and a right password waits as well")
    func page() async throws {
        let bench = try ServerBench()
        try await bench.user("anna", .agent)
        try await bench.run { client async throws in
            for _ in 0..<5 { _ = try await LoginTests.logIn(client, "anna", "wrong") }
            let early = try await LoginTests.logIn(client, "anna", ServerBench.password)
            #expect(early.status == .tooManyRequests)
            #expect(early.headers[.retryAfter] == "1")
            bench.pass(.seconds(1))
            #expect(try await LoginTests.logIn(client, "anna", ServerBench.password).status == .seeOther)
        }
    }
}
