import Dialer
import CampaignStore
import Hummingbird

/// The first page of each role.
enum HomePages {
    static func add(to table: inout RouteTable, _ parts: ServerParts) {
        table.get("/", .page(.agent), "the first page after the log-in, by role") { request, context in
            let user = try context.user()
            if user.role == .agent { return try await DeskPages.page(parts, request, context) }
            return try parts.pages.page(
                "home/\(user.role.rawValue)", title: "Offhook",
                [
                    "name": user.displayName, "isStopping": await parts.engine.isStopping,
                    "callsOldAddress": try user.role == .administrator
                        && parts.settings.oldPhoneAddressCalledAt() != nil,
                    "warnings": try TokenWarnings.lines(for: user, parts, request, context),
                ], request, context)
        }
    }
}
