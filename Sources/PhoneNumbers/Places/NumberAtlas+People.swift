import Foundation

/// What a list says of where a person is; it has the word over what a number says.
public struct StatedPlace: Sendable, Hashable {
    /// ISO 3166-1 alpha-2 of the state's country; nil where no state was told.
    public var region: String?
    /// The state's zones; empty where no state was told.
    public var zones: [String]
    /// Whose rules hold; nil where no state was told.
    public var jurisdiction: String?

    /// Nothing was said.
    public static let unstated = StatedPlace(region: nil, zones: [], jurisdiction: nil)
}

extension NumberAtlas {
    /// Names that people in North America give their zones. Where some of those who say so keep another clock, both are
    /// named, and both must be open.
    private static let spokenZones: [String: [String]] = [
        "eastern": ["America/New_York"], "est": ["America/New_York"], "edt": ["America/New_York"],
        "et": ["America/New_York"], "central": ["America/Chicago"], "cst": ["America/Chicago"],
        "cdt": ["America/Chicago"], "ct": ["America/Chicago"], "mountain": ["America/Denver", "America/Phoenix"],
        "mst": ["America/Denver", "America/Phoenix"], "mdt": ["America/Denver"],
        "mt": ["America/Denver", "America/Phoenix"], "pacific": ["America/Los_Angeles"],
        "pst": ["America/Los_Angeles"], "pdt": ["America/Los_Angeles"], "pt": ["America/Los_Angeles"],
        "alaska": ["America/Anchorage"], "akst": ["America/Anchorage"], "akdt": ["America/Anchorage"],
        "hawaii": ["Pacific/Honolulu"], "hst": ["Pacific/Honolulu"], "atlantic": ["America/Halifax"],
        "newfoundland": ["America/St_Johns"],
    ]

    /// The zones that a text of a time zone column means: an IANA name, or a spoken name of North America. An offset such
    /// as `-5` is none, since it is wrong for half of the year.
    ///
    /// - Parameter region: of the row's numbers.
    public func zones(named text: String, region: String) -> [String] {
        let name = text.trimmingCharacters(in: .whitespaces)
        if name.contains("/"), TimeZone(identifier: name) != nil, isZone(name) { return [name] }
        guard ["US", "CA"].contains(region) else { return [] }
        var word = name.lowercased()
        for ending in [" standard time", " daylight time", " time"] where word.hasSuffix(ending) {
            word.removeLast(ending.count)
        }
        return Self.spokenZones[word] ?? []
    }

    /// Whether the tables have the states or provinces of a country.
    public func knowsStates(of region: String) -> Bool { states.hasStates(of: region) }

    /// Whether the tables have the postal codes of a country.
    public func knowsPostalCodes(of region: String) -> Bool { states.hasPostalCodes(of: region) }

    /// The state or province that a text names in a country; nil if it is none that is known.
    public func state(named name: String, region: String) -> StatedPlace? {
        states.state(named: name, in: region).map(Self.place)
    }

    /// The state or province of a postal code; nil where that cannot be told.
    public func state(ofPostalCode code: String, region: String) -> StatedPlace? {
        states.state(ofPostalCode: code, in: region).map(Self.place)
    }

    /// Where a number that was read may be.
    public func location(of reading: NumberReading) -> NumberLocation {
        location(of: reading.number, region: reading.region, kind: reading.kind)
    }

    /// Where a person with this number is, if their list says so; the number's own place where it does not. A number of
    /// another country than the list speaks of keeps its own country's rules, and the clocks of both places: which of the
    /// two is right, nobody can tell.
    public func location(
        of reading: NumberReading, stated: StatedPlace, statedZones: [String]
    ) -> NumberLocation {
        var place = location(of: reading)
        if let jurisdiction = stated.jurisdiction, stated.region == place.region || place.region == nil {
            place.jurisdiction = jurisdiction
            place.zones = stated.zones
        } else if stated.jurisdiction != nil {
            place.zones = Set(place.zones + stated.zones).sorted()
        }
        guard !statedZones.isEmpty else { return place }
        let known = place.region.map(zones(ofRegion:)) ?? []
        // A zone of another country than the number's: perhaps the person, perhaps a mistake. Both clocks must be open.
        let isPlausible = known.isEmpty || statedZones.allSatisfy(known.contains)
        place.zones = isPlausible ? statedZones : Set(place.zones + statedZones).sorted()
        return place
    }

    private static func place(_ state: StateTable.State) -> StatedPlace {
        StatedPlace(region: state.region, zones: state.zones, jurisdiction: state.jurisdiction)
    }
}
