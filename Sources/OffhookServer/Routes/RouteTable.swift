import HTTPTypes
import Hummingbird

/// All routes of the server. Only what stands here reaches the router, so nothing is served without a declared access.
public struct RouteTable: Sendable {
    /// The routes in the order in which they were added.
    public private(set) var routes: [Route] = []

    /// The schemas that operations name.
    public var schemas = SchemaCatalog()

    /// An empty table.
    public init() {}

    /// Adds a page that is looked at.
    public mutating func get(
        _ path: String, _ access: Access, _ purpose: String, _ operation: Operation? = nil,
        handler: @escaping Route.Handler
    ) {
        add(.get, path, access, purpose, operation, handler: handler)
    }

    /// Adds a form's target.
    public mutating func post(
        _ path: String, _ access: Access, _ purpose: String, _ operation: Operation? = nil,
        body: BodyRule = .collected, handler: @escaping Route.Handler
    ) {
        add(.post, path, access, purpose, operation, body: body, handler: handler)
    }

    /// Adds a route.
    ///
    /// - Parameters:
    ///   - path: with `{name}` for what varies; each part is one segment.
    ///   - access: who may use it.
    ///   - purpose: what it is for, on one line.
    ///   - operation: what OpenAPI tells of it; for routes under `/api`.
    public mutating func add(
        _ method: HTTPRequest.Method, _ path: String, _ access: Access, _ purpose: String,
        _ operation: Operation? = nil, body: BodyRule = .collected, handler: @escaping Route.Handler
    ) {
        precondition(
            !routes.contains { $0.method == method && $0.path == path }, "\(method) \(path) is declared twice")
        routes.append(
            Route(
                method: method, path: path, access: access, purpose: purpose, body: body, operation: operation,
                handler: handler))
    }

    /// The same, for whoever describes the routes: it keeps hold of nothing that answers them.
    func withoutHandlers() -> RouteTable {
        var table = self
        table.routes = routes.map { route in
            Route(
                method: route.method, path: route.path, access: route.access, purpose: route.purpose, body: route.body,
                operation: route.operation, handler: { _, _ in Response(status: .notFound) })
        }
        return table
    }

    /// Hands the routes to the router, each behind its gate, and answers other methods of their paths with 405.
    func register(on router: Router<ServeContext>, _ parts: ServerParts) {
        let gate = Gate(parts: parts)
        var methods: [String: [HTTPRequest.Method]] = [:]
        for route in routes {
            methods[route.path, default: []].append(route.method)
            router.on(RouterPath(route.path), method: route.method) { request, context in
                try await gate.pass(request, context, to: route)
            }
        }
        for (path, declared) in methods {
            let allowed = declared.contains(.get) ? declared + [.head] : declared
            let names = Set(allowed.map(\.rawValue)).sorted().joined(separator: ", ")
            for method in Self.otherMethods where !allowed.contains(method) {
                router.on(RouterPath(path), method: method) { _, _ -> Response in
                    throw Problem(
                        .methodNotAllowed, "This address takes \(names).", code: "method_not_allowed",
                        headers: [.allow: names])
                }
            }
        }
    }

    private static let otherMethods: [HTTPRequest.Method] = [
        .get, .post, .put, .patch, .delete, .options, .trace,
    ]
}
