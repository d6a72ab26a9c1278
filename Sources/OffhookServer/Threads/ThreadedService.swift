import ServiceLifecycle

/// A service that runs on threads that may block, with all that it begins.
struct ThreadedService: Service {
    let service: any Service
    let threads: WorkerThreads

    func run() async throws {
        try await withTaskExecutorPreference(threads) { try await service.run() }
    }
}
