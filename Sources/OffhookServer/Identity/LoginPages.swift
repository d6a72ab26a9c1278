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
        // No user has a longer name, so that nothing is lost of one.
        let name = NameText.cut(context.form.text("name") ?? "", to: NameText.mostOfName + 1)
        let password = context.form["password"] ?? ""
        let next = context.form["next"]
        let check = PasswordCheck(account: name, address: context.remoteAddress)
        let known = try parts.store.credentials(of: name)
        let isRight: Bool
        do {
            isRight = try await check.isRight(password, known?.passwordHash, parts)
        } catch let problem as Problem {
            var response = try page(
                parts, request, context, next: next, name: name, problem: problem.detail, status: problem.status)
            response.headers[.retryAfter] = problem.headers[.retryAfter]
            return response
        }
        // While it waited for its turn the password may have been set anew, or the account disabled.
        let still = try parts.store.credentials(of: name)
        guard isRight, let user = still?.user, user.isEnabled, still?.passwordHash == known?.passwordHash else {
            try parts.store.audit(
                "login_failed", by: nil, from: context.remoteAddress, subject: known.map { "user \($0.user.id.value)" },
                at: parts.now())
            return try page(
                parts, request, context, next: next, name: name, problem: "The name or the password is not right.",
                status: .unprocessableContent)
        }
        await check.forgive(parts)
        return try await SessionStart.proceed(for: user, parts, context, to: safePath(next))
    }

    static func page(
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
