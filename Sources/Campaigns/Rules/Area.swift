/// What decides when one may call: the zones a number could be in, and whose rules hold there.
public struct Area: Sendable, Hashable, Codable {
    /// IANA zone names, sorted; empty when nothing is known. All of them must be open.
    public var zones: [String]
    /// ISO 3166 region, such as `US`; nil when unknown.
    public var region: String?
    /// ISO 3166-2 subdivision or region whose rules hold, such as `US-FL`; nil when it cannot be told.
    public var jurisdiction: String?

    /// An area from its parts; zones are sorted.
    public init(zones: [String], region: String?, jurisdiction: String?) {
        self.zones = zones.sorted()
        self.region = region
        self.jurisdiction = jurisdiction
    }
}
