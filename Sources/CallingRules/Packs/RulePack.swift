import Campaigns

/// Rules of jurisdictions, as versioned data with sources.
public struct RulePack: Sendable, Hashable {
    /// How sure the pack is of a rule.
    public enum Sureness: String, Sendable, CaseIterable, Hashable {
        /// A statute or a regulator.
        case high
        /// A secondary source.
        case medium
        /// From memory; check it before use.
        case low
    }

    /// The name that campaigns use, such as `us`.
    public let name: String
    /// The version, a date `2026-11-01`.
    public let version: String
    /// The regions whose numbers the pack is for; empty for `none`, which sets no rules.
    public let regions: Set<String>
    /// In the order of the file; all that fit an area hold together.
    public let rules: [Rule]
    /// The first instant of the version's day; nil where the version is no date. Read once, since every check of a rule asks.
    private let issued: Instant?

    init(name: String, version: String, regions: Set<String>, rules: [Rule]) {
        self.name = name
        self.version = version
        self.regions = regions
        self.rules = rules
        issued = CivilDate(version).map { Instant(milliseconds: $0.daysSince1970 * 86_400_000) }
    }

    /// The pack without rules.
    public static let none = RulePack(name: "none", version: "0", regions: [], rules: [])

    /// Every place that a rule names.
    public var places: Set<String> { Set(rules.flatMap(\.places)) }

    /// How old the pack is; nil for `none`.
    public func age(at instant: Instant) -> Duration? { issued.map { instant.since($0) } }

    /// Whether the pack has rules of its own for parts of a region.
    func hasSubdivisions(of region: String) -> Bool {
        rules.contains { $0.places.contains { $0.hasPrefix(region + "-") && Area.place($0) == $0 } }
    }

    /// Whether a rule of the pack names a place, be it to say that nothing stricter holds there.
    func names(_ place: String) -> Bool {
        let wanted = Area.place(place)
        return rules.contains { $0.places.contains { Area.place($0) == wanted } }
    }

    /// The rules that hold in any of some places, on whatever day.
    ///
    /// Where only the region is known because a number may be in several of its parts, the rules of all parts hold.
    func rules(regions: [String], jurisdictions: [String]) -> [Rule] {
        let wanted = Set((regions + jurisdictions).map(Area.place))
        return rules.filter { rule in
            rule.places.contains { place in
                wanted.contains(Area.place(place))
                    || regions.contains { jurisdictions.contains($0) && place.hasPrefix($0 + "-") }
            }
        }
    }
}
