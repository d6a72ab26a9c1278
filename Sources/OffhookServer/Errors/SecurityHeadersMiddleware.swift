import HTTPTypes
import Hummingbird

/// Tells browsers to run nothing that is not ours, to show us in nobody's frame, and to pass our addresses on to nobody.
struct SecurityHeadersMiddleware: RouterMiddleware {
    let configuration: ServerConfiguration

    private static let fixed: [(String, String)] = [
        (
            "Content-Security-Policy",
            "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
        ),
        ("X-Content-Type-Options", "nosniff"), ("X-Frame-Options", "DENY"), ("Referrer-Policy", "same-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"), ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ]

    func handle(
        _ request: Request, context: ServeContext, next: (Request, ServeContext) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        for (name, value) in Self.fixed {
            if let name = HTTPField.Name(name) { response.headers[name] = value }
        }
        // What a person sees is for that person alone, and only now.
        if response.headers[.cacheControl] == nil { response.headers[.cacheControl] = "no-store" }
        if configuration.isSecure { response.headers[.strictTransportSecurity] = "max-age=31536000" }
        return response
    }
}
