import ServiceLifecycle

/// A service that is given some time to shut down gracefully, and is canceled then: a browser that reads nothing must not keep a
/// server that was told to stop.
struct EndsInTime: Service {
    let service: any Service
    /// Real time from the shutdown on.
    var patience: Duration = .seconds(10)

    func run() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await service.run() }
            group.addTask {
                try await gracefulShutdown()
                try await Task.sleep(for: patience)
            }
            // Whichever is first: the service's end, or the end of patience.
            do { try await group.next() } catch { group.cancelAll(); throw error }
            group.cancelAll()
        }
    }
}
