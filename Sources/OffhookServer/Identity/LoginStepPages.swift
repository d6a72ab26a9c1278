import CampaignStore
import Campaigns
import Foundation
import Hummingbird

/// The second half of a log-in: the code of a second factor, or setting one up where the settings demand it.
enum LoginStepPages {
    static let codePath = "/login/code"
    static let setUpPath = "/login/second-factor"

    static func add(to table: inout RouteTable, _ parts: ServerParts) {
        table.get(codePath, .anybody, "asks for the code of the second factor") { request, context in
            guard try user(request, parts) != nil else { return try over(parts, request, context) }
            return try codePage(parts, request, context, next: request.search["next"])
        }
        table.post(codePath, .anybody, "takes the code of the second factor, and logs in") { request, context in
            guard let user = try user(request, parts), try parts.store.secondFactor(of: user.id) != nil else {
                return try over(parts, request, context)
            }
            return try await takeCode(user, parts, request, context)
        }
        table.get(setUpPath, .anybody, "sets a second factor up within a log-in that needs one") { request, context in
            guard let user = try user(request, parts), let pending = try pending(user, parts) else {
                return try over(parts, request, context)
            }
            return try setUpPage(pending, user, parts, request, context, next: request.search["next"])
        }
        table.post(setUpPath, .anybody, "takes the first code of a second factor, and logs in") { request, context in
            guard let user = try user(request, parts), let pending = try pending(user, parts) else {
                return try over(parts, request, context)
            }
            return try await setUp(pending, user, parts, request, context)
        }
    }

    /// A path as a query holds it.
    static func encoded(_ path: String) -> String {
        path.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "%2F"
    }

    /// Whose log-in waits; nil where none does.
    private static func user(_ request: Request, _ parts: ServerParts) throws -> User? {
        guard let secret = LoginCookie.value(of: request, parts.configuration) else { return nil }
        return try parts.store.loginStep(tokenHash: SecretText.hash(of: secret), at: parts.now())
    }

    /// What is set up within a log-in: never in the place of a second factor that is there already.
    private static func pending(_ user: User, _ parts: ServerParts) throws -> PendingSecondFactor? {
        guard try parts.store.secondFactor(of: user.id) == nil else { return nil }
        return try parts.store.pendingSecondFactor(of: user.id)
    }

    private static func takeCode(
        _ user: User, _ parts: ServerParts, _ request: Request, _ context: ServeContext
    ) async throws -> Response {
        let next = context.form["next"]
        switch try await SecondFactorCheck.check(context.form["code"] ?? "", of: user, parts, context) {
        case .wrong:
            return try codePage(
                parts, request, context, next: next, problem: SecondFactorSetup.wrongCode, status: .unprocessableContent
            )
        case .wait(let seconds):
            let problem = SecondFactorSetup.tooMany(seconds)
            var response = try codePage(
                parts, request, context, next: next, problem: problem.detail, status: problem.status)
            response.headers[.retryAfter] = "\(seconds)"
            return response
        case .right:
            var response = Response.seeOther(LoginPages.safePath(next))
            try await finish(user, parts, request, context, in: &response)
            return response
        case .recovered(let left):
            var response = Response.seeOther(
                LoginPages.safePath(next),
                saying: left == 0
                    ? "That was your last recovery code. Set your second factor up anew under your name, for new ones."
                    : "That recovery code is used up; \(left) are left.")
            try await finish(user, parts, request, context, in: &response)
            return response
        }
    }

    private static func setUp(
        _ pending: PendingSecondFactor, _ user: User, _ parts: ServerParts, _ request: Request, _ context: ServeContext
    ) async throws -> Response {
        let next = context.form["next"]
        do {
            guard let codes = try await SecondFactorSetup.confirm(context.form["code"] ?? "", user, parts, context)
            else {
                return try setUpPage(
                    pending, user, parts, request, context, next: next, problem: SecondFactorSetup.wrongCode,
                    status: .unprocessableContent)
            }
            var response = try parts.pages.page(
                "recovery-codes", title: "Recovery codes", ["codes": codes, "next": LoginPages.safePath(next)],
                scripts: ["copy.js"], request, context)
            try await finish(user, parts, request, context, in: &response)
            return response
        } catch let problem as Problem where problem.status == .tooManyRequests {
            var response = try setUpPage(
                pending, user, parts, request, context, next: next, problem: problem.detail, status: problem.status)
            response.headers[.retryAfter] = problem.headers[.retryAfter]
            return response
        }
    }

    /// Ends the log-in that waited and begins its session.
    private static func finish(
        _ user: User, _ parts: ServerParts, _ request: Request, _ context: ServeContext, in response: inout Response
    ) async throws {
        let secret = LoginCookie.value(of: request, parts.configuration) ?? ""
        guard try parts.store.endLoginStep(tokenHash: SecretText.hash(of: secret)) else {
            throw Problem(.conflict, "This log-in is finished already; log in again.", code: "login_over")
        }
        try await SessionStart.begin(for: user, parts, context, in: &response)
        response.setCookie(LoginCookie.ended(parts.configuration))
    }

    private static func over(
        _ parts: ServerParts, _ request: Request, _ context: ServeContext
    ) throws -> Response {
        try LoginPages.page(
            parts, request, context, next: request.search["next"] ?? context.form["next"],
            problem: "Log in with your name and password first; a log-in waits for its code for 15 minutes.")
    }

    private static func codePage(
        _ parts: ServerParts, _ request: Request, _ context: ServeContext, next: String?, problem: String? = nil,
        status: HTTPResponse.Status = .ok
    ) throws -> Response {
        try parts.pages.page(
            "login-code", title: "Second factor", ["next": LoginPages.safePath(next), "problem": problem],
            status: status, request, context)
    }

    private static func setUpPage(
        _ pending: PendingSecondFactor, _ user: User, _ parts: ServerParts, _ request: Request, _ context: ServeContext,
        next: String?, problem: String? = nil, status: HTTPResponse.Status = .ok
    ) throws -> Response {
        try parts.pages.page(
            "login-second-factor", title: "Set up a second factor",
            ["next": LoginPages.safePath(next), "problem": problem, "setup": SecondFactorSetup.model(pending, user)],
            scripts: ["copy.js"], status: status, request, context)
    }
}
