import CampaignStore
import Campaigns
import CivilTime
import HTTPTypes
import Hummingbird
import Supervision

/// Finds out who makes a request: by the session's cookie, or by a bearer token under `/api` and `/metrics`.
struct IdentityMiddleware: RouterMiddleware {
    /// A session's last use is written down this often at most.
    static let touchInterval: Duration = .seconds(60)

    let parts: ServerParts

    func handle(
        _ request: Request, context: ServeContext, next: (Request, ServeContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        context.remoteAddress = ClientAddress.of(
            request, connection: context.remoteAddress, trusted: parts.configuration.trustedProxies)
        context.now = parts.now()
        context.zones = parts.share.zones.data
        context.defaultZone =
            parts.settings.value.timeZone.flatMap(context.zones.zone) ?? parts.share.zones.localZone
        context.identity = try identity(of: request)
        var response = try await next(request, context)
        if let token = context.identity?.token, let end = TokenGrant.end(toWarnOf: token, at: parts.now()),
            let sunset = TokenGrant.sunset
        {
            response.headers[sunset] = HTTPDate.text(end)
        }
        return response
    }

    private func identity(of request: Request) throws -> Identity? {
        let now = parts.now()
        if let authorization = request.headers[.authorization] {
            guard request.uri.path.hasPrefix("/api/") || request.uri.path == "/metrics",
                authorization.lowercased().hasPrefix("bearer ")
            else { return nil }
            let secret = String(authorization.dropFirst("bearer ".count).drop { $0 == " " })
            guard let token = try parts.store.token(hash: SecretText.hash(of: secret), at: now) else {
                throw Problem(
                    .unauthorized, "The token is unknown, was revoked or has ended; ask an administrator for another.",
                    code: "token_unknown")
            }
            if token.lastUsedAt.map({ now.since($0) >= Self.touchInterval }) ?? true {
                try? parts.store.touchToken(token.id, at: now)
            }
            return Identity(user: token.user, token: token)
        }
        guard let secret = request.cookies[SessionCookie.name(parts.configuration)]?.value, !secret.isEmpty else {
            return nil
        }
        let hash = SecretText.hash(of: secret)
        let session = try parts.store.session(tokenHash: hash, idle: parts.settings.value.sessionIdle, at: now)
        guard let session else { return nil }
        if now.since(session.lastSeenAt) >= Self.touchInterval {
            // A database that takes no writes now is no reason to show nothing.
            try? parts.store.touchSession(tokenHash: hash, at: now)
        }
        return Identity(user: session.user, session: session)
    }
}
