@preconcurrency import Dispatch
import Foundation
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import Synchronization
import TestSupport
import Testing

@testable import OffhookServer

@Suite("Requests have threads of their own") struct WebThreadsTests {
    private func router(_ bench: ServerBench, _ add: (inout RouteTable) -> Void) -> Router<ServeContext> {
        var table = RouteTable()
        add(&table)
        let router = Router(context: ServeContext.self)
        router.add(middleware: WebThreadsMiddleware(threads: bench.parts.threads))
        table.register(on: router, bench.parts)
        return router
    }

    @Test("handlers that all block leave Swift's shared threads free")
    func blocked() async throws {
        let bench = try ServerBench()
        let gate = DispatchSemaphore(value: 0)
        let blocked = Atomic<Int>(0)
        let most = 12
        let router = router(bench) { table in
            table.get("/block", .anybody, "blocks its thread") { _, _ in
                blocked.wrappingAdd(1, ordering: .sequentiallyConsistent)
                gate.wait()
                return Response(status: .ok)
            }
        }
        try await Application(router: router, logger: Logger(label: "test")).test(.router) { client in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<most {
                    group.addTask {
                        try await client.execute(uri: "/block", method: .get) { #expect($0.status == .ok) }
                    }
                }
                // Far more than there are processors: on shared threads the second half would never begin, and nothing else would.
                try await wait(for: "all to block") { blocked.load(ordering: .sequentiallyConsistent) == most }
                await Task.detached {}.value
                for _ in 0..<most { gate.signal() }
                try await group.waitForAll()
            }
        }
    }

    @Test("a handler, its actors and an answer in pieces run on the web's threads")
    func names() async throws {
        let bench = try ServerBench()
        let names = Mutex<[String]>([])
        let note = { @Sendable () -> Void in
            let name = Thread.current.name ?? ""
            names.withLock { $0.append(name) }
        }
        let somebody = Somebody()
        let router = router(bench) { table in
            table.get("/pieces", .anybody, "answers in pieces") { _, _ in
                note()
                await somebody.act(note)
                return Response(
                    status: .ok,
                    body: ResponseBody { writer in
                        note()
                        try await writer.write(ByteBuffer(string: "a"))
                        note()
                        try await writer.finish(nil)
                    })
            }
        }
        try await Application(router: router, logger: Logger(label: "test")).test(.router) { client in
            try await client.execute(uri: "/pieces", method: .get) { #expect(String(buffer: $0.body) == "a") }
        }
        let seen = names.withLock { $0 }
        #expect(seen.count == 4)
        #expect(seen.allSatisfy { $0.hasPrefix("web-") }, "\(seen)")
    }

    private actor Somebody {
        func act(_ body: @Sendable () -> Void) { body() }
    }

    @Test("long addresses and forms with more fields than anybody fills in are refused with their bound")
    func bounds() async throws {
        let bench = try ServerBench()
        try await bench.run { client in
            let long = String(repeating: "a", count: 9000)
            try await client.execute(uri: "/login?next=\(long)", method: .get) { answer in
                #expect(answer.status.code == 414)
                #expect(String(buffer: answer.body).contains("8 KB"))
            }
            let fields = String(repeating: "a&", count: 5000)
            try await client.execute(
                uri: "/login", method: .post, headers: .form, body: ByteBuffer(string: fields)
            ) { answer in
                #expect(answer.status.code == 422)
                #expect(String(buffer: answer.body).contains("2000 fields"))
            }
        }
    }
}
