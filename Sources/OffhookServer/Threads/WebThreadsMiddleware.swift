import Hummingbird
import NIOCore

/// Has every request handled on threads of the web's own, where handlers may ask the database and wait for it: Swift's shared threads
/// stay free. The first of all middleware.
struct WebThreadsMiddleware: RouterMiddleware {
    let threads: WebThreads

    /// What watches the server asks on other threads than those that may all wait.
    private static let watching: Set<String> = ["/healthz", "/healthz/live", "/healthz/ready", "/metrics"]

    func handle(
        _ request: Request, context: ServeContext, next: (Request, ServeContext) async throws -> Response
    ) async throws -> Response {
        let threads = Self.watching.contains(request.uri.path) ? threads.background : threads.web
        var response = try await withTaskExecutorPreference(threads) { try await next(request, context) }
        // One that is written piece by piece reads the database meanwhile; others are in memory.
        if response.body.contentLength == nil { response.body = response.body.written(on: threads) }
        return response
    }
}

/// The threads of the web side.
public struct WebThreads: Sendable {
    /// Of handlers: so many may wait for the database at once.
    public let web = WorkerThreads("web", most: 16)
    /// Of what runs beside them: live pages' hub, webhooks, sweeping, and what watches the server.
    public let background = WorkerThreads("web-services", most: 4)

    /// Threads that start as they are needed.
    public init() {}
}

extension ResponseBody {
    /// The same, its pieces made on threads that may block.
    func written(on threads: WorkerThreads) -> ResponseBody {
        let body = self
        return ResponseBody(contentLength: contentLength) { writer in
            let writer = writer
            try await withTaskExecutorPreference(threads) { try await body.write(writer) }
        }
    }

    /// The same for a client, whose long work on the way has its turn.
    func written(for client: WorkClient) -> ResponseBody {
        let body = self
        return ResponseBody(contentLength: contentLength) { writer in
            let writer = writer
            try await WorkClient.$current.withValue(client) { try await body.write(writer) }
        }
    }
}
