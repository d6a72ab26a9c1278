import CampaignStore
import HTTPTypes
import Hummingbird

/// Users, tokens, the audit log, settings, back-ups and health: for administrators.
enum AdministrationPages {
    static func add(to table: inout RouteTable, _ parts: ServerParts) {
        table.get("/administration", .page(.administrator), "leads to the users") { _, _ in
            Response.seeOther("/administration/users")
        }
        UserPages.add(to: &table, parts)
        TokenPages.add(to: &table, parts)
        AuditPages.add(to: &table, parts)
        RulePages.add(to: &table, parts)
        SettingsPages.add(to: &table, parts)
        BackupPages.add(to: &table, parts)
        HealthPages.add(to: &table, parts)
    }

    private static let tabs: [(path: String, label: String)] = [
        ("users", "Users"), ("tokens", "API tokens"), ("audit", "Audit log"),
        ("rules", "Calling rules"), ("settings", "Settings"),
        ("backup", "Backup"), ("health", "Health"),
    ]

    /// A page of the administration, with the way to the others.
    static func page(
        _ tab: String, template: String? = nil, title: String, _ model: PageModel = [:], scripts: [String] = [],
        isProblem: Bool = false, _ parts: ServerParts, _ request: Request, _ context: ServeContext
    ) throws -> Response {
        var model = model
        model["tabs"] = tabs.map {
            ["path": "/administration/\($0.path)", "label": $0.label, "isHere": $0.path == tab] as [String: Any]
        }
        return try parts.pages.page(
            "administration/\(template ?? tab)", title: title, model, scripts: scripts,
            status: isProblem ? .unprocessableContent : .ok, request, context)
    }
}
