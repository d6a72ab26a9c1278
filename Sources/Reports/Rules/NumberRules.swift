import CallingRules
import Campaigns
import Eligibility
import PhoneNumbers

/// The rules that hold for a number by its place, and when hours and holidays let it be called.
public struct NumberRules: Sendable {
    public let number: PhoneNumber
    public let place: NumberLocation
    /// The packs that were asked.
    public let packs: [String]
    /// The rules that hold on that day, each with its pack; some of them not for every contact.
    public let rules: [(pack: String, rule: RulePack.Rule)]
    /// Why no rule can be named; nil where all is known.
    public let problem: String?
    /// Whether hours and holidays allow a call.
    public let hours: Verdict

    /// Finds the rules of a number.
    ///
    /// - Parameters:
    ///   - names: the packs to go by; nil for the one of the number's region.
    ///   - purposes: what the calls are for, such as `debt_collection`.
    ///   - known: all packs that there are.
    /// - Throws: `MissingPack`; `UnknownPurpose` where Offhook does not know a purpose.
    public init(
        _ reading: NumberReading, packs names: [String]?, purposes: [String], among known: [String: RulePack],
        atlas: NumberAtlas, at now: Instant
    ) throws {
        number = reading.number
        place = atlas.location(of: reading)
        let area = Area(zones: place.zones, region: place.region, jurisdiction: place.jurisdiction)
        let region = place.region ?? ""
        let own =
            CallingRulesSettings.packsByRegion[region]
            ?? known.values.filter { $0.regions.contains(region) }.map(\.name).min()
        packs = names ?? [own ?? "none"]
        let book = try RuleBook(names: packs, among: known)
        try RuleBook.check(purposes: purposes)
        var settings = CallingRulesSettings(pack: packs.first ?? "none")
        settings.purposes = purposes
        let clocks = ZoneClocks()
        let holding = book.holding(in: area, purposes: settings.claimedPurposes)
        let days = AreaRules.Rules(
            holding: holding, packs: [], clocks: area.zones.compactMap { clocks.clock($0) }
        ).days(at: now)
        rules = holding.entries.filter { entry in entry.rule.holds(onAnyOf: days) }.map { ($0.pack, $0.rule) }
        // What has no rules is never open: a campaign under no pack is held by its own windows alone, which nobody can ask here.
        let bare: Reason? =
            if !book.isNone {
                nil
            } else if names == nil {
                Reason(
                    code: "no_rule",
                    text:
                        "No rule pack covers \(place.region ?? "an unknown region"): write one for it (docs/calling-rules.md) and "
                        + "name it in the campaign.")
            } else {
                Reason(
                    code: "no_rule",
                    text: "The pack “none” sets no rules: only the windows of a campaign's own file hold under it.")
            }
        problem = bare?.text ?? holding.problem?.text
        hours =
            bare.map { .denied(until: nil, [$0]) }
            ?? CallingHours(area: area, rules: settings, holidays: .none, book: book, clocks: clocks)
            .verdict(at: now, margin: DialSettings().ringTimeout)
    }
}
