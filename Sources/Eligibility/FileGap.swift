import CallingRules
import Campaigns

/// Something that a campaign's file has to say before anybody is called in a place: which do-not-call registry binds it, or
/// which rules hold. What is missing is closed, so that nobody merely forgot.
public struct FileGap: Sendable, Hashable {
    /// The code of the reason: `registry_not_named` or `no_rule`.
    public var code: String
    /// What is missing, and the exact lines for the file of which one is enough.
    public var text: String
    /// When the rule ends that asks for it; nil for no end.
    public var ruleEnds: Instant?

    /// Why nobody is called.
    public var reason: Reason { Reason(code: code, text: text) }
}

extension EligibilityRules {
    /// How long a campaign that was running when its database was upgraded goes on although its file says too little.
    public static let grace: Duration = .seconds(7 * 86_400)

    /// What the file leaves unsaid for an area on the days of an instant, be it closed for that already or not; nil where nothing
    /// is missing.
    public func gap(in area: Area, at instant: Instant) -> FileGap? {
        let settings = campaign.callingRules
        if !settings.isPackChosen { return FileGap(code: "no_rule", text: RuleBook.noPackText(for: campaign.region)) }
        guard campaign.suppression.isSilent else { return nil }
        let here = rules(of: area)
        let days = here.days(at: instant)
        let asking = here.holding.entries.filter {
            $0.rule.registry != nil && $0.rule.isForCountry && $0.rule.holds(onAnyOf: days)
        }
        guard let first = asking.first else { return nil }
        let ends = asking.map { here.end(of: $0.rule) }
        return FileGap(
            code: "registry_not_named", text: Self.text(of: first, in: area),
            ruleEnds: ends.contains { $0 == nil } ? nil : ends.compactMap { $0 }.max())
    }

    /// What the file leaves unsaid for an area and closes it at an instant: while the grace lasts, nothing does.
    public func closingGap(in area: Area, at instant: Instant) -> FileGap? {
        if let graceUntil, instant < graceUntil { return nil }
        return gap(in: area, at: instant)
    }

    /// What the file leaves unsaid for every region that the campaign's packs are for; nil where one of them may be called.
    public func gapEverywhere(at instant: Instant) -> FileGap? {
        let regions = Set(book.packs.flatMap(\.regions)).union([campaign.region]).sorted()
        // The campaign's own region is the one that people know it by.
        let ordered = [campaign.region] + regions.filter { $0 != campaign.region }
        let gaps = ordered.map { gap(in: Area(zones: [], region: $0, jurisdiction: $0), at: instant) }
        return gaps.contains(nil) ? nil : gaps.first ?? nil
    }

    /// Why nobody at all is called at an instant, as far as the file decides it.
    public func closedByFile(at instant: Instant) -> Reason? {
        if let graceUntil, instant < graceUntil { return nil }
        return gapEverywhere(at: instant)?.reason
    }

    /// What is said while a campaign goes on although its file leaves something unsaid; nil where nothing is missing, or the
    /// grace is over.
    public func graceWarning(_ gap: FileGap?, at instant: Instant) -> String? {
        guard let graceUntil, instant < graceUntil, let gap else { return nil }
        return
            "It goes on until \(graceUntil.iso8601.prefix(10)) (UTC), since it was running when the database was upgraded, and "
            + "calls nobody from then on: \(gap.text)"
    }

    /// The do-not-call lists of single states that hold in an area on the days of an instant, each with its place, where the
    /// file does not say that no registry applies.
    public func stateRegistries(in area: Area, at instant: Instant) -> [(place: String, name: String)] {
        guard campaign.suppression.noneBecause == nil else { return [] }
        let here = rules(of: area)
        let days = here.days(at: instant)
        let wanted = Set(area.jurisdictions.map(Area.place))
        return here.holding.entries.flatMap { entry -> [(place: String, name: String)] in
            guard let name = entry.rule.registry, !entry.rule.isForCountry, entry.rule.holds(onAnyOf: days) else {
                return []
            }
            return entry.rule.places.filter { wanted.contains(Area.place($0)) }
                .filter { !campaign.suppression.names(registry: name, of: $0) }.map { ($0, name) }
        }
    }

    private static func text(of entry: RuleBook.Entry, in area: Area) -> String {
        let region = area.regions.first { region in entry.rule.places.contains { Area.place($0) == region } }
        let source = "\((region ?? "country").lowercased())-dnc"
        return
            "\(region ?? "The country") has a do-not-call registry, the \(entry.rule.registry ?? ""), and the campaign's file names "
            + "none. Load its file with offhook dnc import FILE --source \(source) --replace and add the line "
            + "suppression: { registries: [\(source)] } or, where no registry applies, the line "
            + "suppression: { none_because: \"WHY NONE APPLIES\" }"
    }
}

extension RulePack.Rule {
    /// Whether it holds in a whole country, and not in a part of one alone.
    public var isForCountry: Bool { places.contains { !Area.place($0).contains("-") } }
}
