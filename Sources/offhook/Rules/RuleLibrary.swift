import CallingRules
import CampaignStore
import Campaigns
import Eligibility
import Foundation
import Supervision

/// Every rule pack that a campaign can name: those that come with Offhook, and the company's own.
struct RuleLibrary {
    /// A company's own pack, as its file is now.
    struct OwnPack {
        var pack: RulePack
        var yaml: String
        var file: String
    }

    let shipped: [String: RulePack]
    let own: [String: RulePack]

    var all: [String: RulePack] { shipped.merging(own) { shipped, _ in shipped } }

    /// The shipped packs, and those stored with earlier campaigns where the database is there.
    init(_ database: DatabaseOptions) throws {
        shipped = try ShareDirectory.packs()
        own = FileManager.default.fileExists(atPath: database.path) ? try database.openToRead().rulePacks() : [:]
    }

    /// The rules of a stored campaign, its packs as they are now.
    static func rules(of campaign: Campaign, in store: CampaignStore) throws -> EligibilityRules {
        try CampaignRules.of(campaign, in: store, ShareDirectory.data())
    }

    /// The company's packs beside a campaign: `rules/*.yaml` in the campaign's folder and in the one above it.
    static func beside(_ folder: URL, shipped: [String: RulePack]) throws -> [OwnPack] {
        var packs: [OwnPack] = []
        let atlas = try ShareDirectory.atlas()
        let folder = folder.standardizedFileURL.resolvingSymlinksInPath()
        for place in [folder, folder.deletingLastPathComponent()] {
            let rules = place.appendingPathComponent("rules")
            let files = (try? FileManager.default.contentsOfDirectory(atPath: rules.path)) ?? []
            for file in files.sorted() where file.hasSuffix(".yaml") {
                let path = rules.appendingPathComponent(file).path
                let yaml = try TextFile.read(path)
                let pack = try RulePackFile.read(yaml, file: path, atlas: atlas)
                guard shipped[pack.name] == nil else {
                    throw CommandFailure("\(path): “\(pack.name)” is a pack of Offhook; give yours another name.")
                }
                if !packs.contains(where: { $0.pack.name == pack.name }) {
                    packs.append(OwnPack(pack: pack, yaml: yaml, file: path))
                }
            }
        }
        return packs
    }
}
