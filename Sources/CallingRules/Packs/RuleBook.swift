import Campaigns

/// The packs that a campaign is under; a number is under every one of them that covers its region.
public struct RuleBook: Sendable, Hashable {
    /// One rule that holds in an area, and the pack it stands in.
    public struct Entry: Sendable, Hashable {
        public var pack: String
        public var rule: RulePack.Rule

        /// Where the rule is from, for reasons: `pack us, US-FL`.
        public func place(in area: Area) -> String {
            let own = Set(area.jurisdictions.map(Area.place))
            let place =
                rule.places.first { own.contains(Area.place($0)) } ?? rule.places.first(where: area.regions.contains)
            return "pack \(pack), \(place ?? rule.places.first ?? "")"
        }
    }

    /// What holds in an area.
    public struct Holding: Sendable, Hashable {
        public var entries: [Entry]
        /// Why the rules cannot be told; a call is then denied until a person changes something.
        public var problem: Reason?

        /// What holds from its parts.
        public init(entries: [Entry], problem: Reason?) {
            self.entries = entries
            self.problem = problem
        }
    }

    /// In the order of the campaign's file; never empty.
    public let packs: [RulePack]

    /// A book of packs.
    public init(_ packs: [RulePack]) {
        self.packs = packs.isEmpty ? [.none] : packs
    }

    /// The region of a campaign for which nobody named a pack and none is known: nothing may be called under it; nil for a
    /// book that somebody chose.
    public var unknownRegion: String?

    /// The packs of a campaign among all that are known.
    ///
    /// - Throws: `MissingPack`, which names the nearest one.
    public init(names: [String], among known: [String: RulePack]) throws(MissingPack) {
        var packs: [RulePack] = []
        for name in names {
            guard let pack = known[name] else { throw MissingPack(name: name, known: known.keys.sorted()) }
            packs.append(pack)
        }
        self.init(packs)
    }

    /// Looks for a purpose that Offhook does not know: a mistyped one would switch rules off without a word.
    ///
    /// - Throws: `UnknownPurpose`, which names the nearest one.
    public static func check(purposes wanted: [String]) throws(UnknownPurpose) {
        guard let problem = wanted.lazy.compactMap(CallPurpose.problem).first else { return }
        throw UnknownPurpose(description: "\(problem).")
    }

    /// Whether the book sets no rules at all.
    public var isNone: Bool { packs.allSatisfy(\.regions.isEmpty) }

    /// The packs that cover one of an area's regions; all of them where the book is `none`.
    public func packs(for area: Area) -> [RulePack] {
        isNone ? packs : packs.filter { pack in area.regions.contains(where: pack.regions.contains) }
    }

    /// The rules of an area for a campaign of some purposes, on whatever day and for whatever contact.
    ///
    /// - Parameter automated: whether the campaign counts as one that selects or dials numbers automatically.
    public func holding(
        in area: Area, purposes: Set<CallPurpose> = [.sales], automated: Bool = true
    ) -> Holding {
        if isNone {
            let problem = unknownRegion.map { region in
                Reason(
                    code: "no_rule",
                    text:
                        "No rule pack comes with Offhook for \(region), and the campaign names none: write one, or write the "
                        + "campaign's own hours as windows, or pack: none where no law sets hours.")
            }
            return Holding(entries: [], problem: problem)
        }
        let packs = packs(for: area)
        let names = self.packs.map(\.name).joined(separator: ", ")
        let regions = area.regions
        let bare = regions.first { region in !packs.contains { $0.regions.contains(region) } }
        if regions.isEmpty || bare != nil {
            let place = bare ?? "an unknown region"
            return Holding(
                entries: [],
                problem: Reason(
                    code: "no_rule",
                    text: "The rule pack “\(names)” has no rules for \(place); add a pack for it to the campaign."))
        }
        if area.jurisdiction == nil,
            let finer = packs.first(where: { pack in regions.contains(where: pack.hasSubdivisions(of:)) })
        {
            return Holding(
                entries: [],
                problem: Reason(
                    code: "jurisdiction_unknown",
                    text: "The number's state is not known, so the rules of pack “\(finer.name)” cannot be told."))
        }
        if let missing = (area.jurisdictions + regions).first(where: { !Self.isKnown($0, to: packs) }) {
            return Holding(
                entries: [],
                problem: Reason(
                    code: "no_rule",
                    text:
                        "The rule pack “\(names)” has no row for \(missing), so what its law asks is not known; write one in a "
                        + "pack of your own, with its hours or, where you looked and found nothing stricter, with "
                        + "nothing_stricter: true, and add that pack to the campaign."))
        }
        let entries = packs.flatMap { pack in
            pack.rules(regions: regions, jurisdictions: area.jurisdictions)
                .filter { $0.isAbout(purposes: purposes, automated: automated) }
                .map { Entry(pack: pack.name, rule: $0) }
        }
        return Holding(entries: entries, problem: nil)
    }

    /// Whether somebody looked at the law of a place: a row names it, or its region where no part of that has rows of its own.
    private static func isKnown(_ place: String, to packs: [RulePack]) -> Bool {
        if packs.contains(where: { $0.names(place) }) { return true }
        let region = Area.region(ofJurisdiction: place)
        let hasParts = packs.contains { $0.hasSubdivisions(of: region) }
        // Where a number may be in several parts of a region, the rows of all of them hold.
        return Area.place(place) == region ? hasParts : !hasParts && packs.contains { $0.names(region) }
    }
}

/// A campaign names a pack that is not there.
public struct MissingPack: Error, Sendable, Hashable, CustomStringConvertible {
    public var name: String
    public var known: [String]

    /// One sentence.
    public var description: String {
        // A region is meant by who writes its code: gb for the pack uk.
        let ofRegion = CallingRulesSettings.packsByRegion[name.uppercased()].flatMap { known.contains($0) ? $0 : nil }
        let hint = ofRegion.map { "; did you mean “\($0)”?" } ?? NearestName.hint(name, among: known)
        return "There is no rule pack “\(name)”"
            + (hint.isEmpty ? "; there are \(known.joined(separator: ", "))." : hint)
    }
}

/// A campaign is for a purpose that Offhook does not know.
public struct UnknownPurpose: Error, Sendable, Hashable, CustomStringConvertible {
    /// One sentence, with the purpose that was meant or all that there are.
    public var description: String
}
