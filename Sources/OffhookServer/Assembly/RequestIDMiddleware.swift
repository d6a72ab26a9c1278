import Dialer
import HTTPTypes
import Hummingbird
import Logging

/// Gives each request an id, which stands in the lines of its log and in its answer: what a person reports can be found.
struct RequestIDMiddleware: RouterMiddleware {
    let parts: ServerParts

    private static let header = HTTPField.Name("X-Request-Id")
    /// Where Hummingbird keeps it.
    private static let key = "hb.request.id"
    private static let longest = 64

    func handle(
        _ request: Request, context: ServeContext, next: (Request, ServeContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        let id =
            trusted(request, context) ?? context.logger[metadataKey: Self.key].map { "\($0)" } ?? SecretText.random()
        var logger = parts.logger.of(.web)
        logger[metadataKey: Self.key] = .string(id)
        context.logger = logger
        var response = try await next(request, context)
        if let header = Self.header { response.headers[header] = id }
        return response
    }

    /// The id that a trusted proxy gave; anybody else could write what they like into the log.
    private func trusted(_ request: Request, _ context: ServeContext) -> String? {
        guard let header = Self.header, let id = request.headers[header],
            parts.configuration.trustedProxies.contains(context.remoteAddress), Self.isSound(id)
        else { return nil }
        return id
    }

    /// 1 to 64 letters, digits, dots, hyphens and underscores of ASCII.
    static func isSound(_ id: String) -> Bool {
        (1...longest).contains(id.utf8.count)
            && id.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"):
                    true
                default: false
                }
            }
    }
}
