import CampaignStore
import Campaigns
import Foundation
import Hummingbird

/// Keys of other programs: made, shown once, and revoked.
enum TokenPages {
    static func add(to table: inout RouteTable, _ parts: ServerParts) {
        table.get("/administration/tokens", .page(.administrator), "all tokens, and a form for another") {
            request, context in
            try list(parts, request, context)
        }
        table.post("/administration/tokens", .page(.administrator), "makes a token and shows it once") {
            request, context in
            do {
                return try await make(parts, request, context)
            } catch let problem as Problem {
                return try list(parts, request, context, problem: problem.detail)
            } catch let error as StoreError {
                return try list(parts, request, context, problem: parts.told(error))
            }
        }
        table.post("/administration/tokens/{token}/revoke", .page(.administrator), "ends a token") { _, context in
            let token = try context.number("token")
            try await parts.act("token_revoked", context, subject: "token \(token)") {
                try parts.store.revokeToken(token, at: parts.now())
            }
            return Response.seeOther("/administration/tokens", saying: "The token is revoked.")
        }
    }

    private static func make(
        _ parts: ServerParts, _ request: Request, _ context: ServeContext
    ) async throws -> Response {
        let scopes = Set(context.form.all("scope").compactMap(TokenScope.init(rawValue:)))
        guard !scopes.isEmpty else { throw Problem.invalid(["scope": "Choose at least one scope."]) }
        guard let user = try parts.store.users().first(where: { String($0.id.value) == context.form["user"] }),
            user.isEnabled
        else { throw Problem.invalid(["user": "Choose whose rights the token has."]) }
        let expiresAt = try end(context.form["days"], parts)
        let name = context.form.text("name") ?? ""
        let (number, secret) = try TokenGrant.make(
            for: user, named: name, scopes: scopes, endsAt: expiresAt, parts.store, parts.now())
        try await parts.act(
            "token_made", context, subject: "token \(number)",
            detail:
                "for user \(user.id.value), until \(expiresAt.iso8601): \(scopes.map(\.rawValue).sorted().joined(separator: " "))"
        ) {}
        return try list(parts, request, context, made: (name, secret))
    }

    private static func end(_ text: String?, _ parts: ServerParts) throws -> Instant {
        let days = text.map { Int($0) } ?? TokenGrant.standardDays
        guard let days, TokenGrant.possibleDays.contains(days) else {
            throw Problem.invalid(["days": "A token ends after 1 to 3650 days; choose how many."])
        }
        return parts.now() + .seconds(days * 24 * 3600)
    }

    private static func list(
        _ parts: ServerParts, _ request: Request, _ context: ServeContext, made: (name: String, secret: String)? = nil,
        problem: String? = nil
    ) throws -> Response {
        let time = ViewerTime(request, context)
        let now = parts.now()
        let kept = problem == nil ? FormFields() : context.form
        let own = String(try context.user().id.value)
        let tokens = try parts.store.tokens().map { token -> [String: Any] in
            let isOver = token.revokedAt != nil || token.expiresAt.map { $0 <= now } != false || !token.user.isEnabled
            let isWarned = !isOver && TokenGrant.end(toWarnOf: token, at: now) != nil
            var row: [String: Any] = [
                "id": token.id, "name": token.name, "user": token.user.name,
                "scopes": token.scopes.sorted().joined(separator: ", "), "isOver": isOver,
                "state": token.revokedAt != nil ? "revoked" : isOver ? "expired" : isWarned ? "ends soon" : "active",
                "look": isOver ? "" : isWarned ? "warn" : "good", "isEndImposed": token.isEndImposed && !isOver,
                "made": time.element(token.createdAt),
            ]
            row["expires"] = token.expiresAt.map(time.element)
            row["used"] = token.lastUsedAt.map(time.element)
            return row
        }
        return try AdministrationPages.page(
            "tokens", title: "API tokens",
            [
                "tokens": tokens, "hasTokens": !tokens.isEmpty, "problem": problem,
                "warnings": try TokenWarnings.lines(for: context.user(), parts, request, context),
                "days": [(30, "30 days"), (90, "90 days"), (365, "a year")].map { days, label in
                    let chosen = kept["days"] ?? String(TokenGrant.standardDays)
                    return ["value": days, "label": label, "isChosen": chosen == String(days)] as [String: Any]
                },
                "made": made.map { ["name": $0.name, "secret": $0.secret] }, "name": kept["name"],
                "users": try parts.store.users().filter(\.isEnabled).map { user in
                    [
                        "id": user.id.value, "name": "\(user.name) (\(user.role.rawValue))",
                        "isChosen": String(user.id.value) == (kept["user"] ?? own),
                    ] as [String: Any]
                },
                "scopes": TokenScope.allCases.map { scope in
                    ["value": scope.rawValue, "isChosen": kept.all("scope").contains(scope.rawValue)] as [String: Any]
                },
            ], isProblem: problem != nil, parts, request, context)
    }
}
