import Foundation

/// The names that people and programs give time zones: IANA names in any of their spellings, former ones, those of Windows and
/// of CRMs. `share/number-data/zone-names.tsv` and what is written here.
struct ZoneNames: Sendable {
    /// By key, in the order of the table: the first for nowhere in particular.
    private var zones: [String: [String]] = [:]
    /// By the key of their last part: `newyork`.
    private var cities: [String: Set<String>] = [:]

    /// Names of Ruby on Rails, which many CRMs show, where they are no city of an IANA name (ActiveSupport::TimeZone, read
    /// 2026-12-01), and HubSpot's.
    private static let rails: [String: String] = [
        "International Date Line West": "Pacific/Midway", "Midway Island": "Pacific/Midway",
        "American Samoa": "Pacific/Pago_Pago", "Hawaii": "Pacific/Honolulu", "Alaska": "America/Anchorage",
        "Pacific Time (US & Canada)": "America/Los_Angeles", "Mountain Time (US & Canada)": "America/Denver",
        "Central Time (US & Canada)": "America/Chicago", "Eastern Time (US & Canada)": "America/New_York",
        "Arizona": "America/Phoenix", "Saskatchewan": "America/Regina", "Guadalajara": "America/Mexico_City",
        "Central America": "America/Guatemala", "Indiana (East)": "America/Indiana/Indianapolis",
        "Quito": "America/Guayaquil", "Atlantic Time (Canada)": "America/Halifax", "Newfoundland": "America/St_Johns",
        "Brasilia": "America/Sao_Paulo", "Georgetown": "America/Guyana", "Greenland": "America/Nuuk",
        "Mid-Atlantic": "Atlantic/South_Georgia", "Cape Verde Is.": "Atlantic/Cape_Verde",
        "Edinburgh": "Europe/London", "Bern": "Europe/Zurich", "West Central Africa": "Africa/Algiers",
        "Pretoria": "Africa/Johannesburg", "St. Petersburg": "Europe/Moscow", "Abu Dhabi": "Asia/Dubai",
        "Ekaterinburg": "Asia/Yekaterinburg", "Islamabad": "Asia/Karachi", "Chennai": "Asia/Kolkata",
        "Mumbai": "Asia/Kolkata", "New Delhi": "Asia/Kolkata", "Astana": "Asia/Almaty",
        "Sri Jayawardenepura": "Asia/Colombo", "Hanoi": "Asia/Bangkok", "Beijing": "Asia/Shanghai",
        "Osaka": "Asia/Tokyo", "Sapporo": "Asia/Tokyo", "Canberra": "Australia/Sydney",
        "Solomon Is.": "Pacific/Guadalcanal", "New Caledonia": "Pacific/Noumea", "Marshall Is.": "Pacific/Majuro",
        "Wellington": "Pacific/Auckland", "Nuku'alofa": "Pacific/Tongatapu", "Tokelau Is.": "Pacific/Fakaofo",
        "Chatham Is.": "Pacific/Chatham", "Samoa": "Pacific/Apia",
    ]

