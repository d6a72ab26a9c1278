/// A column of numbers with the columns that belong to it.
struct NumberColumn: Sendable, Hashable {
    let index: Int
    /// Where the country calling code of its numbers stands.
    var callingCode: Int?
    /// Where the area code of its numbers stands.
    var areaCode: Int?
    /// Where it is said what its numbers are, such as `Work Fax`.
    var label: Int?

    /// Whether the column's text alone tells the number.
    var isAlone: Bool { callingCode == nil && areaCode == nil && label == nil }

    /// The columns of numbers, in calling order.
    static func columns(of mapping: ColumnMapping) -> [NumberColumn] {
        let phones = mapping.phoneColumns
        let headers = mapping.columns.map { HeaderWords($0.header).words }
        let codes = owners(
            of: mapping.columns.indices.filter { mapping.columns[$0].field == .callingCode }, phones, headers)
        let areas = owners(
            of: mapping.columns.indices.filter { mapping.columns[$0].field == .areaCode }, phones, headers)
        let labels = mapping.columns.indices.filter { index in
            guard !Set(headers[index]).isDisjoint(with: labelWords) else { return false }
            return switch mapping.columns[index].field {
            case .custom, .ignore: true
            default: false
            }
        }
        let single = codes.count == 1 ? codes.first?.key : nil
        return phones.map { index in
            NumberColumn(
                index: index,
                // One code in a row is the code of all of its numbers.
                callingCode: single ?? codes.first { $0.value == index }?.key,
                areaCode: areas.first { $0.value == index }?.key,
                label: labels.first { own($0, headers) == own(index, headers) && !own(index, headers).isEmpty })
        }
    }

    /// Words in the header of a column that says what another's numbers are.
    static let labelWords: Set<String> = [
        "label", "type", "kind", "typ", "art", "bezeichnung", "etiquette", "libelle", "etiqueta", "tipo", "etichetta",
        "soort",
        "etykieta", "rodzaj", "etikett", "tyyppi",
    ]
    /// Words that do not tell one number's columns from another's.
    private static let roleWords: Set<String> = labelWords.union([
        "value", "number", "numbers", "no", "nr", "num", "nummer", "numero", "numer", "wert", "valeur", "valor",
        "valore",
        "country", "calling", "code", "codes", "dial", "dialing", "dialling", "prefix", "area", "isd", "std", "intl",
        "international", "of", "the", "de", "du", "del",
    ])

    /// Each code's column with the column of numbers that it belongs to: the one that shares its words, or the next behind it, or
    /// the first.
    private static func owners(of codes: [Int], _ phones: [Int], _ headers: [[String]]) -> [Int: Int] {
        var owners: [Int: Int] = [:]
        for code in codes {
            let stem = own(code, headers)
            let named = stem.isEmpty ? nil : phones.first { own($0, headers) == stem }
            let next = phones.sorted().first { $0 > code }
            owners[code] = named ?? next ?? phones.first
        }
        return owners
    }

    private static func own(_ index: Int, _ headers: [[String]]) -> [String] {
        headers[index].filter { !roleWords.contains($0) }
    }
}
