import CampaignStore
import Campaigns
import Eligibility
import Reports

/// A campaign's inventory, read from the database under the rules that its engine would ask.
public struct CampaignInventory {
    public let report: InventoryReport
    public let rules: EligibilityRules

    /// Reads a campaign's inventory; it costs a look at all of its contacts.
    ///
    /// - Throws: `SupervisionError` where a pack is missing; `StoreError`.
    public init(of stored: StoredCampaign, in store: CampaignStore, _ share: ShareData, at now: Instant) throws {
        rules = try CampaignRules.of(stored.campaign, in: store, share)
        var report = InventoryReport(under: rules, at: now)
        let areas = try store.areasInUse(by: stored.id).map(\.area)
        try store.inventory(
            of: stored.id, individually: InventoryReport.needsEachContact(rules, areas: areas),
            memory: InventoryReport.memory(of: rules, areas: areas),
            total: stored.campaign.retry.totalAttempts, at: now
        ) { report.add($0) }
        self.report = report
    }
}
