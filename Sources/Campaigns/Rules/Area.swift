/// What decides when one may call: the zones a number could be in, and whose rules hold there.
public struct Area: Sendable, Hashable, Codable {
    /// IANA zone names, sorted; empty when nothing is known. All of them must be open.
    public var zones: [String]
    /// ISO 3166 region of the number, such as `US`; nil when unknown.
    public var region: String?
    /// ISO 3166-2 subdivision or region whose rules hold, such as `US-FL`; several joined by a plus, `US-FL+US-NY`, where the
    /// number and the list name different ones, whose rules all hold; nil when it cannot be told.
    public var jurisdiction: String?

    /// An area from its parts; zones are sorted.
    public init(zones: [String], region: String?, jurisdiction: String?) {
        self.zones = zones.sorted()
        self.region = region
        self.jurisdiction = jurisdiction
    }

    /// Each subdivision or region whose rules hold, in the order of ``jurisdiction``; empty where that cannot be told.
    public var jurisdictions: [String] { jurisdiction?.split(separator: "+").map(String.init) ?? [] }

    /// The number's region, and those of all jurisdictions: a pack must cover each of them. Empty where no region is known.
    public var regions: [String] {
        guard let region else { return [] }
        return jurisdictions.map(Self.region(ofJurisdiction:)).reduce(into: [region]) { known, region in
            if !known.contains(region) { known.append(region) }
        }
    }

    /// The territories of the United States, each a region of its own in ISO 3166-1 and a subdivision in ISO 3166-2.
    private static let territories: Set<String> = ["PR", "VI", "GU", "AS", "MP"]

    /// A place by the name that it has alone: a territory of the United States is a region, `PR`, and may be written `US-PR`.
    package static func place(_ text: String) -> String {
        guard text.hasPrefix("US-"), territories.contains(String(text.dropFirst(3))) else { return text }
        return String(text.dropFirst(3))
    }

    /// The region that a jurisdiction lies in: US of `US-FL`, PR of `US-PR`, FR of `FR`.
    package static func region(ofJurisdiction jurisdiction: String) -> String {
        let parts = jurisdiction.split(separator: "-", maxSplits: 1).map(String.init)
        guard parts.count == 2 else { return jurisdiction }
        return parts[0] == "US" && territories.contains(parts[1]) ? parts[1] : parts[0]
    }
}
