import HTTPTypes
import Hummingbird

/// How much a request may bring.
public enum BodyRule: Sendable, Hashable {
    /// Up to the limit of all requests; a form is read before the handler runs, so that it can ask ``ServeContext/form``.
    case collected
    /// A file, read by the handler as it comes. What it carries against forgery must be in the header `X-CSRF-Token`.
    case upload
}

/// What OpenAPI tells of a route of the interface.
public struct Operation: Sendable, Hashable {
    /// An answer.
    public struct Answer: Sendable, Hashable {
        public var status: Int
        public var description: String
        /// The name of its schema in the components; nil where it has no body.
        public var schema: String?
        public var mediaType: String

        /// An answer from its parts.
        public init(
            _ status: Int, _ description: String, schema: String? = nil, mediaType: String = "application/json"
        ) {
            self.status = status
            self.description = description
            self.schema = schema
            self.mediaType = mediaType
        }
    }

    /// A parameter in the query or a header; those in the path are read from it.
    public struct Parameter: Sendable, Hashable {
        public var name: String
        /// `query` or `header`.
        public var place: String
        public var description: String
        /// The JSON type: `string`, `integer`, `boolean`.
        public var type: String
        public var isRequired: Bool
        /// What is to be said of its schema beside the type, such as its format or the words that are possible.
        public var details: [String: JSONValue]
        public var example: JSONValue?

        /// A parameter from its parts.
        public init(
            _ name: String, in place: String = "query", _ description: String, type: String = "string",
            isRequired: Bool = false, details: [String: JSONValue] = [:], example: JSONValue? = nil
        ) {
            self.details = details
            self.example = example
            self.name = name
            self.place = place
            self.description = description
            self.type = type
            self.isRequired = isRequired
        }
    }

    /// Unique, such as `listCampaigns`.
    public var id: String
    public var tag: String
    public var parameters: [Parameter]
    /// The name of the schema of the body; nil where there is none.
    public var request: String?
    public var requestMediaType: String
    /// The answers beside those that every route of the interface may give (see ``OpenAPIDocument``).
    public var answers: [Answer]

    /// An operation from its parts.
    public init(
        _ id: String, tag: String, parameters: [Parameter] = [], request: String? = nil,
        requestMediaType: String = "application/json", answers: [Answer]
    ) {
        self.id = id
        self.tag = tag
        self.parameters = parameters
        self.request = request
        self.requestMediaType = requestMediaType
        self.answers = answers
    }
}

/// One way into the server: what it is called, who may use it, and what it does.
public struct Route: Sendable {
    /// What a route does with a request that was let in.
    public typealias Handler = @Sendable (Request, ServeContext) async throws -> any ResponseGenerator

    public let method: HTTPRequest.Method
    /// The path, with `{name}` for what varies.
    public let path: String
    public let access: Access
    /// One line.
    public let purpose: String
    public let body: BodyRule
    /// What OpenAPI tells of it; nil for pages.
    public let operation: Operation?
    let handler: Handler

    /// Whether it changes nothing, so that no proof against forgery is asked for.
    public var isSafe: Bool { method == .get || method == .head }
}
