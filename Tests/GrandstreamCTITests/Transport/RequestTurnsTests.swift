import NIOConcurrencyHelpers
import Testing

@testable import GrandstreamCTI

@Suite("Turns at a phone")
struct RequestTurnsTests {
    /// Lets the queue grow to this length before going on.
    private func waitUntil(_ turns: RequestTurns, has count: Int) async {
        while turns.waitingCount < count { await Task.yield() }
    }

    @Test("come one at a time, in the order of asking")
    func order() async throws {
        let turns = RequestTurns()
        let order = NIOLockedValueBox<[Int]>([])
        try await turns.take()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 1...20 {
                group.addTask {
                    try await turns.take()
                    order.withLockedValue { $0.append(number) }
                    turns.giveBack()
                }
                await waitUntil(turns, has: number)
            }
            #expect(order.withLockedValue { $0 }.isEmpty)
            turns.giveBack()
            try await group.waitForAll()
        }
        #expect(order.withLockedValue { $0 } == Array(1...20))
    }

    @Test("are left by a task that is cancelled while it waits; those behind it move up")
    func cancellation() async throws {
        let turns = RequestTurns()
        try await turns.take()
        let impatient = Task { try await turns.take() }
        await waitUntil(turns, has: 1)
        let patient = Task { try await turns.take() }
        await waitUntil(turns, has: 2)
        impatient.cancel()
        await #expect(throws: RequestTurns.Refusal.cancelled) { try await impatient.value }
        turns.giveBack()
        try await patient.value
        turns.giveBack()
    }

    @Test("are not given to a task that was cancelled before it asked")
    func cancelledBefore() async throws {
        let turns = RequestTurns()
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            try await turns.take()
        }
        await #expect(throws: RequestTurns.Refusal.cancelled) { try await task.value }
        try await turns.take()
        turns.giveBack()
    }

    @Test("end with the one under way once they are closed")
    func closing() async throws {
        let turns = RequestTurns()
        try await turns.take()
        let waiting = Task { try await turns.take() }
        await waitUntil(turns, has: 1)
        let closing = Task { await turns.close() }
        await #expect(throws: RequestTurns.Refusal.closed) { try await waiting.value }
        turns.giveBack()
        await closing.value
        await #expect(throws: RequestTurns.Refusal.closed) { try await turns.take() }
        await turns.close()
    }
}
