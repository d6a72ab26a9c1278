import CampaignStore
@preconcurrency import Dispatch
import Foundation
import Hummingbird
import HummingbirdTesting
import NIOCore
import NIOPosix
import Synchronization
import TestSupport
import Testing

@testable import OffhookServer

@Suite("Long work of requests") struct LongWorkTests {
    /// What a route's long work has come to.
    private final class Progress: Sendable {
        let begun = Atomic<Bool>(false)
        let ended = Atomic<Bool>(false)

        /// Works until it is told to end.
        func work() throws {
            begun.store(true, ordering: .sequentiallyConsistent)
            defer { ended.store(true, ordering: .sequentiallyConsistent) }
            while true {
                try EndableReading.goOn()
                usleep(1000)
            }
        }

        func hasBegun() -> Bool { begun.load(ordering: .sequentiallyConsistent) }
        func hasEnded() -> Bool { ended.load(ordering: .sequentiallyConsistent) }
    }

    @Test("a client that closes its connection ends the work that nobody waits for any more")
    func gone() async throws {
        let bench = try ServerBench()
        let (parts, progress) = (bench.parts, Progress())
        var table = RouteTable()
        table.get("/slow", .anybody, "works until nobody waits") { _, _ in
            try await parts.longWork.run(within: nil) { try progress.work() }
            return Response(status: .ok)
        }
        let router = Router(context: ServeContext.self)
        router.add(middleware: WebThreadsMiddleware(threads: parts.threads))
        table.register(on: router, parts)
        let application = Application(
            router: router,
            server: .http1(configuration: .init(additionalChannelHandlers: [ClientPresenceHandler()])),
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)))
        try await application.test(.live) { client async throws in
            let port = try #require(client.port)
            let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .connect(host: "127.0.0.1", port: port).get()
            try await channel.writeAndFlush(ByteBuffer(string: "GET /slow HTTP/1.1\r\nHost: x\r\n\r\n")).get()
            try await wait(for: "the work to begin") { progress.hasBegun() }
            let running = parts.running.now
            #expect(running.map(\.route) == ["GET /slow"])
            #expect(running.map(\.phase) == [.working])
            #expect(running.first?.user == nil)
            try await channel.close().get()
            try await wait(for: "the work to end") { progress.hasEnded() }
            try await wait(for: "the request to end") { parts.running.now.isEmpty }
        }
    }

    @Test("what waits for its turn too long is answered 503 with a sentence, and its work is never done")
    func waits() async throws {
        let work = LongWork(threads: 1, longestWait: .zero)
        let gate = DispatchSemaphore(value: 0)
        let begun = Atomic<Bool>(false)
        // It may wait too long itself, until a thread is there for it.
        let first = Task {
            while !begun.load(ordering: .sequentiallyConsistent) {
                try? await work.run {
                    begun.store(true, ordering: .sequentiallyConsistent)
                    gate.wait()
                }
            }
        }
        try await wait(for: "the first to begin") { begun.load(ordering: .sequentiallyConsistent) }
        await #expect {
            try await work.run { Issue.record("the second was done") }
        } throws: { error in
            (error as? Problem)?.status.code == 503 && (error as? Problem)?.code == "busy"
        }
        gate.signal()
        await first.value
    }

    @Test("what works too long is ended, and answered 503 with what to ask for instead")
    func tooLong() async throws {
        let progress = Progress()
        await #expect {
            try await LongWork().run(within: .zero) { try progress.work() }
        } throws: { error in
            (error as? Problem)?.status.code == 503 && (error as? Problem)?.code == "takes_too_long"
        }
    }

    @Test("work whose task is cancelled ends, whether it waits or has begun")
    func cancelled() async throws {
        let work = LongWork(threads: 1)
        let progress = Progress()
        let first = Task { try await work.run(within: nil) { try progress.work() } }
        try await wait(for: "the first to begin") { progress.hasBegun() }
        let second = Task { try await work.run { Issue.record("the second was done") } }
        try await wait(for: "the second to wait") { work.counts.waiting == 1 }
        second.cancel()
        await #expect(throws: Problem.self) { try await second.value }
        #expect(!progress.hasEnded())
        first.cancel()
        await #expect(throws: Problem.self) { try await first.value }
        #expect(progress.hasEnded())
    }
}
