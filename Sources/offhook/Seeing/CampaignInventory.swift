import CallingRules
import CampaignStore
import Campaigns
import Eligibility
import Reports

/// A campaign's inventory, read from the database under the rules that its engine would ask.
struct CampaignInventory {
    let report: InventoryReport
    let rules: EligibilityRules

    init(of stored: StoredCampaign, in store: CampaignStore, at now: Instant) throws {
        rules = try RuleLibrary.rules(of: stored.campaign, in: store)
        var report = InventoryReport(under: rules, at: now)
        let areas = try store.areasInUse(by: stored.id).map(\.area)
        try store.inventory(
            of: stored.id, individually: InventoryReport.needsEachContact(rules, areas: areas), at: now
        ) { report.add($0) }
        self.report = report
    }
}
