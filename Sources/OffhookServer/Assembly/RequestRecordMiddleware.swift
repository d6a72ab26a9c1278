import Logging
import HTTPTypes
import Hummingbird
import Metrics

/// Counts requests and notes them, by the route's pattern: what stands in an address itself may be a secret or a person's number.
struct RequestRecordMiddleware: RouterMiddleware {
    let metrics: PrometheusRegistry

    private static let methods: Set<HTTPRequest.Method> = [.get, .head, .post, .put, .patch, .delete, .options]

    func handle(
        _ request: Request, context: ServeContext, next: (Request, ServeContext) async throws -> Response
    ) async throws -> Response {
        let start = ContinuousClock.now
        let response = try await next(request, context)
        let took = ContinuousClock.now - start
        let route = context.endpointPath ?? "NotFound"
        // A client can make methods up, and each would be kept.
        let method = Self.methods.contains(request.method) ? request.method.rawValue : "other"
        let dimensions = [
            ("method", method), ("route", route), ("status", "\(response.status.code)"),
        ]
        Counter(label: "offhook_http_requests_total", dimensions: dimensions, factory: metrics).increment()
        Metrics.Timer(label: "offhook_http_request_seconds", dimensions: [("route", route)], factory: metrics)
            .recordNanoseconds(took.components.seconds * 1_000_000_000 + took.components.attoseconds / 1_000_000_000)
        // Addresses belong in the audit log: here they would follow agents about.
        context.logger.info("\(method) \(route) \(response.status.code)")
        return response
    }
}
