import CallingRules
import CampaignStore
import Foundation
import PhoneNumbers
import Reports

/// The data files of Offhook that requests ask: rule packs and what numbers tell. Read once at the start.
public struct ReferenceData: Sendable {
    /// The rule packs that come with Offhook, by name.
    public let packs: [String: RulePack]
    public let atlas: NumberAtlas
    /// Reads numbers by the library and, for young area codes, by the atlas.
    public let numbers: NumberReader

    /// Reads the files below a share folder.
    ///
    /// - Throws: `StoreError.refused` where they cannot be read.
    init(share: URL) throws {
        do {
            packs = try StoredRules.shippedPacks(share: share)
            atlas = try NumberAtlas(directory: share.appendingPathComponent("number-data"))
            numbers = NumberReader(atlas: atlas)
        } catch {
            throw StoreError.refused(
                "The data files in \(share.path) cannot be read: \(error). Set OFFHOOK_SHARE to Offhook's share folder."
            )
        }
    }

    /// All packs by name, the company's own included.
    func allPacks(_ store: CampaignStore) throws -> [String: RulePack] {
        packs.merging(try store.rulePacks()) { shipped, _ in shipped }
    }
}
