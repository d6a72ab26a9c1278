import Hummingbird
import Synchronization

/// The description of the interface itself.
enum OpenAPIRoutes {
    static let path = "/api/v1/openapi.json"

    /// Adds the route; the last of all, since it describes those that are there.
    static func add(to table: inout RouteTable, _ parts: ServerParts) {
        table.schemas.add(
            ["type": "object", "required": ["openapi", "paths"], "description": "An OpenAPI 3.1 document."],
            named: "OpenAPI")
        let text = DocumentText()
        table.get(
            path, .anybody, "describes this interface",
            Operation(
                "getOpenAPI", tag: "interface", answers: [.init(200, "an OpenAPI 3.1 document", schema: "OpenAPI")])
        ) { _, _ in
            Response(
                status: .ok, headers: [.contentType: "application/json"],
                body: .init(byteBuffer: .init(string: text.value)))
        }
        text.set(document(table, parts.configuration).json.text)
    }

    /// The document of a table.
    static func document(_ table: RouteTable, _ configuration: ServerConfiguration) -> OpenAPIDocument {
        OpenAPIDocument(table, sessionCookie: SessionCookie.name(configuration))
    }

    /// The document, which describes the route that serves it as well.
    private final class DocumentText: Sendable {
        private let text = Mutex("")

        var value: String { text.withLock { $0 } }
        func set(_ value: String) { text.withLock { $0 = value } }
    }
}
