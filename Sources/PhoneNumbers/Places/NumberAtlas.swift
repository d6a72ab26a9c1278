import Foundation

/// Where numbers are: the tables of `share/number-data`, loaded once and then only read.
///
/// A mobile or ported number keeps its area code wherever its holder goes, so the answer is the number's area, not the
/// person's. Every zone that any part of the area keeps is named.
public struct NumberAtlas: Sendable {
    /// What the tables say of the numbers of one area.
    struct Area: Sendable {
        var region: String
        /// Empty: the numbers have no place within the region.
        var jurisdictions: [String]
        var zones: [String]

        var isGeographic: Bool { !jurisdictions.isEmpty }

        var location: NumberLocation {
            NumberLocation(
                region: region, zones: zones,
                jurisdiction: jurisdictions.count > 1 ? region : jurisdictions.first)
        }
    }

    private let zonesByRegion: [String: [String]]
    /// By North American area code.
    private let northAmerica: [Int: Area]
    /// By the leading E.164 digits.
    private let areas: PrefixTable<Area>
    /// Zones by the leading E.164 digits, for numbers that `areas` says nothing of.
    private let zonesByPrefix: PrefixTable<[String]>
    let states: StateTable
    let zoneNames: ZoneNames
    let zoneMemory = ZoneMemory()
    private let allZones: Set<String>

    /// Reads `regions.tsv`, `nanp.tsv`, `areas.tsv`, `zones.tsv`, `states.tsv`, `postal.tsv`, `postal-zones.tsv` and
    /// `zone-names.tsv`.
    ///
    /// - Throws: ``AtlasProblem`` naming the file, and the line if one is damaged.
    public init(directory: URL) throws(AtlasProblem) {
        let regions = try AtlasTable(directory: directory, name: "regions.tsv", columns: 2)
        var zonesByRegion: [String: [String]] = [:]
        for row in regions.rows {
            zonesByRegion[row.columns[0]] = AtlasTable.list(row.columns[1])
        }
        self.zonesByRegion = zonesByRegion
        allZones = Set(zonesByRegion.values.joined())

        var northAmerica: [Int: Area] = [:]
        let nanp = try AtlasTable(directory: directory, name: "nanp.tsv", columns: 4)
        for row in nanp.rows {
            guard let code = Int(row.columns[0]), (200...999).contains(code), northAmerica[code] == nil else {
                throw nanp.problem(in: row, "“\(row.columns[0])” is no area code, or stands twice")
            }
            northAmerica[code] = try Self.area(row, of: nanp, zonesByRegion)
        }
        self.northAmerica = northAmerica

        var areas: [Int64: Area] = [:]
        let elsewhere = try AtlasTable(directory: directory, name: "areas.tsv", columns: 4)
        for row in elsewhere.rows {
            guard let prefix = Int64(row.columns[0]), areas[prefix] == nil else {
                throw elsewhere.problem(in: row, "“\(row.columns[0])” is not made of digits, or stands twice")
            }
            areas[prefix] = try Self.area(row, of: elsewhere, zonesByRegion)
        }
        self.areas = PrefixTable(areas)

        var zones: [Int64: [String]] = [:]
        let prefixes = try AtlasTable(directory: directory, name: "zones.tsv", columns: 2)
        for row in prefixes.rows {
            guard let prefix = Int64(row.columns[0]), zones[prefix] == nil else {
                throw prefixes.problem(in: row, "“\(row.columns[0])” is not made of digits, or stands twice")
            }
            zones[prefix] = AtlasTable.list(row.columns[1])
        }
        zonesByPrefix = PrefixTable(zones)

        var zonesByJurisdiction: [String: Set<String>] = [:]
        for area in northAmerica.values {
            for jurisdiction in area.jurisdictions {
                zonesByJurisdiction[jurisdiction, default: []].formUnion(area.zones)
            }
        }
        states = try StateTable(
            directory: directory, zonesByJurisdiction: zonesByJurisdiction, zonesByRegion: zonesByRegion)
        zoneNames = try ZoneNames(directory: directory, known: allZones)
    }

