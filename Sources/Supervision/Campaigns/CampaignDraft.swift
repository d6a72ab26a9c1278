import CallingRules
import CampaignStore
import Campaigns
import Eligibility
import ListImport
import PhoneNumbers

/// A campaign's file and script as somebody wrote them, not stored yet.
public struct CampaignDraft: Sendable {
    /// The file's name, for messages.
    public let file: String
    public let yaml: String
    public let campaign: Campaign
    public let script: String?
    /// The fields of its lists that the script names.
    public let scriptFields: [String]

    /// Reads the text of a campaign's file.
    ///
    /// - Parameter script: the text of a script by the name that the file gives it.
    /// - Throws: `FileProblems` with every mistake of file or script; `SupervisionError` for columns that are mapped to no
    ///   field; what `script` throws.
    public init(yaml: String, file: String, script read: (String) throws -> String?) throws {
        self.file = file
        self.yaml = yaml
        campaign = try CampaignFile.read(yaml, file: file)
        script = try campaign.script.flatMap(read)
        let name = campaign.script ?? file
        scriptFields = try script.map { try CallScript($0, file: name).fields } ?? []
        for (column, field) in campaign.mapping.sorted(by: { $0.key < $1.key }) where ListField(field) == nil {
            throw SupervisionError(
                "\(file): mapping: the column “\(column)” is mapped to “\(field)”, which is no field; write one of "
                    + "\(ListField.spellings.joined(separator: ", ")), or custom:NAME.")
        }
    }

    /// What the file's own text cannot tell: packs and zones that do not exist are errors; what cannot work is a warning.
    ///
    /// - Parameters:
    ///   - own: the company's own packs by name.
    ///   - used: those of them that the campaign names, as files: a pack of that name may belong to another file.
    ///   - store: what the campaign's contacts need is checked as well; nil where there is no database yet.
    ///   - looksAtEach: whether contacts are looked at one by one, which takes seconds for millions: not while somebody types.
    /// - Returns: what cannot work, or is odd, a sentence each.
    /// - Throws: `SupervisionError`.
    public func warnings(
        _ share: ShareData, own: [String: RulePack], used: [(pack: RulePack, yaml: String, file: String)] = [],
        in store: CampaignStore?, looksAtEach: Bool = true, at now: Instant
    ) throws -> [String] {
        let packs = try share.packs().merging(own) { shipped, _ in shipped }
        let book: RuleBook
        do {
            book = try RuleBook(names: campaign.callingRules.packs, among: packs)
        } catch {
            throw SupervisionError("\(file): \(error)")
        }
        if case .fixed(let zone) = campaign.callingRules.timeZone, ZoneClock(zone) == nil {
            throw SupervisionError(
                "\(file): “\(zone)” is no time zone; write contact, or an IANA name such as America/New_York.")
        }
        let rules = EligibilityRules(
            campaign: campaign, book: book, closures: try store?.placeClosures(at: now) ?? [])
        var areas: [(area: Area, contacts: Int)] = []
        var withoutConsent: Int?
        var missing: [String] = []
        if let kept = campaign.retention.chosen[.calls] {
            let memory = CallMemory(of: [rules])
            if let problem = memory.problem(keeping: kept) { throw SupervisionError("\(file): retention: \(problem).") }
            missing += memory.keepsAll.map { ["retention: \($0)"] } ?? []
        }
        if let store {
            try used.forEach { try store.checkRulePack($0.pack, yaml: $0.yaml, file: $0.file) }
            missing += ServingStations(of: campaign).missing(among: try store.devices())
            if let stored = try store.campaigns().first(where: { $0.campaign.name == campaign.name }) {
                areas = try store.areasInUse(by: stored.id)
                withoutConsent = try store.contactsWithoutConsent(of: stored.id, under: rules, at: now)
                if looksAtEach {
                    let disputed = try DisputedPlaces(of: stored.id, in: store, atlas: share.atlas())
                    missing += disputed.finding.map { [$0] } ?? []
                }
                missing += Self.missing(scriptFields, among: try store.latestCards(of: stored.id, limit: 100))
            }
        }
        let check = CampaignCheck(
            rules, areas: areas, sampleZones: try share.atlas().zones(ofRegion: campaign.region),
            withoutConsent: withoutConsent,
            names: try share.atlas().stateNames, at: now)
        return check.findings + missing
    }

    /// What the script names and none of some contacts has.
    private static func missing(_ wanted: [String], among cards: [ContactCard]) -> [String] {
        guard !cards.isEmpty else { return [] }
        return ScriptFields.missing(wanted, among: cards.flatMap { $0.fields.pairs.map(\.name) })
            .map { "the script names “\($0)”, and none of the \(cards.count) contacts looked at has such a field" }
    }
}
