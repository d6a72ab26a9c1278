import Foundation

extension NumberAtlas {
    /// The zones that a text of a time zone column means, all of which may be the person's: an IANA name wherever it stands in
    /// the text, a former name, one of Windows, of CRMs, or spoken in North America; else an offset or an abbreviation, which
    /// means every zone of the row's country that keeps it.
    ///
    /// - Parameter region: of the row's numbers.
    /// - Returns: empty where the text cannot be read, or names nothing that the country has.
    public func zones(named text: String, region: String) -> [String] {
        zoneMemory.zones("\(region) \(text)") { readZones(named: text, region: region) }
    }

    private func readZones(named text: String, region: String) -> [String] {
        let read = ZoneText(text)
        let here = zones(ofRegion: region)
        for name in read.names {
            // A name without a slash says no more than an abbreviation where it is one.
            let isPlace = name.contains("/") || name.contains("_slash_")
            let found = zoneNames.zones(named: name, in: region, keeping: here)
            guard !found.isEmpty else { continue }
            if isPlace { return found }
            return agreeing(found, with: read)
        }
        for name in read.names {
            let offsets = ZoneAbbreviations.standardOffsets(of: name)
            let found = here.filter { offsets.contains(self.offsets(of: $0).standard) }
            if !found.isEmpty { return agreeing(distinct(found), with: read) }
        }
        let places = read.places.flatMap { zoneNames.zones(named: $0, in: region, keeping: here) }
        if !places.isEmpty {
            let ours = places.filter(here.contains)
            return agreeing(Set(ours.isEmpty ? places : ours).sorted(), with: read)
        }
        guard let offset = read.offset else { return [] }
        let isNow = read.isOffsetOfNow || !read.names.isEmpty
        return distinct(
            here.filter {
                let zone = offsets(of: $0)
                return zone.standard == offset || (isNow && zone.daylight == offset)
            })
    }

    /// The zones of a name, unless the offset beside it is of none of them: then the text contradicts itself.
    private func agreeing(_ found: [String], with text: ZoneText) -> [String] {
        guard let offset = text.offset else { return found }
        return found.contains { zone in
            let known = offsets(of: zone)
            return known.standard == offset || known.daylight == offset
        } ? found : []
    }

    /// One zone for each clock, the one of the largest places first where it is known.
    private func distinct(_ zones: [String]) -> [String] {
        var known: [ZoneOffsets: String] = [:]
        for zone in zones {
            let offsets = self.offsets(of: zone)
            guard let other = known[offsets] else {
                known[offsets] = zone
                continue
            }
            if Self.largest.contains(zone), !Self.largest.contains(other) { known[offsets] = zone }
        }
        return known.values.sorted()
    }

    /// Zones that stand for others of the same clock.
    private static let largest: Set<String> = [
        "America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles", "America/Anchorage",
        "America/Toronto", "America/Winnipeg", "America/Edmonton", "America/Halifax", "America/Sao_Paulo",
        "America/Mexico_City", "America/Argentina/Buenos_Aires", "Australia/Sydney", "Australia/Adelaide",
        "Australia/Perth", "Europe/Madrid", "Europe/Berlin", "Europe/Moscow", "Europe/Lisbon",
    ]

    /// Whether the tables have the states or provinces of a country.
    public func knowsStates(of region: String) -> Bool { states.hasStates(of: region) }

    /// Whether the tables have the postal codes of a country.
    public func knowsPostalCodes(of region: String) -> Bool { states.hasPostalCodes(of: region) }

    /// The state or province that a text names in a country; nil if it is none that is known.
    public func state(named name: String, region: String) -> StatedPlace? {
        states.state(named: name, in: region).map(Self.place)
    }

    /// Where a postal code is: its state, province or overseas part, and the zones that the code leaves of it; nil where that
    /// cannot be told.
    public func place(ofPostalCode code: String, region: String) -> StatedPlace? {
        states.state(ofPostalCode: code, in: region).map(Self.place)
    }

    /// What a row's state and postal code say together: the part that the code names where it lies in the state, and both
    /// places where it does not.
    public func place(state: StatedPlace?, postalCode: StatedPlace?) -> StatedPlace? {
        guard let state, let postalCode else { return state ?? postalCode }
        return postalCode.jurisdictions == state.jurisdictions && !postalCode.zones.filter(state.zones.contains).isEmpty
            ? postalCode : state.or(postalCode)
    }

    /// Where a number that was read may be.
    public func location(of reading: NumberReading) -> NumberLocation {
        location(of: reading.number, region: reading.region, kind: reading.kind)
    }

    private static func place(_ state: StateTable.State) -> StatedPlace {
        StatedPlace(
            jurisdictions: [state.jurisdiction], regions: [state.placeRegion], zones: state.zones)
    }
}
