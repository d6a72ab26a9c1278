import CallingRules
import CampaignStore
import Campaigns
import Foundation
import Supervision

/// A campaign's file with its script, read from disk.
struct CampaignSource {
    let path: String
    let draft: CampaignDraft

    var campaign: Campaign { draft.campaign }

    /// Reads a file, or `campaign.yaml` of a folder.
    init(_ given: String) throws {
        var isFolder: ObjCBool = false
        let exists = FileManager.default.fileExists(atPath: given, isDirectory: &isFolder)
        path =
            exists && isFolder.boolValue
            ? URL(fileURLWithPath: given).appendingPathComponent("campaign.yaml").path : given
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
        draft = try CampaignDraft(yaml: TextFile.read(path), file: path) { name in
            try TextFile.read(folder.appendingPathComponent(name).path)
        }
    }

    /// What the file's own text cannot tell: packs and zones that do not exist are errors; what cannot work is a warning.
    ///
    /// - Parameter database: looked at where it is there: what the campaign's contacts need is checked as well.
    func check(_ database: DatabaseOptions) throws -> CampaignChecked {
        let share = try ShareDirectory.data(database.path)
        let own = try RuleLibrary.beside(URL(fileURLWithPath: path).deletingLastPathComponent(), shipped: share.packs())
        let store = FileManager.default.fileExists(atPath: database.path) ? try database.openToRead() : nil
        let packs = Dictionary(own.map { ($0.pack.name, $0.pack) }, uniquingKeysWith: { first, _ in first })
        let used = own.filter { campaign.callingRules.packs.contains($0.pack.name) }
        let warnings = try draft.warnings(
            share, own: packs, used: used.map { ($0.pack, $0.yaml, $0.file) }, in: store, at: database.now)
        return CampaignChecked(warnings: warnings, ownPacks: used)
    }
}

/// What a check of a campaign's file found.
struct CampaignChecked {
    /// What cannot work, or is odd, a sentence each.
    var warnings: [String]
    /// The company's own packs that the campaign names.
    var ownPacks: [RuleLibrary.OwnPack]
}
