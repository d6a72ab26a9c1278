/// Guesses from a column's header what the column holds.
enum HeaderGuess {
    /// What a header tells; phone columns get their place in calling order later.
    enum Meaning: Hashable {
        case phone
        case field(ListField)
    }

    private static let phoneWords: Set<String> = [
        "phone", "phones", "phonenumber", "telephone", "tel", "mobile", "mob", "mobil", "cell", "cellphone", "cellular",
        "landline", "msisdn", "telefon", "telefono", "teléfono", "téléphone", "handy", "móvil", "movil",
    ]
    private static let numberWords: Set<String> = ["number", "numbers", "no", "nr", "num"]
    /// With nothing but these, "number" means a phone number: `Daytime number`, `Contact No`; not `Work order no`.
    private static let placeWords: Set<String> = [
        "contact", "home", "work", "office", "business", "day", "daytime", "evening", "primary", "secondary",
        "alternate", "alternative", "alt", "main", "direct", "call", "dial",
    ]
    /// A column about a number is not a column of numbers: `Phone type`, `Mobile consent`.
    private static let aboutWords: Set<String> = [
        "type", "kind", "ext", "extension", "carrier", "operator", "provider", "model", "consent", "opt", "optin",
        "optout",
        "permission", "allowed", "ok", "status", "valid", "verified", "validity", "score", "country", "code", "area",
        "date",
        "time", "hours", "best", "preference", "id", "notes", "note", "comment", "comments", "fax", "zone",
        "timezone", "count", "calls", "last", "name", "dnc",
    ]
    private static let fields: [String: ListField] = {
        let spellings: [(ListField, [String])] = [
            (
                .name,
                ["name", "fullname", "contact", "contactname", "customer", "customername", "clientname", "leadname"]
            ),
            (.firstName, ["firstname", "first", "fname", "givenname", "forename", "vorname", "prénom", "prenom"]),
            (.lastName, ["lastname", "last", "lname", "surname", "familyname", "nachname"]),
            (.externalID, ["externalid", "extid"]),
            (.country, ["country", "countrycode", "countryiso", "isocountry"]),
            (.state, ["state", "statecode", "province", "stateprovince", "provincestate"]),
            (.postalCode, ["zip", "zipcode", "postalcode", "postcode", "zippostalcode", "plz"]),
            (.timeZone, ["timezone", "tz", "timezonename"]),
            (.priority, ["priority"]),
        ]
        return Dictionary(uniqueKeysWithValues: spellings.flatMap { field, names in names.map { ($0, field) } })
    }()

    /// What the column holds, or nil if its header does not tell.
    static func meaning(of header: String) -> Meaning? {
        let header = HeaderWords(header)
        if let field = fields[header.joined] { return .field(field) }
        return isPhone(header) ? .phone : nil
    }

    private static func isPhone(_ header: HeaderWords) -> Bool {
        let words = Set(header.words)
        guard words.isDisjoint(with: aboutWords) else { return false }
        if !words.isDisjoint(with: phoneWords) { return true }
        let rest = words.subtracting(numberWords).filter { Int($0) == nil }
        return !words.isDisjoint(with: numberWords) && !rest.isEmpty && rest.isSubset(of: placeWords)
    }
}