    /// Spoken names of North America, for the United States and for Canada. Where some of those who say so keep another clock,
    /// both are named, and both must be open.
    private static let spoken: [String: (us: [String], canada: [String])] = [
        "eastern": (["America/New_York"], ["America/Toronto"]), "est": (["America/New_York"], ["America/Toronto"]),
        "edt": (["America/New_York"], ["America/Toronto"]), "et": (["America/New_York"], ["America/Toronto"]),
        "central": (["America/Chicago"], ["America/Regina", "America/Winnipeg"]),
        "cst": (["America/Chicago"], ["America/Regina", "America/Winnipeg"]),
        "cdt": (["America/Chicago"], ["America/Winnipeg"]),
        "ct": (["America/Chicago"], ["America/Regina", "America/Winnipeg"]),
        "mountain": (["America/Denver", "America/Phoenix"], ["America/Edmonton"]),
        "mst": (["America/Denver", "America/Phoenix"], ["America/Edmonton"]),
        "mdt": (["America/Denver"], ["America/Edmonton"]),
        "mt": (["America/Denver", "America/Phoenix"], ["America/Edmonton"]),
        "pacific": (["America/Los_Angeles"], ["America/Vancouver"]),
        "pst": (["America/Los_Angeles"], ["America/Vancouver"]),
        "pdt": (["America/Los_Angeles"], ["America/Vancouver"]),
        "pt": (["America/Los_Angeles"], ["America/Vancouver"]),
        // As POSIX writes them, and older lists with it: with daylight time.
        "est5edt": (["America/New_York"], ["America/Toronto"]), "cst6cdt": (["America/Chicago"], ["America/Winnipeg"]),
        "mst7mdt": (["America/Denver"], ["America/Edmonton"]),
        "pst8pdt": (["America/Los_Angeles"], ["America/Vancouver"]),
        "alaska": (["America/Anchorage"], ["America/Anchorage"]),
        "akst": (["America/Anchorage"], ["America/Anchorage"]), "akdt": (["America/Anchorage"], ["America/Anchorage"]),
        "hawaii": (["Pacific/Honolulu"], ["Pacific/Honolulu"]), "hst": (["Pacific/Honolulu"], ["Pacific/Honolulu"]),
        "hast": (["Pacific/Honolulu"], ["Pacific/Honolulu"]),
        "atlantic": (["America/Halifax"], ["America/Halifax"]),
        "newfoundland": (["America/St_Johns"], ["America/St_Johns"]),
    ]

    /// - Parameter known: every IANA name that some region keeps.
    init(directory: URL, known: Set<String>) throws(AtlasProblem) {
        let table = try AtlasTable(directory: directory, name: "zone-names.tsv", columns: 2)
        for row in table.rows {
            // Their order means something.
            let found = row.columns[1].split(separator: ",").map(String.init)
            guard found.allSatisfy(known.contains) else {
                throw table.problem(in: row, "“\(row.columns[1])” names a zone that no region of regions.tsv keeps")
            }
            zones[Self.key(row.columns[0])] = found
        }
        for (name, zone) in Self.rails where known.contains(zone) { zones[Self.key(name)] = [zone] }
        for zone in known {
            zones[Self.key(zone)] = [zone]
            if let city = zone.split(separator: "/").last { cities[Self.key(city), default: []].insert(zone) }
        }
    }

    /// The zones of a name, without regard to capitals and punctuation; empty where it is none.
    ///
    /// - Parameter region: of the row, among whose zones a name of several countries is meant.
    func zones(named name: some StringProtocol, in region: String, keeping ofRegion: [String]) -> [String] {
        if ["US", "CA"].contains(region) {
            var word = name.lowercased().split(separator: " ").joined(separator: " ")
            for ending in [" standard time", " daylight time", " time"] where word.hasSuffix(ending) {
                word.removeLast(ending.count)
            }
            if let spoken = Self.spoken[word] { return region == "CA" ? spoken.canada : spoken.us }
        }
        let key = Self.key(name)
        guard !key.isEmpty else { return [] }
        if let found = zones[key] ?? daylight(key) {
            let here = found.filter(ofRegion.contains)
            return here.isEmpty ? [found[0]] : here.sorted()
        }
        return cities[key].map { $0.count == 1 ? $0.sorted() : $0.filter(ofRegion.contains).sorted() } ?? []
    }

    /// `Pacific Daylight Time` is `Pacific Standard Time` of another half of the year.
    private func daylight(_ key: String) -> [String]? {
        for ending in ["daylighttime", "summertime"] where key.hasSuffix(ending) {
            return zones["\(key.dropLast(ending.count))standardtime"]
        }
        return nil
    }

    /// Letters and digits alone, lower case: `America/New_York`, `america_slash_new_york` and `america new york` are one.
    static func key(_ name: some StringProtocol) -> String {
        name.lowercased().replacing("_slash_", with: "/").replacing(" and ", with: " ").filter {
            $0.isLetter || $0.isNumber
        }
    }
}
