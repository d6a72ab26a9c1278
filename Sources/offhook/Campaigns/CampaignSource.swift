import CallingRules
import CampaignStore
import Campaigns
import Eligibility
import Foundation
import ListImport
import PhoneNumbers

/// A campaign's file with its script, read from disk.
struct CampaignSource {
    let path: String
    let yaml: String
    let campaign: Campaign
    let script: String?
    /// The fields of its lists that the script names.
    let scriptFields: [String]

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
        let name = campaign.script ?? path
        scriptFields = try script.map { try CallScript($0, file: name).fields } ?? []
        for (column, field) in campaign.mapping.sorted(by: { $0.key < $1.key }) where ListField(field) == nil {
            throw CommandFailure(
                "\(path): mapping: the column “\(column)” is mapped to “\(field)”, which is no field; write one of "
                    + "\(ListField.spellings.joined(separator: ", ")), or custom:NAME.")
        }
    }

    /// What the file's own text cannot tell: packs and zones that do not exist are errors; what cannot work is a warning.
    ///
    /// - Parameter database: looked at where it is there: what the campaign's contacts need is checked as well.
    func check(_ database: DatabaseOptions) throws -> CampaignChecked {
        let shipped = try ShareDirectory.packs()
        let own = try RuleLibrary.beside(URL(fileURLWithPath: path).deletingLastPathComponent(), shipped: shipped)
        let packs = shipped.merging(own.map { ($0.pack.name, $0.pack) }) { shipped, _ in shipped }
        let book: RuleBook
        do {
            book = try RuleBook(names: campaign.callingRules.packs, among: packs)
            try book.check(purposes: campaign.callingRules.purposes)
        } catch {
            throw CommandFailure("\(path): \(error)")
        }
        if case .fixed(let zone) = campaign.callingRules.timeZone, ZoneClock(zone) == nil {
            throw CommandFailure(
                "\(path): “\(zone)” is no time zone; write contact, or an IANA name such as America/New_York.")
        }
        let rules = EligibilityRules(campaign: campaign, book: book)
        let used = own.filter { campaign.callingRules.packs.contains($0.pack.name) }
        var areas: [(area: Area, contacts: Int)] = []
        var withoutConsent: Int?
        var missing: [String] = []
        if FileManager.default.fileExists(atPath: database.path) {
            let store = try database.open()
            try used.forEach { try store.checkRulePack($0.pack, yaml: $0.yaml, file: $0.file) }
            missing = ServingStations(of: campaign).missing(among: try store.devices())
            if let stored = try store.campaigns().first(where: { $0.campaign.name == campaign.name }) {
                areas = try store.areasInUse(by: stored.id)
                withoutConsent = try store.contactsWithoutConsent(of: stored.id, under: rules, at: database.now)
                missing += Self.missing(scriptFields, among: try store.latestCards(of: stored.id, limit: 100))
            }
        }
        let check = CampaignCheck(
            rules, areas: areas, sampleZones: try ShareDirectory.atlas().zones(ofRegion: campaign.region),
            withoutConsent: withoutConsent, at: database.now)
        return CampaignChecked(warnings: check.findings + missing, ownPacks: used)
    }

    /// What the script names and none of some contacts has.
    private static func missing(_ wanted: [String], among cards: [ContactCard]) -> [String] {
        let known = Set(cards.flatMap { $0.fields.pairs.map { $0.name.lowercased() } })
        guard !cards.isEmpty else { return [] }
        return wanted.filter { !known.contains($0.lowercased()) }
            .map { "the script names “\($0)”, and none of the \(cards.count) contacts looked at has such a field" }
    }
}

/// What a check of a campaign's file found.
struct CampaignChecked {
    /// What cannot work, or is odd, a sentence each.
    var warnings: [String]
    /// The company's own packs that the campaign names.
    var ownPacks: [RuleLibrary.OwnPack]
}
