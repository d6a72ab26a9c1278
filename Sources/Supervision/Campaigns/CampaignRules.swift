import CallingRules
import CampaignStore
import Campaigns
import Eligibility

/// The rules of stored campaigns, their packs as they are now.
public enum CampaignRules {
    /// The rules of a campaign: its packs are those that come with Offhook and the company's own.
    ///
    /// - Parameter judged: the engine's now, by which packs can be too old to call by; nil where nobody dials by the answer, as of
    ///   another time.
    /// - Throws: `SupervisionError` where the campaign names a pack that is not there.
    public static func of(
        _ stored: StoredCampaign, in store: CampaignStore, _ share: ShareData, judgedAt judged: Instant? = nil
    ) throws -> EligibilityRules {
        let campaign = stored.campaign
        let packs = try share.packs(with: store)
        do {
            var rules = EligibilityRules(
                campaign: campaign, book: try RuleBook(names: campaign.callingRules.packs, among: packs),
                closures: try store.placeClosures(at: Instant(milliseconds: 0)), graceUntil: stored.graceUntil,
                clocks: share.clocks)
            rules.packsJudgedAt = judged
            return rules
        } catch {
            throw SupervisionError("Campaign \(campaign.name): \(error)")
        }
    }
}
