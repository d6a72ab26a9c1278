@preconcurrency import Dispatch
import CampaignStore
import HTTPTypes
import HummingbirdTesting
import Synchronization
import TestSupport
import Testing

@testable import OffhookServer

/// Jobs that occupy a pool's threads until they are let go.
private struct Blockers {
    private let gate = DispatchSemaphore(value: 0)

    /// Occupies, or queues up for, all threads; each from an address of its own.
    func enter(_ pool: HashPool, _ name: String) -> [Task<Void, any Error>] {
        (0..<pool.width).map { index in
            let gate = gate
            return Task {
                try await pool.run(for: .init(address: "\(name) \(index)", account: "")) { gate.wait() }
            }
        }
    }

    func letGo(_ count: Int) {
        for _ in 0..<count { gate.signal() }
    }
}

/// What jobs say, in the order in which they say it.
private final class Outcomes: Sendable {
    private let texts = Mutex<[String]>([])

    var all: [String] { texts.withLock { $0 } }

    func add(_ text: String) {
        texts.withLock { $0.append(text) }
    }
}

@Suite("Hashing in turns") struct HashPoolTests {
    /// Logs in from an address behind the trusted proxy.
    private static func logIn(
        _ client: any TestClientProtocol, from address: String, _ name: String, _ password: String
    ) async throws -> TestResponse {
        let fields = "csrf=p&name=\(name)&password=\(password.replacing(" ", with: "+"))"
        let headers: HTTPFields = [.cookie: "offhook-form=p"]
        return try await client.post("/login", fields, headers.with("X-Forwarded-For", address))
    }

    @Test("a right password gets in while 60 wrong ones from two addresses wait")
    func crowd() async throws {
        // The address of requests that come over no socket.
        let bench = try ServerBench(trustedProxies: ["unknown"])
        try await bench.user("anna", .agent)
        let pool = bench.parts.passwords.pool
        try await bench.run { client async throws in
            let blockers = Blockers()
            let first = blockers.enter(pool, "first")
            try await wait(for: "the pool") { pool.running == pool.width && pool.waiting == 0 }
            let wrong = (0..<60).map { index in
                Task { try await Self.logIn(client, from: "192.0.2.\(index % 2 + 1)", "nobody\(index)", "wrong") }
            }
            try await wait(for: "the pool") { pool.waiting == 60 }
            let right = Task { try await Self.logIn(client, from: "192.0.2.3", "anna", ServerBench.password) }
            try await wait(for: "the pool") { pool.waiting == 61 }
            // They come behind, and hold everything up again once it was the right one's turn.
            let last = blockers.enter(pool, "last")
            try await wait(for: "the pool") { pool.waiting == 61 + pool.width }
            blockers.letGo(pool.width)
            #expect(try await right.value.status == .seeOther)
            #expect(pool.waiting >= 50, "it waited for others than the first of each address")
            blockers.letGo(pool.width)
            for attempt in wrong { #expect(try await attempt.value.status == .unprocessableContent) }
            for blocker in first + last { try await blocker.value }
        }
    }

    @Test("a password that was set anew while the former one waited for its turn lets nobody in")
    func meanwhile() async throws {
        let bench = try ServerBench(trustedProxies: ["unknown"])
        let anna = try await bench.user("anna", .agent)
        let hash = try await bench.parts.passwords.hash("quite another one")
        let pool = bench.parts.passwords.pool
        try await bench.run { client async throws in
            let blockers = Blockers()
            let first = blockers.enter(pool, "first")
            try await wait(for: "the pool") { pool.running == pool.width && pool.waiting == 0 }
            let former = Task { try await Self.logIn(client, from: "192.0.2.3", "anna", ServerBench.password) }
            try await wait(for: "the pool") { pool.waiting == 1 }
            try bench.store.setPassword(hash: hash, user: anna.id, at: bench.now)
            blockers.letGo(pool.width)
            #expect(try await former.value.status == .unprocessableContent)
            for blocker in first { try await blocker.value }
        }
    }

    @Test("whoever comes when too many wait is told when to try again, and that attempt does not count against them")
    func full() async throws {
        let bench = try ServerBench(trustedProxies: ["unknown"])
        try await bench.user("anna", .agent)
        let pool = bench.parts.passwords.pool
        try await bench.run { client async throws in
            let blockers = Blockers()
            let first = blockers.enter(pool, "first")
            try await wait(for: "the pool") { pool.running == pool.width && pool.waiting == 0 }
            let others = (0..<HashPool.most).map { index in
                Task { try await pool.run(for: .init(address: "other \(index)", account: "")) {} }
            }
            try await wait(for: "the pool") { pool.waiting == HashPool.most }
            for _ in 0..<10 {
                let answer = try await Self.logIn(client, from: "192.0.2.3", "anna", ServerBench.password)
                #expect(answer.status == .serviceUnavailable)
                #expect(answer.headers[.retryAfter] == "\(HashPool.retryAfter)")
                #expect(answer.text.contains("try again"))
            }
            blockers.letGo(pool.width)
            for task in first + others { try await task.value }
            #expect(
                try await Self.logIn(client, from: "192.0.2.3", "anna", ServerBench.password).status == .seeOther)
        }
    }

    private func submit(
        _ pool: HashPool, _ outcomes: Outcomes, _ address: String, _ account: String
    ) -> Task<Void, Never> {
        Task {
            do {
                try await pool.run(for: .init(address: address, account: account)) {
                    outcomes.add("\(address) \(account)")
                }
            } catch {
                outcomes.add("\(address) \(account) \((error as? Problem)?.code ?? "?")")
            }
        }
    }

    @Test("an address that fills its own line leaves everybody else's alone, and an account in it the other accounts'")
    func ownLine() async throws {
        let pool = HashPool(width: 1, most: 10, mostOfAddress: 4)
        let blockers = Blockers()
        let first = blockers.enter(pool, "first")
        try await wait(for: "the pool") { pool.running == 1 && pool.waiting == 0 }
        let outcomes = Outcomes()
        var tasks: [Task<Void, Never>] = []
        for count in 1...4 {
            tasks.append(submit(pool, outcomes, "x", "guessed"))
            try await wait(for: "the pool") { pool.waiting == count }
        }
        await submit(pool, outcomes, "x", "guessed").value
        #expect(outcomes.all == ["x guessed busy"])
        tasks.append(submit(pool, outcomes, "x", "own"))
        try await wait(for: "the pool") { outcomes.all.count == 2 }
        tasks.append(submit(pool, outcomes, "y", "own"))
        try await wait(for: "the pool") { pool.waiting == 5 }
        blockers.letGo(1)
        for task in first { try await task.value }
        for task in tasks { await task.value }
        #expect(
            outcomes.all.dropFirst(2) == ["x guessed", "y own", "x own", "x guessed", "x guessed"])
    }

    @Test("whoever is gone before their turn waits no longer, and is not hashed for")
    func canceled() async throws {
        let pool = HashPool(width: 1)
        let blockers = Blockers()
        let first = blockers.enter(pool, "first")
        try await wait(for: "the pool") { pool.running == 1 && pool.waiting == 0 }
        let outcomes = Outcomes()
        let gone = Task {
            try await pool.run(for: .init(address: "x", account: "")) { outcomes.add("hashed") }
        }
        try await wait(for: "the pool") { pool.waiting == 1 }
        gone.cancel()
        await #expect(throws: CancellationError.self) { try await gone.value }
        #expect(pool.waiting == 0)
        blockers.letGo(1)
        for task in first { try await task.value }
        #expect(outcomes.all.isEmpty)
    }
}
