import Foundation
import PhoneNumbers

/// Finds the region that the text of a country column means.
struct CountryNames {
    private let regionsByName: [String: String]

    /// The languages whose names of countries are known: those in which headers are recognised.
    private static let languages = ["en", "de", "fr", "es", "it", "pt", "nl", "pl", "sv", "da", "nb", "fi"]

    /// Short forms and parts of countries that people write for the country.
    private static let aliases: [String: String] = [
        "usa": "US", "us of a": "US", "united states of america": "US", "america": "US",
        "vereinigte staaten von amerika": "US", "estados unidos de america": "US", "etats-unis d'amerique": "US",
        "eeuu": "US", "ee uu": "US",
        "uk": "GB", "great britain": "GB", "england": "GB", "scotland": "GB", "wales": "GB", "northern ireland": "GB",
        "gbr": "GB", "großbritannien": "GB", "grossbritannien": "GB", "grande-bretagne": "GB", "angleterre": "GB",
        "gran bretana": "GB", "inglaterra": "GB", "gran bretagna": "GB", "inghilterra": "GB", "gra-bretanha": "GB",
        "groot-brittannie": "GB", "engeland": "GB", "wielka brytania": "GB", "storbritannien": "GB",
        "can": "CA", "aus": "AU", "nzl": "NZ", "irl": "IE", "deu": "DE", "brd": "DE", "fra": "FR", "esp": "ES",
        "ita": "IT", "nld": "NL", "che": "CH", "aut": "AT", "bel": "BE", "mex": "MX", "bra": "BR", "ind": "IN",
        "holland": "NL", "olanda": "NL", "holanda": "NL", "hollande": "NL", "czech republic": "CZ", "turkey": "TR",
        "tschechische republik": "CZ",
    ]

    /// Reading the names takes milliseconds, and every list needs them.
    private static let shared: [String: String] = {
        var regions: [String: String] = [:]
        for language in languages {
            let locale = Locale(identifier: language)
            for region in NumberReader.knownRegions {
                guard let name = locale.localizedString(forRegionCode: region) else { continue }
                // Of two regions with one name, the earlier language's stays.
                if regions[key(name)] == nil { regions[key(name)] = region }
            }
        }
        for (name, region) in aliases { regions[key(name)] = region }
        for region in NumberReader.knownRegions { regions[region.lowercased()] = region }
        return regions
    }()

    init() {
        regionsByName = Self.shared
    }

    /// The region of a two-letter code, a name in one of the languages of headers, or a calling code (`+44`, `0044`); nil if
    /// the text is none.
    func region(of text: String) -> String? {
        if let region = regionsByName[Self.key(text)] { return region }
        var digits = text[...]
        if digits.hasPrefix("+") {
            digits = digits.dropFirst()
        } else if digits.hasPrefix("00") {
            digits = digits.dropFirst(2)
        }
        guard (1...3).contains(digits.count), let code = Int(digits) else { return nil }
        return NumberReader.mainRegion(ofCallingCode: code)
    }

    /// Names are the same whatever their dots, capitals and accents: `U.S.A.` is `usa`, `Osterreich` is `Österreich`.
    private static func key(_ name: String) -> String {
        name.folding(options: [.caseInsensitive, .diacriticInsensitive], locale: nil).lowercased().filter { $0 != "." }
    }
}
