import CallingRules
import Campaigns
import Foundation

/// A campaign's file with its script, read from disk.
struct CampaignSource {
    let path: String
    let yaml: String
    let campaign: Campaign
    let script: String?

    /// Reads a file, or `campaign.yaml` of a folder.
    init(_ given: String) throws {
        var isFolder: ObjCBool = false
        let exists = FileManager.default.fileExists(atPath: given, isDirectory: &isFolder)
        path =
            exists && isFolder.boolValue
            ? URL(fileURLWithPath: given).appendingPathComponent("campaign.yaml").path : given
        yaml = try TextFile.read(path)
        campaign = try CampaignFile.read(yaml, file: path)
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
        script = try campaign.script.map { try TextFile.read(folder.appendingPathComponent($0).path) }
    }

    /// What the file's own text cannot tell: packs and zones that do not exist are errors; what is odd is a warning.
    func check() throws -> [String] {
        let packs = try ShareDirectory.packs()
        let rules = campaign.callingRules
        do {
            _ = try RuleBook(names: rules.packs, among: packs)
        } catch {
            throw CommandFailure("\(path): \(error)")
        }
        if case .fixed(let zone) = rules.timeZone, ZoneClock(zone) == nil {
            throw CommandFailure(
                "\(path): “\(zone)” is no time zone; write contact, or an IANA name such as America/New_York.")
        }
        var warnings: [String] = []
        if rules.pack == "none", rules.windows == nil {
            warnings.append("no rule pack and no windows: numbers of this campaign are called at any hour")
        }
        if let windows = rules.windows, windows.spans.isEmpty {
            warnings.append("the windows are closed all week: nothing will ever be called")
        }
        if case .fixed(let zone) = rules.timeZone {
            warnings.append("the windows are read on the clock of \(zone), not on the contact's own")
        }
        return warnings
    }
}
