import Campaigns

/// Calling hours and caps of a jurisdiction, as versioned data with sources.
public struct RulePack: Sendable, Hashable {
    /// What a pack says of an area's hours.
    public enum Hours: Sendable, Hashable {
        /// The pack sets no hours.
        case always
        /// These hours hold, and whose they are.
        case windows(WeeklyWindows, place: String)
        /// The pack cannot tell; that denies.
        case unknown(Reason)
    }

    /// One rule with where it comes from.
    public struct Rule: Sendable, Hashable {
        /// `US`, or a subdivision such as `US-FL`.
        public var place: String
        public var windows: WeeklyWindows?
        public var caps: [AttemptCap]
        /// The statute or regulator, or how sure the pack is of it.
        public var source: String
    }

    /// The name that campaigns use, such as `us`.
    public let name: String
    /// The version, a date `2026-11-01`.
    public let version: String
    /// Rules by place.
    public let rules: [String: Rule]
    /// The region whose numbers the pack is for; nil for `none`, which sets no rules.
    public let region: String?

    init(name: String, version: String, region: String?, rules: [Rule]) {
        self.name = name
        self.version = version
        self.region = region
        self.rules = Dictionary(uniqueKeysWithValues: rules.map { ($0.place, $0) })
    }

    /// The pack without rules.
    public static let none = RulePack(name: "none", version: "0", region: nil, rules: [])

    /// The hours of an area: those of its jurisdiction, else of the pack's region.
    ///
    /// The rule of a subdivision replaces the region's own hours; each pack states the stricter of the two there.
    public func hours(for area: Area) -> Hours {
        guard let region else { return .always }
        guard area.region == region else {
            let place = area.region ?? "an unknown region"
            return .unknown(
                Reason(
                    code: "no_rule",
                    text: "The rule pack “\(name)” has no rules for \(place); use a campaign with a pack for it."))
        }
        guard let jurisdiction = area.jurisdiction else {
            return .unknown(
                Reason(
                    code: "jurisdiction_unknown",
                    text: "The number's state is not known, so the hours of pack “\(name)” cannot be told."))
        }
        guard let rule = rules[jurisdiction] ?? rules[region], let windows = rule.windows ?? rules[region]?.windows
        else {
            return .always
        }
        return .windows(windows, place: rule.windows == nil ? region : rule.place)
    }

    /// The caps of an area: its jurisdiction's and its region's together.
    public func caps(for area: Area) -> [AttemptCap] {
        guard let region, area.region == region else { return [] }
        let places = [region, area.jurisdiction].compactMap { $0 }
        return Array(Set(places)).sorted().flatMap { rules[$0]?.caps ?? [] }
    }
}
