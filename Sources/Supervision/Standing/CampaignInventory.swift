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
    /// - Parameter judged: the engine's now, by which packs can be too old to call by; nil where nobody dials by the answer.
    /// - Throws: `SupervisionError` where a pack is missing; `StoreError`.
    public init(
        of stored: StoredCampaign, in store: CampaignStore, _ share: ShareData, judgedAt judged: Instant? = nil,
        at now: Instant
    ) throws {
        self = try Self.all([stored], in: store, share, judgedAt: judged, at: now)[0]
    }

    private init(report: InventoryReport, rules: EligibilityRules) {
        self.report = report
        self.rules = rules
    }

    /// The inventories of some campaigns in one look, in their order.
    ///
    /// - Throws: `SupervisionError` where a pack is missing; `StoreError`.
    public static func all(
        _ campaigns: [StoredCampaign], in store: CampaignStore, _ share: ShareData, judgedAt judged: Instant? = nil,
        at now: Instant
    ) throws -> [CampaignInventory] {
        let rules = try campaigns.map { try CampaignRules.of($0, in: store, share, judgedAt: judged) }
        let places = Dictionary(uniqueKeysWithValues: campaigns.enumerated().map { ($1.id, $0) })
        var reports = rules.map { InventoryReport(under: $0, at: now) }
        let questions = zip(campaigns, rules).map { stored, rules in
            InventoryQuestion(of: stored.id, totalAttempts: stored.campaign.retry.totalAttempts) {
                InventoryReport.needs(of: rules, in: $0, at: now)
            }
        }
        try store.inventory(of: questions, at: now) { campaign, group in
            if let place = places[campaign] { reports[place].add(group) }
        }
        return zip(reports, rules).map { CampaignInventory(report: $0, rules: $1) }
    }
}
