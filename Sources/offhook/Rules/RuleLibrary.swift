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
    /// The update in force; nil where the packs are those of the installation.
    let updated: RuleUpdate?

    var all: [String: RulePack] { shipped.merging(own) { shipped, _ in shipped } }

    /// Where a pack is from, for people.
    func origin(of pack: RulePack) -> String {
        if shipped[pack.name] == nil { return "own" }
        guard let updated, updated.packs[pack.name] == pack else { return "Offhook" }
        return "update of \(updated.issued.iso8601.prefix(10))"
    }

    /// The shipped packs with those of an update, and those stored with earlier campaigns where the database is there.
    init(_ database: DatabaseOptions) throws {
        let share = try ShareDirectory.data(database.path)
        shipped = try share.packs()
        updated = try share.updates?.current()
        own = FileManager.default.fileExists(atPath: database.path) ? try database.openToRead().rulePacks() : [:]
    }

    /// The rules of a stored campaign, its packs as they are now.
    static func rules(of stored: StoredCampaign, in store: CampaignStore) throws -> EligibilityRules {
        try CampaignRules.of(stored, in: store, ShareDirectory.data(store.path))
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
