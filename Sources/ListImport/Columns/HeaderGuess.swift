/// Guesses from a column's header what the column holds.
enum HeaderGuess {
    /// What a header tells; phone columns get their place in calling order later.
    enum Meaning: Hashable {
        case phone
        case field(ListField)
    }

    /// In English, German, French, Spanish, Italian, Portuguese, Dutch, Polish, the Scandinavian languages and Finnish,
    /// without accents.
    private static let phoneWords: Set<String> = [
        "phone", "phones", "phonenumber", "telephone", "tel", "mobile", "mob", "mobil", "cell", "cellphone", "cellular",
        "landline", "msisdn", "telefon", "telefonnummer", "telefonnr", "rufnummer", "festnetz", "festnetznummer",
        "mobiltelefon", "mobilnummer", "mobilfunk", "handynummer", "handynr", "handy", "telefono", "movil", "celular",
        "portable", "fixe", "cellulare", "telefone", "telemovel", "telefoon", "telefoonnummer", "mobiel",
        "mobieltje", "komorka", "komorkowy", "puhelin", "puhelinnumero", "matkapuhelin", "mobiltelefonnummer",
        "gsm", "gsmnummer", "gsmnr", "tlf", "tlfnr", "mobiltlf", "tfn", "mobilnr", "kannykka", "puh", "hemtelefon",
        "hemtelefonnummer",
        "arbetstelefon", "arbeidstelefon", "fastnet", "fasttelefon", "fastnettelefon", "fijo", "fisso", "recapito",
        "fone", "fon",
        "rufnr", "natel", "cellulaire", "telefonu", "telefoonnr", "matkapuh", "ani", "directdial", "directline",
        "lignedirecte",
        "durchwahlnummer", "telefonnumre", "komorkowe", "stacjonarny",
    ]
    private static let numberWords: Set<String> = ["number", "numbers", "no", "nr", "num", "nummer", "numero", "numer"]
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
        "time", "hours", "best", "preference", "id", "notes", "note", "comment", "comments", "fax", "telefax",
        "faks", "telefaks", "telecopie", "telecopieur", "label", "typ", "art", "etiquette", "etiqueta", "etichetta",
        "tipo",
        "soort", "etykieta", "rodzaj", "tyyppi", "zone",
        "timezone", "count", "calls", "last", "name", "dnc",
        // Numbers that are not to be called, or somebody else's.
        "old", "former", "previous", "bad", "invalid", "wrong", "blocked", "disconnected", "removed", "dead",
        "emergency", "spouse",
        "support", "bank", "our", "rep", "alte", "altes", "alter", "ancien", "ancienne", "antiguo", "vecchio", "oud",
        "oude",
        "gammal", "gammel", "gammelt", "stary", "vanha", "betreuer", "berater", "pager", "beeper",
        // What people allow, in the other languages.
        "einwilligung", "zustimmung", "consentement", "consenso", "consentimiento", "consentimento", "toestemming",
        "toestaan",
        "zgoda", "zgody", "brak", "samtycke", "samtykke", "suostumus", "allow", "erlaubt", "niet", "nicht", "kein",
        "keine",
    ]
    private static let fields: [String: ListField] = {
        let spellings: [(ListField, [String])] = [
            (
                .name,
                [
                    "name", "fullname", "contact", "contactname", "customer", "customername", "clientname", "leadname",
                    "vollername", "kunde", "nomcomplet", "nombrecompleto", "nomecompleto", "volledigenaam", "naam",
                    "namn", "navn", "nimi", "imieinazwisko",
                ]
            ),
            (
                .firstName,
                [
                    "firstname", "first", "fname", "givenname", "forename", "vorname", "prenom", "nombre", "nome",
                    "voornaam", "imie", "fornamn", "fornavn", "etunimi",
                ]
            ),
            (
                .lastName,
                [
                    "lastname", "last", "lname", "surname", "familyname", "nachname", "familienname", "nom",
                    "nomdefamille", "apellido", "apellidos", "cognome", "apelido", "sobrenome", "achternaam",
                    "nazwisko",
                    "efternamn", "efternavn", "etternavn", "sukunimi",
                ]
            ),
            (
                .externalID,
                [
                    "externalid", "extid", "vendorleadcode", "vendorleadid", "vendorid", "recordid", "leadid",
                    "contactid",
                    "prospectid", "personid", "recordidcontact", "recordidlead", "crmid", "donotmodifylead",
                    "donotmodifycontact", "leadexternalid", "contactexternalid",
                ]
            ),
            (
                .country,
                [
                    "country", "countrycode", "countryiso", "isocountry", "land", "laendercode", "landercode",
                    "landcode", "landskod", "landekode", "kodkraju", "maakoodi", "codepays", "codigopais",
                    "codicepaese", "pays",
                    "pais", "paese", "nazione", "kraj", "maa",
                ]
            ),
            (
                .state,
                [
                    "state", "statecode", "province", "stateprovince", "provincestate",
                    "stateregion", "regionstate", "stateprovinceregion", "bundesland", "provincia",
                    "estado", "provincie", "wojewodztwo",
                ]
            ),
            (
                .postalCode,
                [
                    "zip", "zipcode", "postalcode", "postcode", "zippostalcode", "plz", "postleitzahl", "codepostal",
                    "codigopostal", "cap", "cep", "kodpocztowy", "postnummer", "postnr", "postinumero",
                ]
            ),
            (
                .timeZone,
                [
                    "timezone", "tz", "timezonename", "zeitzone", "fuseauhoraire", "zonahoraria", "husohorario",
                    "fusoorario", "fusohorario", "tijdzone", "strefaczasowa", "tidszon", "tidszone",
                ]
            ),
            (.priority, ["priority"]),
            // The reasons in a quarantine file of ours.
            (.ignore, ["offhookproblem"]),
        ]
        return Dictionary(uniqueKeysWithValues: spellings.flatMap { field, names in names.map { ($0, field) } })
    }()

    /// What the column holds, or nil if its header does not tell.
    static func meaning(of text: String) -> Meaning? {
        let header = HeaderWords(text)
        if let field = fields[header.joined] ?? NumberHeaders.field(header) { return .field(field) }
        if OptOutHeader.kind(of: text) == .flag { return .field(.doNotCall) }
        if let place = PlaceHeaders.field(header) { return .field(place) }
        return isPhone(header) ? .phone : nil
    }

    private static func isPhone(_ header: HeaderWords) -> Bool {
        let words = Set(header.words)
        if OtherPeople.keepTheRecord(words) { return false }
        if phoneWords.contains(header.joined) { return true }
        // “No phone” is the number of nobody.
        guard words.isDisjoint(with: aboutWords), header.words.first != "no" || header.words.count == 1 else {
            return false
        }
        if !words.isDisjoint(with: phoneWords) { return true }
        let rest = words.subtracting(numberWords).filter { Int($0) == nil }
        return !words.isDisjoint(with: numberWords) && !rest.isEmpty && rest.isSubset(of: placeWords)
    }
}
