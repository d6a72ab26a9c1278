import CampaignStore
import Campaigns
import Hummingbird

/// Who a session or a token is, under `/api/v1/me`.
enum MeResource {
    static func add(to table: inout RouteTable, _ parts: ServerParts) {
        table.schemas.add(
            MeView.self, details: ["role": ["enum": AttemptResources.words(UserRole.self)]],
            example: [
                "user_id": 1, "name": "crm", "display_name": "CRM", "role": "manager", "scopes": ["calls:read"],
                "token": "nightly export",
            ])
        table.get(
            "/api/v1/me", .anyToken(.agent), "who the session or the token is, and what it may do",
            Operation("getMe", tag: "interface", answers: [.init(200, "who it is", schema: "MeView")])
        ) { _, context in
            let user = try context.user()
            let names = try parts.store.campaigns().filter { user.campaigns?.contains($0.id) ?? false }
            let view = MeView(
                userId: user.id.value, name: user.name, displayName: user.displayName, role: user.role.rawValue,
                campaigns: user.campaigns == nil ? nil : names.map(\.campaign.name),
                timeZone: user.timeZone, station: context.identity?.session?.station,
                token: context.identity?.token?.name,
                scopes: context.identity?.token.map { $0.scopes.sorted() },
                endsAt: (context.identity?.token?.expiresAt ?? context.identity?.session?.expiresAt)?.iso8601)
            return Response.json(view)
        }
    }
}

/// The answer of `/api/v1/me`.
struct MeView: Codable, Sendable {
    var userId: Int64
    var name: String
    var displayName: String
    var role: String
    /// The campaigns that a manager is limited to; missing where they may see all.
    var campaigns: [String]?
    var timeZone: String?
    var station: String?
    /// The token's name; missing for a session.
    var token: String?
    /// What the token may do; missing for a session, which may do all that the role allows.
    var scopes: [String]?
    var endsAt: String?
}
