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
        let configuration = parts.configuration
        text.describe { [table = table.withoutHandlers()] in document(table, configuration).json.text }
    }

    /// The document of a table.
    static func document(_ table: RouteTable, _ configuration: ServerConfiguration) -> OpenAPIDocument {
        OpenAPIDocument(table, sessionCookie: SessionCookie.name(configuration))
    }

    /// The document, which describes the route that serves it as well; written when somebody asks for it first.
    private final class DocumentText: Sendable {
        private enum State {
            case text(String)
            case unwritten(@Sendable () -> String)
        }

        private let state = Mutex(State.text(""))

        var value: String {
            state.withLock { state in
                switch state {
                case .text(let text): return text
                case .unwritten(let write):
                    let text = write()
                    state = .text(text)
                    return text
                }
            }
        }

        func describe(_ write: @escaping @Sendable () -> String) { state.withLock { $0 = .unwritten(write) } }
    }
}
