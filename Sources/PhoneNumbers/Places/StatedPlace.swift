/// What a list's row says of where its person is: by state or province, by postal code, by time zone.
public struct StatedPlace: Sendable, Hashable {
    /// Whose rules hold where the row says; several where its state and its postal code differ; empty where it says nothing.
    public var jurisdictions: [String]
    /// ISO 3166-1 alpha-2 of those, in the same order.
    public var regions: [String]
    /// Every zone of the place; empty where none was told.
    public var zones: [String]
    /// The zones that a time zone column means, or where it cannot be read all of the row's country: all of them must be open.
    public var clocks: [String]

    /// A place from its parts.
    public init(jurisdictions: [String] = [], regions: [String] = [], zones: [String] = [], clocks: [String] = []) {
        self.jurisdictions = jurisdictions
        self.regions = regions
        self.zones = zones
        self.clocks = clocks
    }

    /// Nothing was said.
    public static let unstated = StatedPlace()

    /// This place and another, which may both be right.
    func or(_ other: StatedPlace) -> StatedPlace {
        var both = self
        for (jurisdiction, region) in zip(other.jurisdictions, other.regions)
        where !both.jurisdictions.contains(jurisdiction) {
            both.jurisdictions.append(jurisdiction)
            both.regions.append(region)
        }
        both.zones = Set(zones + other.zones).sorted()
        both.clocks = Set(clocks + other.clocks).sorted()
        return both
    }
}

/// Where a person may be by their number and by their row together.
public struct ReconciledPlace: Sendable, Hashable {
    public var location: NumberLocation
    /// Whether number and row name places that have nothing in common.
    public var isDisputed: Bool
}

extension NumberAtlas {
    /// Where a person with this number may be, if their row says something too.
    ///
    /// The number's places and the row's are all possible, so a row narrows the hours and never widens them, and the rules of
    /// both hold. Where the number's area code is one of the row's state, the zones that both name hold alone: 305 in Florida
    /// is Eastern, 850 with a ZIP code of Pensacola is Central.
    public func location(of reading: NumberReading, stated: StatedPlace) -> ReconciledPlace {
        let own = location(of: reading)
        var place = own
        var isDisputed = false
        if !stated.jurisdictions.isEmpty {
            let area = area(of: reading.number, region: reading.region)
            let common = self.common(own.zones, stated.zones)
            let agrees = area.map { area in stated.jurisdictions.allSatisfy(area.jurisdictions.contains) } ?? false
            if agrees, !common.isEmpty {
                place = NumberLocation(
                    region: stated.regions.count == 1 ? stated.regions[0] : own.region, zones: common,
                    jurisdiction: stated.jurisdictions.sorted().joined(separator: "+"))
            } else {
                place.zones = Set(own.zones + stated.zones).sorted()
                // A number of no place, such as a toll-free one, has no rules of its own beside the row's.
                let jurisdictions = Set([own.jurisdiction].compactMap(\.self) + stated.jurisdictions)
                place.jurisdiction = jurisdictions.sorted().joined(separator: "+")
                isDisputed = !mayMeet(own, area, stated)
            }
        }
        if !stated.clocks.isEmpty {
            place.zones = Set(place.zones + stated.clocks).sorted()
            let clocks = Set(own.zones.map(offsets(of:)))
            isDisputed =
                isDisputed || (!clocks.isEmpty && !stated.clocks.contains { clocks.contains(offsets(of: $0)) })
        }
        return ReconciledPlace(location: place, isDisputed: isDisputed)
    }

    /// The zones that are both a number's and its row's, by name, else by what their clocks show.
    private func common(_ own: [String], _ stated: [String]) -> [String] {
        let same = own.filter(stated.contains)
        guard same.isEmpty else { return same }
        let clocks = Set(stated.map(offsets(of:)))
        return own.filter { clocks.contains(offsets(of: $0)) }
    }

    /// Whether zones and jurisdictions that hold for a number name a place that the number itself is not in.
    public func isElsewhere(zones: [String], jurisdictions: [String], than reading: NumberReading) -> Bool {
        let own = location(of: reading)
        let clocks = Set(own.zones.map(offsets(of:)))
        if !clocks.isEmpty, zones.contains(where: { !clocks.contains(offsets(of: $0)) }) { return true }
        guard let jurisdiction = own.jurisdiction else { return false }
        let known = area(of: reading.number, region: reading.region)?.jurisdictions ?? []
        return jurisdictions.contains { $0 != jurisdiction && !known.contains($0) }
    }

    /// Whether one place can be both the number's and the row's.
    private func mayMeet(_ own: NumberLocation, _ area: Area?, _ stated: StatedPlace) -> Bool {
        let clocks = Set(own.zones.map(offsets(of:)))
        guard stated.zones.contains(where: { clocks.contains(offsets(of: $0)) }) else { return false }
        if let area { return stated.jurisdictions.contains(where: area.jurisdictions.contains) }
        return own.region.map(stated.regions.contains) ?? true
    }
}
