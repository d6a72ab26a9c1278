/// The pages and resources of managers.
enum ManagerRoutes {
    static func add(to table: inout RouteTable, _ parts: ServerParts) {
        FloorPages.add(to: &table, parts)
        StationResource.add(to: &table, parts)
        CampaignPages.add(to: &table, parts)
        CampaignResource.add(to: &table, parts)
        ListPages.add(to: &table, parts)
        ListResource.add(to: &table, parts)
        UploadResource.add(to: &table, parts)
        SuppressionPages.add(to: &table, parts)
        SuppressionResource.add(to: &table, parts)
        ContactPages.add(to: &table, parts)
        ContactResource.add(to: &table, parts)
    }
}
