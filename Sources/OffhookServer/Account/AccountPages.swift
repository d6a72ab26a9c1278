import CampaignStore
import Campaigns
import Foundation
import Hummingbird

/// What everybody may do with their own account: change the password, and, for administrators, a second factor.
enum AccountPages {
    static func add(to table: inout RouteTable, _ parts: ServerParts) {
        table.get("/account", .page(.agent), "one's own password, second factor and tokens") { request, context in
            try page(parts, request, context)
        }
        table.post("/account/password", .page(.agent), "changes one's own password") { request, context in
            do {
                return try await changePassword(parts, context)
            } catch let problem as Problem {
                return try page(parts, request, context, problem: problem, in: "password")
            }
        }
        table.post("/account/second-factor", .page(.agent), "begins to set up one's second factor") {
            request, context in
            do {
                return try await begin(parts, context)
            } catch let problem as Problem {
                return try page(parts, request, context, problem: problem, in: "factor")
            }
        }
        table.get("/account/second-factor", .page(.agent), "the second factor that is being set up") {
            request, context in
            try setUpPage(parts, request, context)
        }
        table.post("/account/second-factor/confirm", .page(.agent), "takes the first code of a second factor") {
            request, context in
            try await confirm(parts, request, context)
        }
        table.post("/account/second-factor/off", .page(.agent), "takes one's second factor away") { request, context in
            do {
                return try await turnOff(parts, context)
            } catch let problem as Problem {
                return try page(parts, request, context, problem: problem, in: "factor")
            }
        }
    }

    /// Checks the present password, so that an open browser alone is not enough.
    ///
    /// - Returns: the hash that it was checked against.
    /// - Throws: ``Problem`` 422, 429 or 503.
    private static func checkPassword(_ parts: ServerParts, _ context: ServeContext) async throws -> String {
        let user = try context.user()
        let stored = try parts.store.credentials(of: user.name)?.passwordHash
        let check = PasswordCheck(account: user.name, address: context.remoteAddress)
        guard try await check.isRight(context.form["current"] ?? "", stored, parts), let stored else {
            try parts.audit("password_wrong", context, subject: "user \(user.id.value)")
            throw Problem.invalid(["current": "The present password is not right; type it again."])
        }
        await check.forgive(parts)
        return stored
    }

    private static func changePassword(_ parts: ServerParts, _ context: ServeContext) async throws -> Response {
        let user = try context.user()
        guard let session = context.identity?.session else {
            throw Problem(.unauthorized, "Log in first.", code: "not_logged_in")
        }
        let password = context.form["password"] ?? ""
        // What needs no hash is said first.
        guard password == context.form["again"] else {
            throw Problem.invalid(["again": "The two passwords differ; type them again."])
        }
        if let problem = PasswordRule.problem(password, userName: user.name) {
            throw Problem.invalid(["password": problem])
        }
        let former = try await checkPassword(parts, context)
        guard password != context.form["current"] else {
            throw Problem.invalid(["password": "That is the present password; choose another."])
        }
        let hash = try await parts.passwords.hash(password, account: user.name, address: context.remoteAddress)
        let ended = try parts.store.changeOwnPassword(
            hash: hash, former: former, user: user.id, keeping: session.tokenHash,
            endingTokens: context.form["end_tokens"] == "1", at: parts.now())
        try await parts.act("password_changed", context, subject: "user \(user.id.value)", detail: ended.text) {}
        return Response.seeOther("/account", saying: "Your password is changed; \(ended.text) elsewhere.")
    }

    /// Whether somebody has to do with second factors: administrators, and whoever has one from when they were one.
    private static func mayHaveFactor(_ user: User, _ parts: ServerParts) throws -> Bool {
        try user.role == .administrator || parts.store.secondFactor(of: user.id) != nil
    }

    /// - Throws: ``Problem`` 409 for whoever is no administrator; 422, 429 or 503 where password or code are not right.
    private static func checkBoth(_ parts: ServerParts, _ context: ServeContext) async throws -> User {
        let user = try context.user()
        guard try mayHaveFactor(user, parts) else {
            throw Problem(.conflict, "Only administrators have a second factor.", code: "no_administrator")
        }
        _ = try await checkPassword(parts, context)
        guard try parts.store.secondFactor(of: user.id) != nil else { return user }
        switch try await SecondFactorCheck.check(context.form["code"] ?? "", of: user, parts, context) {
        case .right, .recovered: return user
        case .wrong: throw Problem.invalid(["code": SecondFactorSetup.wrongCode])
        case .wait(let seconds): throw SecondFactorSetup.tooMany(seconds)
        }
    }

