import Dialer
import ServiceLifecycle

/// The engine as a service: at a graceful shutdown it places no further call and follows the running ones to their end.
public struct EngineService: Service {
    let engine: DialerEngine
    let onEnd: @Sendable (RunSummary) async -> Void

    /// The service of an engine.
    ///
    /// - Parameter onEnd: told how the run ended.
    public init(engine: DialerEngine, onEnd: @escaping @Sendable (RunSummary) async -> Void = { _ in }) {
        self.engine = engine
        self.onEnd = onEnd
    }

    public func run() async throws {
        let summary = try await withGracefulShutdownHandler {
            try await engine.run()
        } onGracefulShutdown: {
            Task { await engine.stop() }
        }
        await onEnd(summary)
    }
}
