import NIOConcurrencyHelpers

/// Lets one request through at a time, in the order of asking: a phone's web server serves no two.
final class RequestTurns: Sendable {
    /// Why there is no turn.
    enum Refusal: Error, Sendable, Hashable {
        case cancelled
        case closed
    }

    private struct State {
        var busy = false
        var closed = false
        var nextTicket: UInt64 = 0
        var waiting: [(ticket: UInt64, continuation: CheckedContinuation<Refusal?, Never>)] = []
        var leaving: [CheckedContinuation<Void, Never>] = []
    }

    private let state = NIOLockedValueBox(State())

    /// How many wait for their turn.
    var waitingCount: Int { state.withLockedValue { $0.waiting.count } }

    /// Waits for the turn. Give it back with ``giveBack()``.
    func take() async throws(Refusal) {
        let ticket = state.withLockedValue { state in
            state.nextTicket += 1
            return state.nextTicket
        }
        let refusal = await withTaskCancellationHandler {
            await withCheckedContinuation { wait(with: $0, ticket: ticket) }
        } onCancel: {
            cancel(ticket: ticket)
        }
        if let refusal { throw refusal }
    }

    /// Ends the turn; the longest waiting gets the next.
    func giveBack() {
        let resume: () -> Void = state.withLockedValue { state in
            guard state.waiting.isEmpty else {
                let next = state.waiting.removeFirst().continuation
                return { next.resume(returning: nil) }
            }
            state.busy = false
            let leaving = state.leaving
            state.leaving = []
            return { leaving.forEach { $0.resume() } }
        }
        resume()
    }

    /// Refuses everyone who waits or comes later, and returns when the turn under way has ended.
    func close() async {
        await withCheckedContinuation { continuation in
            let (refused, idle) = state.withLockedValue { state in
                state.closed = true
                let refused = state.waiting
                state.waiting = []
                if state.busy { state.leaving.append(continuation) }
                return (refused, !state.busy)
            }
            for waiter in refused { waiter.continuation.resume(returning: .closed) }
            if idle { continuation.resume() }
        }
    }

    private func wait(with continuation: CheckedContinuation<Refusal?, Never>, ticket: UInt64) {
        let answer: Refusal?? = state.withLockedValue { state in
            if state.closed { return .some(.closed) }
            // Under the lock, so that a cancellation either shows here or finds the ticket in the queue.
            if Task.isCancelled { return .some(.cancelled) }
            if !state.busy {
                state.busy = true
                return .some(nil)
            }
            state.waiting.append((ticket, continuation))
            return nil
        }
        if let answer { continuation.resume(returning: answer) }
    }

    private func cancel(ticket: UInt64) {
        let waiter = state.withLockedValue { state in
            state.waiting.firstIndex { $0.ticket == ticket }.map { state.waiting.remove(at: $0) }
        }
        waiter?.continuation.resume(returning: .cancelled)
    }
}
