import Foundation

/// States and provinces as lists name them, and the postal codes that lie in them: `share/number-data/states.tsv`,
/// `postal.tsv` and `postal-zones.tsv`.
struct StateTable: Sendable {
    struct State: Sendable {
        /// ISO 3166-1 alpha-2 of the place: PR of a row of the US that names Puerto Rico.
        var placeRegion: String
        var jurisdiction: String
        var zones: [String]
    }

    private struct PostalRange: Sendable {
        var from: String
        var to: String
        var state: String
    }

    /// Five digits of a postal code, both ends included, with its zones.
    private struct ZoneRange: Sendable {
        var codes: ClosedRange<Int>
        var zones: [String]
    }

    /// By region and name or code, lower case.
    private var states: [String: [String: State]] = [:]
    /// By region, each as `US-FL`.
    private(set) var codes: [String: Set<String>] = [:]
    /// The name of each as people know it, by its code `US-FL`; a territory also by its region, `PR`.
    private(set) var displayNames: [String: String] = [:]
    private var postal: [String: [PostalRange]] = [:]
    /// By region, in order.
    private var postalZones: [String: [ZoneRange]] = [:]
    /// Parts of a country that are regions of their own, by their codes.
    private var regions: [String: State] = [:]

    init(
        directory: URL, zonesByJurisdiction: [String: Set<String>], zonesByRegion: [String: [String]]
    ) throws(AtlasProblem) {
        let table = try AtlasTable(directory: directory, name: "states.tsv", columns: 5)
        for row in table.rows {
            let (region, code, jurisdiction) = (row.columns[0], row.columns[1], row.columns[2])
            var zones = AtlasTable.list(row.columns[4])
            if zones.isEmpty { zones = (zonesByJurisdiction[jurisdiction] ?? []).sorted() }
            if zones.isEmpty { throw table.problem(in: row, "no zone is known for “\(jurisdiction)”") }
            // A territory that has a region of its own, and that region's zones, is a place of it.
            let isRegion = region == "US" && zonesByRegion[code] == zones
            let state = State(placeRegion: isRegion ? code : region, jurisdiction: jurisdiction, zones: zones)
            codes[region, default: []].insert("\(region)-\(code)")
            if let name = row.columns[3].split(separator: "|").first {
                displayNames["\(region)-\(code)"] = String(name)
                displayNames[state.jurisdiction] = String(name)
            }
            let names = [code, "\(region)-\(code)"] + row.columns[3].split(separator: "|").map(String.init)
            for name in names { states[region, default: [:]][Self.key(name)] = state }
        }
        for (region, zones) in zonesByRegion {
            regions[region] = State(placeRegion: region, jurisdiction: region, zones: zones)
        }
        let ranges = try AtlasTable(directory: directory, name: "postal.tsv", columns: 4)
        for row in ranges.rows {
            let (region, name) = (row.columns[0], row.columns[3])
            let isPlace = hasStates(of: region) ? states[region]?[Self.key(name)] != nil : regions[name] != nil
            guard isPlace, row.columns[1].count == row.columns[2].count else {
                throw ranges.problem(in: row, "“\(name)” is no state of states.tsv, nor a region of regions.tsv")
            }
            postal[region, default: []].append(PostalRange(from: row.columns[1], to: row.columns[2], state: name))
        }
        let zones = try AtlasTable(directory: directory, name: "postal-zones.tsv", columns: 4)
        for row in zones.rows {
            guard let from = Int(row.columns[1]), let to = Int(row.columns[2]), from <= to,
                postalZones[row.columns[0]]?.last.map({ $0.codes.upperBound < from }) ?? true
            else { throw zones.problem(in: row, "its codes are no range behind those of the row before") }
            postalZones[row.columns[0], default: []].append(
                ZoneRange(codes: from...to, zones: AtlasTable.list(row.columns[3])))
        }
    }

    func hasStates(of region: String) -> Bool { states[region] != nil }

    func hasPostalCodes(of region: String) -> Bool { postal[region] != nil }

    /// The state of a code or name, also beside other words, as `CA - California`, `Calif., USA` or `Portland, OR`: the parts that
    /// are states must all be the same one.
    func state(named name: String, in region: String) -> State? {
        guard let states = states[region] else { return nil }
        if let state = states[name.lowercased()] ?? states[Self.key(name)] { return state }
        let parts = name.split(whereSeparator: { ",;/()[]-–|".contains($0) }).map { Self.key($0) }
        let found = parts.compactMap { states[$0] }
        guard parts.count > 1, let first = found.first,
            found.allSatisfy({ $0.jurisdiction == first.jurisdiction && $0.zones == first.zones })
        else { return nil }
        return first
    }

    /// The place of a postal code; nil where its beginning does not tell. A code whose leading zeros a spreadsheet has eaten is
    /// read with them, and one that it took for a quantity (`90210.0`) without its decimals.
    func state(ofPostalCode code: String, in region: String) -> State? {
        guard let ranges = postal[region] else { return nil }
        var code = Self.withoutDecimals(code).uppercased().filter { $0.isLetter || $0.isNumber }
        if let length = Self.digits[region] {
            let plain = code.prefix(region == "US" && code.count > 5 ? max(code.count - 4, 0) : code.count)
            guard plain.allSatisfy(\.isNumber), (3...length).contains(plain.count) else { return nil }
            code = String(repeating: "0", count: length - plain.count) + plain
        }
        let found = ranges.first { range in
            let start = code.prefix(range.from.count)
            return start.count == range.from.count && start >= range.from && start <= range.to
        }
        guard let name = found?.state else { return nil }
        guard hasStates(of: region) else { return regions[name] }
        guard var state = state(named: name, in: region) else { return nil }
        if let zones = zones(ofPostalCode: code, in: region)?.filter(state.zones.contains), !zones.isEmpty {
            state.zones = zones
        }
        return state
    }

    /// How many digits postal codes have where they are digits alone.
    private static let digits = ["US": 5, "AU": 4, "FR": 5]

    private func zones(ofPostalCode code: String, in region: String) -> [String]? {
        guard let ranges = postalZones[region], let value = Int(code) else { return nil }
        var (low, high) = (0, ranges.count)
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].codes.upperBound < value { low = middle + 1 } else { high = middle }
        }
        return low < ranges.count && ranges[low].codes.contains(value) ? ranges[low].zones : nil
    }

    private static func withoutDecimals(_ code: String) -> Substring {
        guard let point = code.lastIndex(where: { ".,".contains($0) }) else { return code[...] }
        let behind = code[code.index(after: point)...]
        let before = code[..<point]
        let isQuantity =
            (1...2).contains(behind.count) && behind.allSatisfy { $0 == "0" } && before.allSatisfy(\.isNumber)
        return isQuantity ? before : code[...]
    }

    private static func key(_ name: some StringProtocol) -> String {
        name.folding(options: .diacriticInsensitive, locale: nil).lowercased().filter { $0 != "." }
            .split(separator: " ").joined(separator: " ")
    }
}
