@preconcurrency import Dispatch
import Synchronization
import TestSupport
import Testing

@testable import OffhookServer

@Suite("Long work waits its turn") struct FairQueueTests {
    /// Work that waits until it is let go, and what was done in which order.
    private final class Bench: Sendable {
        let done = Mutex<[String]>([])
        let begun = Mutex<[String]>([])
        let gate = DispatchSemaphore(value: 0)

        func note(_ name: String) -> @Sendable () -> Void {
            { self.done.withLock { $0.append(name) } }
        }

        func hold(_ name: String) -> @Sendable () -> Void {
            {
                self.begun.withLock { $0.append(name) }
                self.gate.wait()
            }
        }
    }

    @Test("of each owner one piece in turn, whoever came first")
    func turns() async throws {
        let queue = FairQueue("test", threads: 1)
        let bench = Bench()
        try queue.add(of: "z", bench.hold("z"))
        for (owner, name) in [
            ("a", "a1"), ("a", "a2"), ("a", "a3"), ("b", "b1"), ("b", "b2"), ("c", "c1"),
        ] {
            try queue.add(of: owner, bench.note(name))
        }
        bench.gate.signal()
        try await wait(for: "all to be done") { bench.done.withLock { $0.count == 6 } }
        #expect(bench.done.withLock { $0 } == ["a1", "b1", "c1", "a2", "b2", "a3"])
    }

    @Test("one owner never has all threads: another's work begins while the first one's waits")
    func room() async throws {
        let queue = FairQueue("test", threads: 2)
        let bench = Bench()
        for name in ["a1", "a2", "a3"] { try queue.add(of: "a", bench.hold(name)) }
        try queue.add(of: "b", bench.hold("b1"))
        try await wait(for: "two to begin") { bench.begun.withLock { $0.count == 2 } }
        #expect(Set(bench.begun.withLock { $0 }) == ["a1", "b1"])
        #expect(queue.counts == (waiting: 2, running: 2))
        for _ in 0..<4 { bench.gate.signal() }
        try await wait(for: "all to begin") { bench.begun.withLock { $0.count == 4 } }
    }

    @Test("too much of one owner, or of all, is refused; what waits can be taken back")
    func bounds() throws {
        let queue = FairQueue("test", threads: 1, mostOfOne: 2, most: 3)
        let bench = Bench()
        try queue.add(of: "z", bench.hold("z"))
        let first = try queue.add(of: "a", {})
        try queue.add(of: "a", {})
        #expect(throws: FairQueue.Refusal.tooManyOfOne(2)) { try queue.add(of: "a", {}) }
        try queue.add(of: "b", {})
        #expect(throws: FairQueue.Refusal.tooMany(3)) { try queue.add(of: "c", {}) }
        #expect(queue.remove(first, of: "a"))
        #expect(!queue.remove(first, of: "a"))
        try queue.add(of: "c", {})
        bench.gate.signal()
    }
}
