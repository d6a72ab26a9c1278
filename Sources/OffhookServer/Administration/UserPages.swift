import CampaignStore
import Campaigns
import Foundation
import Hummingbird

/// Accounts: who may log in, as what, and where they are logged in now.
enum UserPages {
    static func add(to table: inout RouteTable, _ parts: ServerParts) {
        table.get("/administration/users", .page(.administrator), "all users, and a form for another") {
            request, context in
            try list(parts, request, context)
        }
        table.post("/administration/users", .page(.administrator), "adds a user and shows a link for the password") {
            request, context in
            try await add(parts, request, context)
        }
        table.get("/administration/users/{user}", .page(.administrator), "one user, their sessions and tokens") {
            request, context in
            try page(user(context, parts), parts, request, context)
        }
        table.post("/administration/users/{user}", .page(.administrator), "changes a user") { request, context in
            try await change(parts, request, context)
        }
        table.post(
            "/administration/users/{user}/link", .page(.administrator), "shows a one-time link to set the password anew"
        ) { request, context in
            let user = try user(context, parts)
            guard user.isEnabled else {
                throw Problem(.conflict, "\(user.name) is disabled; enable the account first.", code: "disabled")
            }
            let link = try await parts.act("password_link_made", context, subject: "user \(user.id.value)") {
                try UserPages.link(for: user, parts)
            }
            return try page(user, parts, request, context, link: link)
        }
        table.post("/administration/users/{user}/enabled", .page(.administrator), "lets a user in, or keeps them out") {
            _, context in
            try await setEnabled(parts, context)
        }
        table.post(
            "/administration/users/{user}/log-out", .page(.administrator), "ends all sessions and tokens of a user"
        ) { _, context in
            let user = try user(context, parts)
            guard context.form["sure"] == "1" else { throw Problem.invalid(["sure": "Say that you mean it."]) }
            let ended = try parts.store.logOutEverywhere(user.id, at: parts.now())
            try await parts.act("sessions_ended", context, subject: "user \(user.id.value)", detail: ended.text) {}
            await parts.hub.endStreams(of: user.id)
            return Response.seeOther(
                path(user), saying: "\(user.displayName) is logged out everywhere: \(ended.text).")
        }
    }

    private static func user(_ context: ServeContext, _ parts: ServerParts) throws -> User {
        let id = try context.number("user")
        guard let user = try parts.store.users().first(where: { $0.id.value == id }) else {
            throw Problem.notFound("user \(id)")
        }
        return user
    }

    private static func path(_ user: User) -> String { "/administration/users/\(user.id.value)" }

    private static func link(for user: User, _ parts: ServerParts) throws -> String {
        try OneTimeLink.make(
            for: user, parts.store, parts.configuration.baseURL, parts.configuration.linkLength, parts.now())
    }

    private static func list(
        _ parts: ServerParts, _ request: Request, _ context: ServeContext, problem: String? = nil
    ) throws -> Response {
        let names = Dictionary(uniqueKeysWithValues: try parts.store.campaigns().map { ($0.id, $0.campaign.name) })
        let here = Set(
            try parts.store.sessions(idle: parts.settings.value.sessionIdle, at: parts.now()).map(\.user.id))
        let rows = try parts.store.users().map { user -> [String: Any] in
            let state = user.isEnabled ? user.hasPassword ? "enabled" : "no password yet" : "disabled"
            return [
                "path": path(user), "name": user.name, "displayName": user.displayName, "role": user.role.rawValue,
                "state": state, "look": user.isEnabled ? user.hasPassword ? "good" : "warn" : "bad",
                "isHere": here.contains(user.id),
                "campaigns": user.campaigns.map { limits in
                    limits.compactMap { names[$0] }.sorted().joined(separator: ", ")
                } ?? "all",
            ]
        }
        return try AdministrationPages.page(
            "users", title: "Users",
            [
                "users": rows, "problem": problem, "name": problem == nil ? nil : context.form["name"],
                "displayName": problem == nil ? nil : context.form["display_name"],
                "roles": roles(UserRole(rawValue: context.form["role"] ?? "") ?? .agent),
                "campaigns": try campaignChoices(Set(context.form.all("campaign")), parts),
            ], scripts: ["users.js"], isProblem: problem != nil, parts, request, context)
    }

    private static func roles(_ chosen: UserRole) -> [[String: Any]] {
        UserRole.allCases.map { ["value": $0.rawValue, "isChosen": $0 == chosen] }
    }

    private static func campaignChoices(_ chosen: Set<String>, _ parts: ServerParts) throws -> [[String: Any]] {
        try parts.store.campaigns().map { campaign in
            let id = String(campaign.id.value)
            return ["id": id, "name": campaign.campaign.name, "isChosen": chosen.contains(id)]
        }
    }

    /// What a form says of a user.
    ///
    /// - Throws: ``Problem`` 422 that names the field.
    private static func settings(_ context: ServeContext, timeZone: String?) throws -> UserSettings {
        guard let name = context.form.text("name") else { throw Problem.invalid(["name": "A user needs a name."]) }
        guard let role = context.form["role"].flatMap(UserRole.init(rawValue:)) else {
            throw Problem.invalid(["role": "Choose a role."])
        }
        let campaigns = context.form.all("campaign").compactMap { Int64($0) }.map { CampaignID($0) }
        guard campaigns.isEmpty || role == .manager else {
            throw Problem.invalid([
                "campaign": "Only a manager is limited to campaigns; choose none, or the role manager."
            ])
        }
        return UserSettings(
            name: name, displayName: context.form.text("display_name") ?? name, role: role,
            campaigns: campaigns.isEmpty ? nil : Set(campaigns), timeZone: timeZone)
    }

