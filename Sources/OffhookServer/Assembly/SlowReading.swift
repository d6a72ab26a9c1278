@preconcurrency import Dispatch

/// Reading that may take seconds on large lists, beside the threads that calls and pages run on.
enum SlowReading {
    private static let queue = DispatchQueue(label: "offhook.reading", qos: .utility)

    /// Runs one after the other what is asked for; a person's page waits, the dialer does not.
    static func run<Result: Sendable>(_ work: @escaping @Sendable () throws -> Result) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Swift.Result(catching: work)) }
        }
    }
}