    private static func begin(_ parts: ServerParts, _ context: ServeContext) async throws -> Response {
        let user = try await checkBoth(parts, context)
        try parts.store.beginSecondFactor(TimeCode.newSecret(), user: user.id)
        return Response.seeOther("/account/second-factor")
    }

    private static func turnOff(_ parts: ServerParts, _ context: ServeContext) async throws -> Response {
        guard try !SessionStart.mustSetUp(context.user(), parts) else {
            throw Problem(
                .conflict,
                "The settings demand a second factor of administrators; set up another in its place instead.",
                code: "demanded")
        }
        let user = try await checkBoth(parts, context)
        try await parts.act("second_factor_removed", context, subject: "user \(user.id.value)") {
            _ = try parts.store.removeSecondFactor(of: user.id, endingSessions: false)
        }
        return Response.seeOther("/account", saying: "Your second factor is gone; your password alone logs in.")
    }

    private static func confirm(
        _ parts: ServerParts, _ request: Request, _ context: ServeContext
    ) async throws -> Response {
        let user = try context.user()
        do {
            guard let codes = try await SecondFactorSetup.confirm(context.form["code"] ?? "", user, parts, context)
            else {
                let problem = Problem.invalid(["code": SecondFactorSetup.wrongCode])
                return try setUpPage(parts, request, context, problem: problem)
            }
            return try parts.pages.page(
                "recovery-codes", title: "Recovery codes", ["codes": codes, "next": "/account"], scripts: ["copy.js"],
                request, context)
        } catch let problem as Problem where problem.status == .tooManyRequests {
            return try setUpPage(parts, request, context, problem: problem)
        }
    }

    private static func setUpPage(
        _ parts: ServerParts, _ request: Request, _ context: ServeContext, problem: Problem? = nil
    ) throws -> Response {
        let user = try context.user()
        guard let pending = try parts.store.pendingSecondFactor(of: user.id) else {
            return Response.seeOther("/account")
        }
        var response = try parts.pages.page(
            "account-second-factor", title: "Set up a second factor",
            ["problem": problem?.detail, "setup": SecondFactorSetup.model(pending, user)], scripts: ["copy.js"],
            status: problem?.status ?? .ok, request, context)
        response.headers[.retryAfter] = problem?.headers[.retryAfter]
        return response
    }

    private static func page(
        _ parts: ServerParts, _ request: Request, _ context: ServeContext, problem: Problem? = nil, in part: String = ""
    ) throws -> Response {
        let user = try context.user()
        let time = ViewerTime(request, context)
        let factor = try parts.store.secondFactor(of: user.id)
        let now = parts.now()
        let tokens = try parts.store.tokens(of: user.id).filter { token in
            token.revokedAt == nil && token.expiresAt.map { now < $0 } == true
        }
        var model: PageModel = [
            "name": user.name, "least": PasswordRule.least,
            "passwordProblem": part == "password" ? problem?.detail : nil,
            "factorProblem": part == "factor" ? problem?.detail : nil,
            "mayHaveFactor": try mayHaveFactor(user, parts), "isDemanded": SessionStart.mustSetUp(user, parts),
            "tokens": tokens.map { token in
                ["name": token.name, "ends": time.element(token.expiresAt ?? now)] as [String: Any]
            }, "hasTokens": !tokens.isEmpty,
            "warnings": try TokenWarnings.lines(for: user, parts, request, context),
        ]
        model["factor"] = factor.map { factor in
            ["since": time.element(factor.confirmedAt), "left": factor.recoveryCodesLeft] as [String: Any]
        }
        var response = try parts.pages.page(
            "account", title: "Your account", model, status: problem?.status ?? .ok, request, context)
        response.headers[.retryAfter] = problem?.headers[.retryAfter]
        return response
    }
}

/// What owners of tokens are told of their ends.
enum TokenWarnings {
    /// A sentence for each token that ends soon, or that was given an end.
    static func lines(
        for user: User, _ parts: ServerParts, _ request: Request, _ context: ServeContext
    ) throws -> [String] {
        let time = ViewerTime(request, context)
        let now = parts.now()
        return try parts.store.endingTokens(of: user.id, within: TokenGrant.warning, at: now).map { token in
            TokenGrant.warning(of: token, endsOn: time.full(token.expiresAt ?? now))
                + " Make another under Administration, API tokens, or ask an administrator for one."
        }
    }
}
