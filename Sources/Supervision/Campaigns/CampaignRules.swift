import CallingRules
import CampaignStore
import Campaigns
import Eligibility

/// The rules of stored campaigns, their packs as they are now.
public enum CampaignRules {
    /// The rules of a campaign: its packs are those that come with Offhook and the company's own.
    ///
    /// - Throws: `SupervisionError` where the campaign names a pack that is not there.
    public static func of(_ campaign: Campaign, in store: CampaignStore, _ share: ShareData) throws -> EligibilityRules
    {
        let packs = try share.packs(with: store)
        do {
            return EligibilityRules(
                campaign: campaign, book: try RuleBook(names: campaign.callingRules.packs, among: packs),
                closures: try store.placeClosures(at: Instant(milliseconds: 0)))
        } catch {
            throw SupervisionError("Campaign \(campaign.name): \(error)")
        }
    }
}
