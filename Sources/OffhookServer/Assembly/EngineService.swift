import Dialer
import ServiceLifecycle

/// The engine as a service: at a graceful shutdown it places no further call and follows the running ones to their end.
public struct EngineService: Service {
    let engine: DialerEngine
    let begins: AsyncStream<Void>?
    let onEnd: @Sendable (RunSummary) async -> Void

    /// The service of an engine.
    ///
    /// - Parameters:
    ///   - begins: told when the run may begin; nil for at once. A server that cannot listen must not dial first.
    ///   - onEnd: told how the run ended.
    public init(
        engine: DialerEngine, begins: AsyncStream<Void>? = nil,
        onEnd: @escaping @Sendable (RunSummary) async -> Void = { _ in }
    ) {
        self.engine = engine
        self.begins = begins
        self.onEnd = onEnd
    }

    public func run() async throws {
        if let begins {
            var mayBegin = false
            for await _ in begins.cancelOnGracefulShutdown() {
                mayBegin = true
                break
            }
            guard mayBegin else { return }
        }
        let summary = try await withGracefulShutdownHandler {
            try await engine.run()
        } onGracefulShutdown: {
            Task { await engine.stop() }
        }
        await onEnd(summary)
    }
}
