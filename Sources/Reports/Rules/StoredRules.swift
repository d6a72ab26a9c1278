import CallingRules
import CampaignStore
import Campaigns
import Eligibility
import Foundation

/// The rules of stored campaigns, their packs as they are now.
public enum StoredRules {
    /// The rules of a campaign, by the packs that come with Offhook and the company's own.
    ///
    /// - Throws: `StoreError.refused` where it names a pack that is not there.
    public static func rules(
        of campaign: Campaign, in store: CampaignStore, shipped: [String: RulePack]
    ) throws -> EligibilityRules {
        let packs = shipped.merging(try store.rulePacks()) { shipped, _ in shipped }
        do {
            return EligibilityRules(
                campaign: campaign, book: try RuleBook(names: campaign.callingRules.packs, among: packs))
        } catch {
            throw StoreError.refused("Campaign \(campaign.name): \(error)")
        }
    }

    /// The packs that come with Offhook, by name; `none` is always there.
    ///
    /// - Parameter share: the folder with `rules`.
    public static func shippedPacks(share: URL) throws -> [String: RulePack] {
        let folder = share.appendingPathComponent("rules")
        var packs = ["none": RulePack.none]
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".yaml") }
        for file in files.sorted() {
            let text = try String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8)
            let pack = try RulePackFile.read(text, file: file)
            packs[pack.name] = pack
        }
        return packs
    }
}
