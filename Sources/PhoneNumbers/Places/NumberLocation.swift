/// Where a number may be, as far as its digits tell.
public struct NumberLocation: Sendable, Hashable {
    /// ISO 3166-1 alpha-2; nil when it cannot be told.
    public var region: String?
    /// Every IANA zone that the number could be in, sorted; empty when nothing is known.
    public var zones: [String]
    /// Whose rules hold: `US-FL`, `CA-ON` (ISO 3166-2); the region itself where it has no finer one or the digits leave
    /// several open (`CA` of area code 902, which two provinces share); nil when it cannot be told (a US toll-free number).
    public var jurisdiction: String?

    /// A location from its parts.
    public init(region: String?, zones: [String], jurisdiction: String?) {
        self.region = region
        self.zones = zones
        self.jurisdiction = jurisdiction
    }

    /// Nothing is known.
    public static let unknown = NumberLocation(region: nil, zones: [], jurisdiction: nil)
}
