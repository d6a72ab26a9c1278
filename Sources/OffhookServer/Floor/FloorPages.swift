import CallingRules
import CampaignStore
import Campaigns
import Hummingbird

/// The live floor.
enum FloorPages {
    static func add(to table: inout RouteTable, _ parts: ServerParts) {
        table.get("/floor", .page(.manager), "stations, campaigns and events, live") { request, context in
            let identity = try context.known()
            let campaigns = try parts.campaigns(for: identity).filter { $0.state != .archived }
            return try parts.pages.page(
                "floor/floor", title: "Floor",
                [
                    "campaigns": campaigns.map { CampaignPages.row($0) }, "hasCampaigns": !campaigns.isEmpty,
                    "closures": try parts.store.placeClosures(at: parts.now()).map { "\($0.sentence)." },
                    "isAdministrator": identity.user.role == .administrator,
                ], scripts: ["floor.js", "zone.js"], request, context)
        }
    }
}
