import Foundation
import PhoneNumbers

/// Finds the region that the text of a country column means.
struct CountryNames {
    private let regionsByName: [String: String]

    /// Short forms and parts of countries that people write for the country.
    private static let aliases: [String: String] = [
        "usa": "US", "us of a": "US", "united states of america": "US", "america": "US", "uk": "GB",
        "great britain": "GB",
        "england": "GB", "scotland": "GB", "wales": "GB", "northern ireland": "GB", "gbr": "GB", "can": "CA",
        "aus": "AU",
        "nzl": "NZ", "irl": "IE", "deu": "DE", "fra": "FR", "esp": "ES", "ita": "IT", "nld": "NL", "che": "CH",
        "aut": "AT",
        "bel": "BE", "mex": "MX", "bra": "BR", "ind": "IN", "holland": "NL", "czech republic": "CZ", "turkey": "TR",
    ]

    init() {
        let english = Locale(identifier: "en")
        var regions = Self.aliases
        for region in NumberReader.knownRegions {
            if let name = english.localizedString(forRegionCode: region) { regions[Self.key(name)] = region }
            regions[region.lowercased()] = region
        }
        regionsByName = regions
    }

    /// The region of a two-letter code, an English name or a calling code (`+44`); nil if the text is none.
    func region(of text: String) -> String? {
        if let region = regionsByName[Self.key(text)] { return region }
        let digits = text.hasPrefix("+") ? text.dropFirst() : text[...]
        guard (1...3).contains(digits.count), let code = Int(digits) else { return nil }
        return NumberReader.mainRegion(ofCallingCode: code)
    }

    /// Names are the same whatever their dots and capitals: `U.S.A.` is `usa`.
    private static func key(_ name: String) -> String {
        name.lowercased().filter { $0 != "." }
    }
}
