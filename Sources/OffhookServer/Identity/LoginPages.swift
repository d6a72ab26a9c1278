import CampaignStore
import Campaigns
import Foundation
import Hummingbird

/// Logging in and out.
enum LoginPages {
    static func add(to table: inout RouteTable, _ parts: ServerParts) {
        table.get("/login", .anybody, "the log-in page") { request, context in
            if context.identity?.session != nil { return Response.seeOther("/") }
            return try page(parts, request, context, next: request.uri.queryParameters["next"].map(String.init))
        }
        table.post("/login", .anybody, "logs in") { request, context in
            try await logIn(parts, request, context)
        }
        table.post("/logout", .page(.agent), "logs out") { _, context in
            if let session = context.identity?.session {
                try await parts.desks.leave(session: session)
                try await parts.act("logged_out", context) {
                    try parts.store.endSession(tokenHash: session.tokenHash)
                }
            }
            var response = Response.seeOther("/login")
            response.setCookie(SessionCookie.ended(parts.configuration))
            return response
        }
    }

    private static func logIn(_ parts: ServerParts, _ request: Request, _ context: ServeContext) async throws
        -> Response
    {
        let name = context.form.text("name") ?? ""
        let password = context.form["password"] ?? ""
        let next = context.form["next"]
        let now = parts.now()
        if let wait = await parts.throttle.begin(account: name, address: context.remoteAddress, at: now) {
            let seconds = max(1, wait.components.seconds)
            var response = try page(
                parts, request, context, next: next, name: name,
                problem: "Too many attempts; wait \(seconds) s and try again.", status: .tooManyRequests)
            response.headers[.retryAfter] = "\(seconds)"
            return response
        }
        let known = try parts.store.credentials(of: name)
        let isRight = try await parts.passwords.verify(String(password.prefix(PasswordRule.most)), known?.passwordHash)
        guard isRight, let user = known?.user, user.isEnabled else {
            try parts.store.audit(
                "login_failed", by: nil, from: context.remoteAddress, subject: known.map { "user \($0.user.id.value)" },
                at: now)
            return try page(
                parts, request, context, next: next, name: name, problem: "The name or the password is not right.",
                status: .unprocessableContent)
        }
        await parts.throttle.succeeded(account: name, address: context.remoteAddress)
        // A browser has one session: the one before this, perhaps another person's, is over.
        if let former = context.identity?.session {
            try await parts.desks.leave(session: former)
            try parts.store.endSession(tokenHash: former.tokenHash)
            await parts.hub.checkListeners()
        }
        let response = try SessionStart.begin(for: user, parts, context, to: safePath(next))
        try parts.store.audit("logged_in", by: user.name, from: context.remoteAddress, at: now)
        return response
    }

    private static func page(
        _ parts: ServerParts, _ request: Request, _ context: ServeContext, next: String?, name: String = "",
        problem: String? = nil, status: HTTPResponse.Status = .ok
    ) throws -> Response {
        try parts.pages.page(
            "login", title: "Log in",
            ["next": safePath(next), "name": name, "problem": problem], scripts: ["zone.js"],
            status: status, request, context)
    }

    /// A path of ours to go to; `/` for everything else, so that no link leads a person elsewhere after the log-in.
    static func safePath(_ next: String?) -> String {
        guard let next, next.hasPrefix("/"), !next.hasPrefix("//"), !next.contains("\\"), !next.contains(":"),
            next.utf8.allSatisfy({ (0x21...0x7e).contains($0) }), !next.hasPrefix("/login")
        else { return "/" }
        return next
    }
}

/// The beginning of a session.
enum SessionStart {
    static func begin(
        for user: User, _ parts: ServerParts, _ context: ServeContext, to path: String
    ) throws -> Response {
        let secret = SecretText.random()
        let now = parts.now()
        try parts.store.beginSession(
            tokenHash: SecretText.hash(of: secret), user: user.id, csrfToken: SecretText.random(),
            address: context.remoteAddress, expiresAt: now + parts.settings.value.sessionLength, at: now)
        var response = Response.seeOther(path)
        response.setCookie(
            SessionCookie.cookie(secret, parts.configuration, lasting: parts.settings.value.sessionLength))
        return response
    }
}
