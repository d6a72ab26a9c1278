import HTTPTypes
import Hummingbird
import NIOCore

/// Counts the requests under way of each client behind a trusted proxy, live streams included, and refuses those that are too many.
struct ProxiedRequestMiddleware: RouterMiddleware {
    let parts: ServerParts

    func handle(
        _ request: Request, context: ServeContext, next: (Request, ServeContext) async throws -> Response
    ) async throws -> Response {
        let connection = context.channel.remoteAddress?.ipAddress ?? "unknown"
        let client = ClientAddress.of(
            request, connection: connection, trusted: parts.configuration.trustedProxies)
        let underWay: RequestUnderWay?
        do {
            underWay = try parts.connections.begin(client: client, over: connection)
        } catch {
            throw Problem(
                .tooManyRequests,
                "Too many requests come from your address at once. Close some pages, and try again in a few seconds.",
                code: "too_many", headers: [.retryAfter: "5"])
        }
        guard let underWay else { return try await next(request, context) }
        var response = try await next(request, context)
        guard response.body.contentLength == nil else {
            withExtendedLifetime(underWay) {}
            return response
        }
        // A stream is under way until its end, or until nobody is there to write it for.
        let body = response.body
        response.body = ResponseBody { writer in
            try await body.write(writer)
            withExtendedLifetime(underWay) {}
        }
        return response
    }
}
