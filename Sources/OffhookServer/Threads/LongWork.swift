import CampaignStore
import Campaigns
@preconcurrency import Dispatch
import NIOCore
import Synchronization

/// For whom work is done, and whether anybody still waits for it.
struct WorkClient: Sendable {
    /// `user 7`, or the address of somebody who is not logged in.
    let owner: String
    /// The connection that the answer goes to; nil where there is none.
    let channel: (any Channel)?
    /// The request in the list of those that run.
    let request: RunningRequests.Ticket?

    /// The client of the request that is being answered; the gate sets it for each route.
    @TaskLocal static var current: WorkClient?
}

/// Reading and reckoning that may take seconds, on threads of its own beside those of quick requests: reports, searches, checks,
/// previews, exports.
///
/// Each client has its turn (``FairQueue``). What waits or works too long is ended with a sentence, and so is what nobody waits for any
/// more, since its client closed the connection.
public final class LongWork: Sendable {
    /// How many work at once: few, since they have the processors in common with calls.
    static let threads = 3
    /// How long work may wait for its turn, in real time.
    static let longestWait: Duration = .seconds(60)
    /// How long it may take then.
    static let longest: Duration = .seconds(120)

    private let queue: FairQueue
    private let longestWait: Duration
    private let timers = DispatchQueue(label: "offhook.long-work.timers", qos: .utility)

    /// Threads for long work.
    ///
    /// - Parameters:
    ///   - threads: how many work at once.
    ///   - longestWait: how long work may wait for its turn.
    init(threads: Int = LongWork.threads, longestWait: Duration = LongWork.longestWait) {
        queue = FairQueue("long-work", threads: threads)
        self.longestWait = longestWait
    }

    /// How many wait and how many work.
    var counts: (waiting: Int, running: Int) { queue.counts }

    /// Has work done in its client's turn.
    ///
    /// - Parameters:
    ///   - longest: how long it may take; nil for as long as it likes.
    ///   - isEndable: whether what it reads may be ended on the way; false for what leaves something half done.
    /// - Throws: ``Problem`` 503 where there is too much of it or it takes too long; what `work` throws.
    func run<Value: Sendable>(
        within longest: Duration? = LongWork.longest, isEndable: Bool = true,
        _ work: @escaping @Sendable () throws -> Value
    ) async throws -> Value {
        let client = WorkClient.current
        let ticket = WorkTicket(longest: longest)
        if let channel = client?.channel { await ClientPresenceHandler.whenGone(channel) { ticket.end(.clientGone) } }
        client?.request?.phase = .waiting
        defer { client?.request?.phase = .handling }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { reply in
                enqueue(client, ticket, Reply(reply)) {
                    isEndable ? try EndableReading.run(until: { ticket.isOver }, work) : try work()
                }
            }
        } onCancel: {
            ticket.end(.stopped)
        }
    }

    private func enqueue<Value: Sendable>(
        _ client: WorkClient?, _ ticket: WorkTicket, _ reply: Reply<Value>,
        _ work: @escaping @Sendable () throws -> Value
    ) {
        let owner = client?.owner ?? "nobody"
        let alarm = DispatchWorkItem { ticket.end(.waitedTooLong) }
        let number: Int
        do {
            number = try queue.add(of: owner) {
                alarm.cancel()
                ticket.begin()
                client?.request?.phase = .working
                let result = Result { try work() }
                if case .failure(is ReadingEnded) = result, let end = ticket.end {
                    reply.give(.failure(Problem(end)))
                } else {
                    reply.give(result)
                }
            }
        } catch {
            return reply.give(.failure(Problem(error)))
        }
        timers.asyncAfter(deadline: .now() + longestWait.inSeconds, execute: alarm)
        ticket.whenEnded { [queue] end in
            // What has begun ends by itself, and answers.
            guard queue.remove(number, of: owner) else { return }
            alarm.cancel()
            reply.give(.failure(Problem(end)))
        }
    }

    /// Answers once.
    private final class Reply<Value: Sendable>: Sendable {
        private let continuation: Mutex<CheckedContinuation<Value, any Error>?>

        init(_ continuation: CheckedContinuation<Value, any Error>) { self.continuation = Mutex(continuation) }

        func give(_ result: Result<Value, any Error>) {
            let continuation = continuation.withLock { continuation in
                defer { continuation = nil }
                return continuation
            }
            continuation?.resume(with: result)
        }
    }
}
