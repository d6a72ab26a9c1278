import CampaignStore
import Foundation
import HTTPTypes
import Hummingbird

/// Keeps other web sites from acting in the name of somebody who is logged in.
enum Forgery {
    /// The field of a form and the header of a fetch that carry the proof.
    static let field = "csrf"
    static let header = HTTPField.Name("X-CSRF-Token")

    /// - Throws: ``Problem`` 403 where the request comes from another site or lacks the proof.
    static func check(
        _ request: Request, _ context: ServeContext, _ route: Route, _ configuration: ServerConfiguration
    ) throws {
        // A token is sent by no browser on its own.
        if context.identity?.token != nil { return }
        if route.access == .secretInPath, context.identity == nil, request.method == .get { return }
        try checkOrigin(request, configuration)
        let given = header.flatMap { request.headers[$0] } ?? context.form[field]
        let expected = context.identity?.session?.csrfToken ?? FormCookie.value(of: request, configuration)
        guard let given, let expected, SecretText.areEqual(given, expected) else {
            throw Problem(
                .forbidden, "The page was open for too long or in another session; load it again and repeat.",
                code: "csrf")
        }
    }

    /// Browsers say from where a form or fetch comes; what they do not say is left to the proof.
    private static func checkOrigin(_ request: Request, _ configuration: ServerConfiguration) throws {
        if let site = HTTPField.Name("Sec-Fetch-Site").flatMap({ request.headers[$0] }),
            site != "same-origin", site != "none"
        {
            throw foreign
        }
        guard let origin = request.headers[.origin] else { return }
        let host = origin.split(separator: "/").last.map(String.init)
        let expected = [request.head.authority, configuration.publicURL.flatMap(authority)].compactMap { $0 }
        guard let host, expected.contains(host) else { throw foreign }
        // A page that came without TLS can be anybody's.
        if configuration.isSecure, !origin.hasPrefix("https://") { throw foreign }
    }

    private static func authority(_ url: URL) -> String? {
        url.host().map { host in url.port.map { "\(host):\($0)" } ?? host }
    }

    private static let foreign = Problem(
        .forbidden, "The request comes from another site; open Offhook's own page.", code: "foreign_origin")
}
