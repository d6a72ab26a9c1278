import CallingRules
import CampaignStore
import Campaigns
import Eligibility

/// A campaign's inventory, read from the database under the rules that its engine would ask.
public struct CampaignInventory: Sendable {
    public let report: InventoryReport
    public let rules: EligibilityRules

    /// Reads the inventory of a campaign.
    ///
    /// - Parameter packs: those that come with Offhook; the company's own are stored with its campaigns.
    /// - Throws: `StoreError.refused` where the campaign names a pack that is not there.
    public init(
        of stored: StoredCampaign, in store: CampaignStore, packs: [String: RulePack], at now: Instant
    ) throws {
        rules = try StoredRules.rules(of: stored.campaign, in: store, shipped: packs)
        var report = InventoryReport(under: rules, at: now)
        let areas = try store.areasInUse(by: stored.id).map(\.area)
        try store.inventory(
            of: stored.id, individually: InventoryReport.needsEachContact(rules, areas: areas), at: now
        ) { report.add($0) }
        self.report = report
    }
}
