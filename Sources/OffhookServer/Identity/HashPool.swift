@preconcurrency import Dispatch
import Foundation
import HTTPTypes
import Synchronization

/// Threads of their own for the hashing of passwords, which takes a processor and 32 MB for a good part of a second: few, so that the
/// dialer has the rest, with a bounded and fair queue before them.
final class HashPool: Sendable {
    typealias Owner = FairTurns<Job>.Owner

    /// Work that waits, and what is told to who waits for it.
    struct Job: Sendable {
        let number: Int
        let run: @Sendable () -> Void
        let giveUp: @Sendable (any Error) -> Void
    }

    private struct State {
        var turns: FairTurns<Job>
        var running = 0
        var lastNumber = 0
    }

    /// After how many seconds somebody who was sent away may try again.
    static let retryAfter = 5
    /// Most that wait.
    static let most = 128
    /// Most of one address that wait: an office behind one address may all log in at once in the morning.
    static let mostOfAddress = 32

    /// How many hash at once.
    let width: Int
    private let state: Mutex<State>
    private let queue = DispatchQueue(label: "offhook.passwords", qos: .utility, attributes: .concurrent)

    /// A pool.
    ///
    /// - Parameter width: how many hash at once; by default half the processors, 1 to 4.
    init(width: Int? = nil, most: Int = HashPool.most, mostOfAddress: Int = HashPool.mostOfAddress) {
        self.width = max(1, width ?? min(4, ProcessInfo.processInfo.activeProcessorCount / 2))
        state = Mutex(State(turns: FairTurns(most: most, mostOfAddress: mostOfAddress)))
    }

    /// How many wait for a thread.
    var waiting: Int { state.withLock { $0.turns.count } }

    /// How many threads are at work.
    var running: Int { state.withLock { $0.running } }

    /// Does work when it is its owner's turn.
    ///
    /// - Throws: what the work throws; ``Problem`` 503 with `Retry-After` where too much waits; `CancellationError` where the task
    ///   was canceled before its turn.
    func run<Result: Sendable>(
        for owner: Owner, _ work: @escaping @Sendable () throws -> Result
    ) async throws -> Result {
        let number = state.withLock { state in
            state.lastNumber += 1
            return state.lastNumber
        }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                submit(
                    Job(
                        number: number, run: { continuation.resume(with: Swift.Result(catching: work)) },
                        giveUp: { continuation.resume(throwing: $0) }), of: owner)
                // Canceled before it stood in the queue: nobody has taken it out.
                if Task.isCancelled { withdraw(number) }
            }
        } onCancel: {
            withdraw(number)
        }
    }

    private func submit(_ job: Job, of owner: Owner) {
        let (entrance, isThreadNeeded) = state.withLock { state in
            let entrance = state.turns.add(job, of: owner)
            guard state.running < width, state.turns.count > 0 else { return (entrance, false) }
            state.running += 1
            return (entrance, true)
        }
        switch entrance {
        case .taken: break
        case .inPlaceOf(let other): other.giveUp(Self.busy)
        case .refused: job.giveUp(Self.busy)
        }
        if isThreadNeeded { queue.async { self.work() } }
    }

    private func work() {
        while true {
            let job = state.withLock { state in
                let job = state.turns.next()
                if job == nil { state.running -= 1 }
                return job
            }
            guard let job else { return }
            job.run()
        }
    }

    private func withdraw(_ number: Int) {
        state.withLock { $0.turns.remove { $0.number == number } }?.giveUp(CancellationError())
    }

    static let busy = Problem(
        .serviceUnavailable, "Too many people log in at this moment; wait \(retryAfter) s and try again.", code: "busy",
        headers: [.retryAfter: "\(retryAfter)"])
}
