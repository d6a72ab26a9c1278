import Campaigns
@preconcurrency import Dispatch
import NIOPosix

/// The threads of one engine. Web handlers and whatever else runs on Swift's shared threads have no part in them.
final class EngineThreads: Sendable {
    /// Phones are spread over so many threads: one alone would be busy with reading the answers of a thousand phones.
    static let phoneLoops = 2

    /// Where the engine itself runs, with its writes to the database.
    let dialer = LoopExecutor()
    /// Where phones are spoken to: their sockets, queues and timers.
    private let phones = (0..<phoneLoops).map { _ in LoopExecutor() }
    /// What takes long and nobody's call waits for.
    private let chores = DispatchQueue(label: "offhook.engine.chores", qos: .utility)

    /// The thread of a phone, always the same one for a name: its requests keep their order.
    func phone(_ device: String) -> LoopExecutor {
        let sum = device.utf8.reduce(0) { ($0 &* 31 &+ UInt64($1)) }
        return phones[Int(sum % UInt64(phones.count))]
    }

    /// Carries out what takes long beside the engine.
    func aside<Result: Sendable>(_ work: @escaping @Sendable () throws -> Result) async throws -> Result {
        try await withCheckedThrowingContinuation { reply in
            chores.async { reply.resume(with: Swift.Result(catching: work)) }
        }
    }
}

extension DialerClock {
    /// Sleeps until the steady hand reads at least `instant`, on the timer of an executor.
    func sleep(until instant: Instant, on executor: LoopExecutor) async throws {
        while true {
            let rest = real(until: instant)
            guard rest > .zero else { return }
            try await executor.sleep(for: rest)
        }
    }
}
