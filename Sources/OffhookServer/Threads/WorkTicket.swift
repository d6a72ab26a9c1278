import CampaignStore
import HTTPTypes
import Synchronization

/// One piece of long work: whether it is to go on, and why not.
final class WorkTicket: Sendable {
    /// Why work ends before it is done.
    enum End: Sendable, Hashable {
        /// The client closed its connection.
        case clientGone
        /// It waited for its turn too long.
        case waitedTooLong
        /// It took too long.
        case tookTooLong
        /// The server stops.
        case stopped
    }

    private struct State {
        var isRunning = false
        var deadline: ContinuousClock.Instant?
        var end: End?
        var onEnd: (@Sendable (End) -> Void)?
    }

    private let longest: Duration?
    private let state = Mutex(State())

    /// - Parameter longest: how long it may take once it has begun, in real time; nil for as long as it likes.
    init(longest: Duration?) { self.longest = longest }

    /// Why it ends; nil while it goes on.
    var end: End? { state.withLock { $0.end } }

    /// Whether it is to end, asked by the work itself.
    var isOver: Bool {
        state.withLock { state in
            if state.end == nil, let deadline = state.deadline, deadline <= .now { state.end = .tookTooLong }
            return state.end != nil
        }
    }

    /// Its turn has come.
    func begin() {
        state.withLock { state in
            state.isRunning = true
            state.deadline = longest.map { .now + $0 }
            state.onEnd = nil
        }
    }

    /// Ends it: at once where it still waits, else as soon as it asks.
    func end(_ end: End) {
        let onEnd = state.withLock { state -> (@Sendable (End) -> Void)? in
            guard state.end == nil, !state.isRunning || end != .waitedTooLong else { return nil }
            state.end = end
            defer { state.onEnd = nil }
            return state.onEnd
        }
        onEnd?(end)
    }

    /// Is told when it ends while it waits; at once where it has ended.
    func whenEnded(_ onEnd: @escaping @Sendable (End) -> Void) {
        let end = state.withLock { state -> End? in
            if state.end == nil, !state.isRunning { state.onEnd = onEnd }
            return state.end
        }
        if let end { onEnd(end) }
    }
}

extension Problem {
    /// Why long work was not done.
    init(_ end: WorkTicket.End) {
        switch end {
        case .clientGone, .stopped:
            self.init(
                .init(code: 499, reasonPhrase: "Client Closed Request"), "The connection was closed before the answer.",
                code: "client_gone")
        case .waitedTooLong:
            self.init(
                .serviceUnavailable, "Other long requests were before yours all the time; ask again in a moment.",
                code: "busy", headers: [.retryAfter: "10"])
        case .tookTooLong:
            self.init(
                .serviceUnavailable,
                "This takes longer than the server works on one request; ask for less, such as a shorter time, one campaign or the beginning of a number.",
                code: "takes_too_long", headers: [.retryAfter: "60"])
        }
    }

    /// Why long work is not even taken.
    init(_ refusal: FairQueue.Refusal) {
        switch refusal {
        case .tooManyOfOne(let count):
            self.init(
                .serviceUnavailable,
                "\(count) of your long requests wait already; wait for their answers, then ask again.",
                code: "busy", headers: [.retryAfter: "5"])
        case .tooMany(let count):
            self.init(
                .serviceUnavailable, "\(count) long requests wait already; ask again in a moment.", code: "busy",
                headers: [.retryAfter: "10"])
        }
    }
}