    private static func add(
        _ parts: ServerParts, _ request: Request, _ context: ServeContext
    ) async throws -> Response {
        do {
            let settings = try settings(context, timeZone: nil)
            let user = try parts.store.addUser(settings, at: parts.now())
            let made = try await parts.act(
                "user_added", context, subject: "user \(user.id.value)", detail: user.role.rawValue
            ) { try link(for: user, parts) }
            return try page(user, parts, request, context, link: made)
        } catch let problem as Problem {
            return try list(parts, request, context, problem: problem.detail)
        } catch let error as StoreError {
            return try list(parts, request, context, problem: parts.told(error))
        }
    }

    private static func change(
        _ parts: ServerParts, _ request: Request, _ context: ServeContext
    ) async throws -> Response {
        let user = try user(context, parts)
        do {
            let settings = try settings(context, timeZone: user.timeZone)
            let changed = try parts.store.changeUser(
                user.id, settings, version: context.form["version"].flatMap { Int64($0) }, at: parts.now())
            try await parts.act(
                "user_changed", context, subject: "user \(user.id.value)",
                detail: user.role == changed.role ? nil : "\(user.role.rawValue) to \(changed.role.rawValue)"
            ) {}
            // What they may see may have changed: their pages ask anew.
            await parts.hub.endStreams(of: user.id)
            return Response.seeOther(path(user), saying: "\(changed.displayName) is changed.")
        } catch let problem as Problem {
            return try page(user, parts, request, context, problem: problem.detail)
        } catch let error as StoreError {
            return try page(user, parts, request, context, problem: parts.told(error))
        }
    }

    private static func setEnabled(_ parts: ServerParts, _ context: ServeContext) async throws -> Response {
        let user = try user(context, parts)
        guard let word = context.form["enabled"], ["yes", "no"].contains(word) else {
            throw Problem.invalid(["enabled": "Say yes or no."])
        }
        let isEnabled = word == "yes"
        let own = try context.user().id
        guard isEnabled || user.id != own else {
            return Response.seeOther(
                path(user), saying: "You cannot keep yourself out; another administrator can.", isError: true)
        }
        do {
            try await parts.act(isEnabled ? "user_enabled" : "user_disabled", context, subject: "user \(user.id.value)")
            {
                try parts.store.setEnabled(isEnabled, user: user.id, at: parts.now())
            }
        } catch let error as StoreError {
            return Response.seeOther(path(user), saying: parts.told(error), isError: true)
        }
        await parts.hub.endStreams(of: user.id)
        return Response.seeOther(
            path(user),
            saying: isEnabled
                ? "\(user.displayName) may log in again."
                : "\(user.displayName) is kept out; sessions and tokens ended.")
    }

    private static func page(
        _ user: User, _ parts: ServerParts, _ request: Request, _ context: ServeContext, link: String? = nil,
        problem: String? = nil
    ) throws -> Response {
        let time = ViewerTime(request, context)
        let sessions = try parts.store.sessions(
            of: user.id, idle: parts.settings.value.sessionIdle, at: parts.now())
        let now = parts.now()
        let tokens = try parts.store.tokens(of: user.id).filter { token in
            token.revokedAt == nil && token.expiresAt.map { now < $0 } == true
        }
        let factor = try parts.store.secondFactor(of: user.id)
        let shown = problem == nil ? nil : context.form
        return try AdministrationPages.page(
            "users", template: "user", title: user.displayName,
            [
                "path": path(user), "name": shown?["name"] ?? user.name,
                "displayName": shown?["display_name"] ?? user.displayName, "version": user.version,
                "isEnabled": user.isEnabled, "hasPassword": user.hasPassword,
                "isSelf": context.identity?.user.id == user.id,
                "roles": roles(shown?["role"].flatMap(UserRole.init(rawValue:)) ?? user.role),
                "campaigns": try campaignChoices(
                    shown.map { Set($0.all("campaign")) } ?? Set((user.campaigns ?? []).map { String($0.value) }), parts
                ),
                "link": link, "linkHours": parts.configuration.linkLength.components.seconds / 3600, "problem": problem,
                "sessions": sessions.map { session in
                    [
                        "address": session.address, "station": session.station ?? "–",
                        "since": time.element(session.createdAt), "seen": time.element(session.lastSeenAt),
                    ] as [String: Any]
                }, "hasSessions": !sessions.isEmpty,
                "tokens": tokens.map(\.name), "hasTokens": !tokens.isEmpty,
                "isAnywhere": !sessions.isEmpty || !tokens.isEmpty,
                "factor": factor.map { factor in
                    ["since": time.element(factor.confirmedAt), "left": factor.recoveryCodesLeft] as [String: Any]
                },
                "isFactorDemanded": SessionStart.mustSetUp(user, parts),
            ], scripts: ["users.js"], isProblem: problem != nil, parts, request, context)
    }
}
