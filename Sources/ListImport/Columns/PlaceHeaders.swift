/// What headers tell of a person's place as CRMs write them: with the address that they belong to in front, `Mailing State/Province`,
/// `Address 1: Country/Region`, `Billing Zip/Postal Code`.
enum PlaceHeaders {
    /// Words that tell one address from another, and no more.
    private static let qualifiers: Set<String> = [
        "mailing", "billing", "shipping", "delivery", "other", "home", "business", "work", "office", "primary",
        "secondary",
        "main", "contact", "contacts", "person", "customer", "client", "lead", "account", "company", "property",
        "residence",
        "residential", "permanent", "street", "postal", "address", "addr", "adresse", "anschrift", "direccion",
        "indirizzo",
        "endereco", "adres", "adress", "osoite", "local", "current", "full", "iana", "iso", "abbreviation", "abbr",
        "abbrev",
        "short", "c", "primaryaddress", "hs", "of",
    ]
    private static let countries: Set<String> = [
        "country", "countryname", "countryregion", "countryterritory", "nation", "land", "landregion", "landomrade",
        "landregio",
        "pays", "paysregion", "pais", "paisregion", "paese", "paeseregione", "kraj", "krajregion", "maa", "maaalue",
        "nazione",
    ]
    private static let states: Set<String> = [
        "state", "statename", "statecode", "stateprovince", "stateregion", "stateorprovince",
        "stateprovinceregion", "province", "provincecode", "bundesland", "provincia", "estado", "provincie",
    ]
    private static let postalCodes: Set<String> = [
        "zip", "zipcode", "zippostal", "zippostalcode", "ziporpostalcode", "postalcode", "postcode", "postalzip",
        "postalzipcode",
        "zipplus", "plz", "postleitzahl", "codepostal", "codigopostal", "cap", "cep", "postnummer", "kodpocztowy",
        "code",
    ]
    private static let zones: Set<String> = [
        "timezone", "timezoneid", "timezonename", "tz", "gmtoffset", "gmtoffsetnow", "utcoffset", "hstimezone",
        "zeitzone",
    ]

    /// The field that a header names behind its address's words; nil where it names none.
    static func field(_ header: HeaderWords) -> ListField? {
        let words = header.words.filter { Int($0) == nil }
        if words == ["st"] { return .state }
        let rest = words.filter { !qualifiers.contains($0) }.joined()
        let isQualified = words.count > 1
        guard !rest.isEmpty else { return words.last == "postal" && words.count == 2 ? .postalCode : nil }
        if countries.contains(rest) { return .country }
        if states.contains(rest) { return .state }
        if rest == "region", isQualified { return .state }
        if zones.contains(words.joined()) || zones.contains(rest) { return .timeZone }
        // “Postal” is an address's word as well as the code's.
        let code = words.filter { $0 == "postal" || !qualifiers.contains($0) }.joined()
        if postalCodes.contains(code), code != "code" { return .postalCode }
        return nil
    }
}