    /// Where a number may be.
    ///
    /// - Parameters:
    ///   - region: the region that reading the number gave, if any. It decides where the digits alone do not.
    ///   - kind: what the number is for. Only a fixed line is held to the part of a country that its first digits name;
    ///     any other keeps all of the country's zones.
    public func location(of number: PhoneNumber, region: String?, kind: NumberKind = .unknown) -> NumberLocation {
        if let parts = NorthAmericanNumber(number) {
            guard let area = northAmerica[parts.areaCode] else { return placeless(in: region) }
            return area.isGeographic ? area.location : placeless(in: region ?? area.region)
        }
        if let area = area(of: number, region: region) { return area.location }
        if let region {
            return NumberLocation(
                region: region, zones: kind == .fixedLine ? zones(of: number, in: region) : zones(ofRegion: region),
                jurisdiction: region)
        }
        return sharedCode(of: number)
    }

    /// The part of a country that a number's first digits name, or the regions whose numbers cannot be told apart; nil for a
    /// number of no such place.
    func area(of number: PhoneNumber, region: String?) -> Area? {
        if let parts = NorthAmericanNumber(number) {
            return northAmerica[parts.areaCode].flatMap { $0.isGeographic ? $0 : nil }
        }
        if let region, Self.oneIsland.contains(region) {
            return Area(
                region: region, jurisdictions: Self.oneIsland,
                zones: Set(Self.oneIsland.flatMap(zones(ofRegion:))).sorted())
        }
        // Christmas Island and the Cocos Islands have numbers among those of Western Australia, and clocks of their own.
        return areas.value(leading: number.digits).flatMap { $0.region == region ?? $0.region ? $0 : nil }
    }

    /// Guadeloupe with Saint-Barthélemy and Saint-Martin, which parted from it in 2007 and share its numbers.
    private static let oneIsland = ["BL", "GP", "MF"]

    /// All IANA zones of a region, sorted; empty if the region is unknown.
    ///
    /// - Parameter region: ISO 3166-1 alpha-2, upper case.
    public func zones(ofRegion region: String) -> [String] {
        zonesByRegion[region] ?? []
    }

    /// The states or provinces of a region, each as `US-FL`; empty where the number data tell none apart.
    ///
    /// - Parameter region: ISO 3166-1 alpha-2, upper case.
    public func subdivisions(ofRegion region: String) -> Set<String> {
        states.codes[region] ?? []
    }

    /// The names of states and provinces by their codes: `Oregon` for `US-OR`.
    public var stateNames: [String: String] { states.displayNames }

    /// Whether a zone is one that some region keeps.
    func isZone(_ name: String) -> Bool { allZones.contains(name) }

    /// The place of a North American number whose area code and exchange can be in use; nil for any other number.
    func assignedArea(of number: PhoneNumber) -> Area? {
        guard let parts = NorthAmericanNumber(number), parts.hasAssignableExchange,
            let area = northAmerica[parts.areaCode], area.isGeographic
        else { return nil }
        return area
    }

    private func placeless(in region: String?) -> NumberLocation {
        guard let region else { return .unknown }
        return NumberLocation(region: region, zones: zones(ofRegion: region), jurisdiction: nil)
    }

    /// The zones that the number's first digits tell, as far as the region has them; else all of the region's.
    private func zones(of number: PhoneNumber, in region: String) -> [String] {
        let all = zones(ofRegion: region)
        guard let told = zonesByPrefix.value(leading: number.digits) else { return all }
        let known = told.filter(all.contains)
        return known.isEmpty ? all : known
    }

    /// A number that fits none of the regions that share its country code may be in any of them.
    private func sharedCode(of number: PhoneNumber) -> NumberLocation {
        guard case .success(let parsed) = LibPhoneNumber.parse(number.e164, region: LibPhoneNumber.noRegion) else {
            return .unknown
        }
        let regions = LibPhoneNumber.regions(ofCallingCode: parsed.callingCode)
        return NumberLocation(
            region: nil, zones: Set(regions.flatMap(zones(ofRegion:))).sorted(), jurisdiction: nil)
    }

    private static func area(
        _ row: AtlasTable.Row, of table: AtlasTable, _ zonesByRegion: [String: [String]]
    ) throws(AtlasProblem) -> Area {
        guard let all = zonesByRegion[row.columns[1]] else {
            throw table.problem(in: row, "the region “\(row.columns[1])” is not in regions.tsv")
        }
        let zones = AtlasTable.list(row.columns[3])
        return Area(
            region: row.columns[1], jurisdictions: AtlasTable.list(row.columns[2]), zones: zones.isEmpty ? all : zones)
    }
}
