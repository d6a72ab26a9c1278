import Foundation

/// States and provinces as lists name them, and the postal codes that lie in them: `share/number-data/states.tsv` and
/// `postal.tsv`.
struct StateTable: Sendable {
    struct State: Sendable {
        var region: String
        var jurisdiction: String
        var zones: [String]
    }

    private struct PostalRange: Sendable {
        var from: String
        var to: String
        var state: String
    }

    /// By region and name or code, lower case.
    private var states: [String: [String: State]] = [:]
    /// By region, each as `US-FL`.
    private(set) var codes: [String: Set<String>] = [:]
    private var postal: [String: [PostalRange]] = [:]

    init(directory: URL, zonesByJurisdiction: [String: Set<String>]) throws(AtlasProblem) {
        let table = try AtlasTable(directory: directory, name: "states.tsv", columns: 5)
        for row in table.rows {
            let (region, code, jurisdiction) = (row.columns[0], row.columns[1], row.columns[2])
            var zones = AtlasTable.list(row.columns[4])
            if zones.isEmpty { zones = (zonesByJurisdiction[jurisdiction] ?? []).sorted() }
            if zones.isEmpty { throw table.problem(in: row, "no zone is known for “\(jurisdiction)”") }
            let state = State(region: region, jurisdiction: jurisdiction, zones: zones)
            codes[region, default: []].insert("\(region)-\(code)")
            let names = [code, "\(region)-\(code)"] + row.columns[3].split(separator: "|").map(String.init)
            for name in names { states[region, default: [:]][Self.key(name)] = state }
        }
        let ranges = try AtlasTable(directory: directory, name: "postal.tsv", columns: 4)
        for row in ranges.rows {
            guard states[row.columns[0]]?[Self.key(row.columns[3])] != nil, row.columns[1].count == row.columns[2].count
            else { throw ranges.problem(in: row, "“\(row.columns[3])” is no state of states.tsv") }
            postal[row.columns[0], default: []].append(
                PostalRange(from: row.columns[1], to: row.columns[2], state: row.columns[3]))
        }
    }

    func hasStates(of region: String) -> Bool { states[region] != nil }

    func hasPostalCodes(of region: String) -> Bool { postal[region] != nil }

    func state(named name: String, in region: String) -> State? {
        states[region]?[Self.key(name)]
    }

    /// The state of a postal code; nil where its beginning does not tell. A code of the United States whose leading
    /// zeros a spreadsheet has eaten is read with them.
    func state(ofPostalCode code: String, in region: String) -> State? {
        guard let ranges = postal[region] else { return nil }
        var code = code.uppercased().filter { $0.isLetter || $0.isNumber }
        if region == "US" || region == "AU" {
            let plain = code.prefix(region == "US" && code.count > 5 ? max(code.count - 4, 0) : code.count)
            guard plain.allSatisfy(\.isNumber), (3...5).contains(plain.count) else { return nil }
            let length = region == "US" ? 5 : 4
            guard plain.count <= length else { return nil }
            code = String(repeating: "0", count: length - plain.count) + plain
        }
        let found = ranges.first { range in
            let start = code.prefix(range.from.count)
            return start.count == range.from.count && start >= range.from && start <= range.to
        }
        return found.flatMap { state(named: $0.state, in: region) }
    }

    private static func key(_ name: String) -> String {
        name.lowercased().filter { $0 != "." }.split(separator: " ").joined(separator: " ")
    }
}
