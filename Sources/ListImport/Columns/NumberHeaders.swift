/// What headers tell of numbers and their parts, in the languages of ``HeaderGuess``.
enum NumberHeaders {
    private static let callingCodes: Set<String> = [
        "phonecode", "phonecc", "cc", "idd", "iddcode", "dialcode", "dialingcode", "diallingcode", "dialprefix",
        "dialingprefix", "callingcode", "isd",
        "isdcode",
        "intlcode", "intlprefix", "internationalcode", "internationalprefix", "telcode", "countrycallingcode",
        "countrydialcode",
        "countrydialingcode", "countryprefix", "phoneprefix", "telephonecode", "landervorwahl", "laendervorwahl",
        "landesvorwahl", "landvorwahl", "vorwahlland", "vorwahldeslandes", "vorwahlinternational",
        "internationalevorwahl",
        "auslandsvorwahl", "landerkennzahl", "laenderkennzahl", "landeskennzahl", "indicatif", "indicatifpays",
        "indicatifdupays", "indicatiftelephonique", "indicatifinternational", "codetelephonique", "prefijo",
        "prefijopais",
        "prefijodelpais", "prefijodepais", "prefijointernacional", "prefijotelefonico", "indicativo", "indicativopais",
        "indicativodelpais", "codigodellamada", "prefisso", "prefissopaese", "prefissointernazionale",
        "prefissotelefonico",
        "prefissonazionale", "prefixo", "prefixopais", "prefixodopais", "prefixointernacional", "ddi", "codigoddi",
        "indicativodopais", "indicativointernacional", "landnummer", "landennummer", "landentoegangsnummer",
        "landtelefooncode",
        "kierunkowykraju", "numerkierunkowykraju", "prefikskraju", "kodkierunkowykraju", "prefiksmiedzynarodowy",
        "landsnummer", "landskodtelefon", "landnummertelefon", "landekodetelefon", "telefonlandekode", "maatunnus",
        "maanumero", "maasuuntanumero", "suuntanumeromaa", "utlandsprefix", "telefonlandskod",
    ]
    private static let areaCodes: Set<String> = [
        "areacode", "phoneareacode", "npa", "stdcode", "citycode", "vorwahl", "ortsvorwahl", "ortskennzahl",
        "telefonvorwahl",
        "vorwahlnummer", "vorwahlort", "netnummer", "netnr", "kengetal", "riktnummer", "riktnr", "omradesnummer",
        "omradekode",
        "suuntanumero", "kierunkowy", "numerkierunkowy", "ddd", "lada", "clavelada", "codigodearea", "codigoarea",
        "codigodezona", "codedezone", "coderegional", "indicatifregional", "prefijolocal", "prefijoprovincial",
        "prefissolocale", "indicativolocal",
    ]
    private static let phones: Set<String> = [
        "phone", "phones", "tel", "telephone", "mobile", "cell", "telefon", "telefono", "telefone", "telefoon",
    ]
    /// What tells one number of a person from another.
    private static let phoneOwners: Set<String> = phones.union([
        "home", "work", "business", "office", "mobile", "cell", "alt", "alternate", "other", "primary", "secondary",
        "main", "day",
        "evening", "landline",
    ])
    private static let numbers: Set<String> = [
        "number", "numbers", "nummer", "nummern", "nummers", "numero", "numeros", "numeri", "numer", "numery", "numre",
        "numrot", "rufnummern",
    ]
    /// A person's name without saying which part of it.
    private static let names: Set<String> = ["name", "naam", "namn", "navn", "nimi", "nome", "nombre", "nazwa"]
    /// Identities that a dialer gives of itself, beside the other system's.
    private static let dialersOwn: Set<String> = ["leadid", "listleadid"]

    /// The part of a number that the column holds; nil if its header tells none.
    static func field(_ header: HeaderWords) -> ListField? {
        let joined = header.joined.filter { !$0.isNumber }
        if callingCodes.contains(joined) { return .callingCode }
        if areaCodes.contains(joined) { return .areaCode }
        let words = Set(header.words)
        // “Mobile Country Code” beside “Home Country Code” are of numbers; “Country Code” alone may be a country's.
        let owners = words.subtracting(["country", "calling", "dial", "code", "intl"]).filter { Int($0) == nil }
        if words.isSuperset(of: ["country", "code"]), !owners.isEmpty, owners.isSubset(of: phoneOwners) {
            return .callingCode
        }
        guard !words.isDisjoint(with: phones), words.contains("code") || words.contains("prefix") else { return nil }
        if words.contains("area") { return .areaCode }
        let rest = words.subtracting(phones).subtracting(["code", "prefix"]).filter { Int($0) == nil }
        let known: Set<String> = ["country", "calling", "dial", "dialing", "dialling", "international", "intl", "isd"]
        return rest.isSubset(of: known) ? .callingCode : nil
    }

    /// Decides what one header alone cannot: it depends on the others. Columns that somebody mapped keep their fields.
    static func refine(_ fields: inout [ListField?], headers: [String], isGiven: [Bool]) {
        let words = headers.map(HeaderWords.init)
        // “Name” beside “Vorname” is the family's.
        if fields.contains(.firstName), !fields.contains(.lastName), let name = fields.firstIndex(of: .name),
            !isGiven[name], names.contains(words[name].joined)
        {
            fields[name] = .lastName
        }
        // “Number” and nothing else of the kind is the number to call.
        if !fields.contains(where: { if case .phone? = $0 { true } else { false } }) {
            var place = 1
            for index in fields.indices where fields[index] == nil && place <= ListField.phoneLimit {
                let own = words[index].words.filter { Int($0) == nil }
                guard own.count == 1, let word = own.first, numbers.contains(word) else { continue }
                fields[index] = .phone(place)
                place += 1
            }
        }
        // The identity that the other system knows is the one of its field.
        if let first = fields.firstIndex(of: .externalID), !isGiven[first], dialersOwn.contains(words[first].joined),
            let other = fields.indices.first(where: {
                $0 > first && fields[$0] == nil && HeaderGuess.meaning(of: headers[$0]) == .field(.externalID)
            })
        {
            fields[first] = nil
            fields[other] = .externalID
        }
    }
}
