import CampaignStore
import Campaigns
import Foundation
import Hummingbird

/// The pages behind one-time links: the first administrator, and a new password.
enum SetupPages {
    static func add(to table: inout RouteTable, _ parts: ServerParts) {
        table.get("/setup/{secret}", .secretInPath, "asks for the first administrator's name and password") {
            request, context in
            guard case .setup = try link(parts, context) else { throw linkOver }
            return try parts.pages.page(
                "setup", title: "Set up Offhook", ["least": PasswordRule.least], scripts: ["zone.js"], request, context)
        }
        table.post("/setup/{secret}", .secretInPath, "creates the first administrator and logs in") {
            request, context in
            guard case .setup = try link(parts, context) else { throw linkOver }
            let name = NameText.cut(context.form.text("name") ?? "", to: NameText.mostOfName + 1)
            let password = context.form["password"] ?? ""
            if let problem = problem(context, userName: name) {
                return try parts.pages.page(
                    "setup", title: "Set up Offhook", ["least": PasswordRule.least, "name": name, "problem": problem],
                    status: .unprocessableContent, request, context)
            }
            let settings = UserSettings(
                name: name, displayName: context.form.text("display_name") ?? name, role: .administrator)
            let user = try parts.store.useSetupLink(
                tokenHash: try hash(context), settings,
                passwordHash: try await parts.passwords.hash(
                    password, account: name, address: context.remoteAddress), at: parts.now())
            try parts.store.audit(
                "administrator_created", by: user.name, from: context.remoteAddress, subject: "user \(user.id.value)",
                at: parts.now())
            await parts.hub.endStreams(of: user.id)
            return try await SessionStart.proceed(for: user, parts, context, to: "/")
        }
        table.get("/password/{secret}", .secretInPath, "asks for a new password") { request, context in
            guard case .password(let user) = try link(parts, context) else { throw linkOver }
            return try parts.pages.page(
                "password", title: "Set your password", ["name": user.name, "least": PasswordRule.least],
                scripts: ["zone.js"], request, context)
        }
        table.post("/password/{secret}", .secretInPath, "sets a new password and logs in") { request, context in
            guard case .password(let user) = try link(parts, context) else { throw linkOver }
            let password = context.form["password"] ?? ""
            if let problem = problem(context, userName: user.name) {
                return try parts.pages.page(
                    "password", title: "Set your password",
                    ["name": user.name, "least": PasswordRule.least, "problem": problem],
                    status: .unprocessableContent, request, context)
            }
            let hashed = try await parts.passwords.hash(
                password, account: user.name, address: context.remoteAddress)
            let (changed, ended) = try parts.store.usePasswordLink(
                tokenHash: try hash(context), passwordHash: hashed, at: parts.now())
            try parts.store.audit(
                "password_set", by: changed.name, from: context.remoteAddress, subject: "user \(changed.id.value)",
                detail: ended.text, at: parts.now())
            await parts.hub.endStreams(of: changed.id)
            return try await SessionStart.proceed(for: changed, parts, context, to: "/")
        }
    }

    private static func problem(_ context: ServeContext, userName: String) -> String? {
        let password = context.form["password"] ?? ""
        guard password == context.form["again"] else { return "The two passwords differ; type them again." }
        return PasswordRule.problem(password, userName: userName)
    }

    private static func hash(_ context: ServeContext) throws -> Data {
        SecretText.hash(of: try context.path("secret"))
    }

    private static func link(_ parts: ServerParts, _ context: ServeContext) throws -> LinkPurpose? {
        try parts.store.link(tokenHash: try hash(context), at: parts.now())
    }

    private static let linkOver = Problem(
        .notFound,
        "This link was used already or is too old. An administrator can make another; so can, on the server: offhook user reset NAME",
        code: "link_over")
}
