import PhoneNumbers

/// Where a file of numbers has its numbers, and what else its rows say of them.
struct NumberListLayout {
    enum Numbers {
        /// Every number in these columns.
        case columns([Int])
        /// An area code and the number behind it.
        case joined(area: Int, number: Int)

        var places: Set<Int> {
            switch self {
            case .columns(let columns): Set(columns)
            case .joined(let area, let number): [area, number]
            }
        }
    }

    /// A column that says which rows are meant.
    struct Flag {
        var index: Int
        var kind: OptOutKind
        var name: String
    }

    var numbers: Numbers
    var flags: [Flag] = []
    /// The column that tells additions from removals.
    var change: Int?
    /// The column's name, for people.
    var changeName = ""

    /// The first rows that are data, each cell trimmed.
    private let sample: [[String]]
    private let headers: [String]?
    private let reader: NumberReader
    private let region: String
    /// Whether the rows are those of a registry's XML, which has no dates.
    private let isFromXML: Bool

    /// Nearly every cell of a column, so that a stray one changes nothing.
    private static func isMost(_ count: Int, of all: Int) -> Bool { all > 0 && count * 5 >= all * 4 }

    /// Looks at the first rows.
    ///
    /// - Parameter headers: nil where the first row is data.
    /// - Throws: ``ListImportError`` where no column holds numbers.
    init(
        headers: [String]?, sample: [[String]], options: ListOptions, numbers reader: NumberReader, region: String,
        isFromXML: Bool = false
    ) throws(ListImportError) {
        self.headers = headers
        self.sample = sample
        self.reader = reader
        self.region = region
        self.isFromXML = isFromXML
        self.numbers = .columns([0])
        self.numbers = try found(options)
        guard options.overrides.isEmpty else {
            flags = Self.chosenFlags(headers, options)
            return
        }
        let others = (0..<width).filter { !numbers.places.contains($0) }
        change = others.first(where: isChange)
        if let change { changeName = name(of: change) }
        flags = others.filter { $0 != change }.compactMap(flag)
    }

    private var width: Int { max(headers?.count ?? 0, sample.map(\.count).max() ?? 0) }

    private func cells(_ column: Int) -> [String] {
        sample.compactMap { $0.indices.contains(column) && !$0[column].isEmpty ? $0[column] : nil }
    }

    private func name(of column: Int) -> String {
        guard let headers, headers.indices.contains(column), !headers[column].isEmpty else {
            return "column \(column + 1)"
        }
        return headers[column]
    }

    private func isNumber(_ text: String) -> Bool {
        reader.looksLikeNumber(text, region: region) || NumberPrefix(text) != nil
    }

    /// A column of days holds no numbers, though a day may read as one, unless it is the only column that could.
    private func numberColumns(among columns: [Int]) -> [Int] {
        let readable = columns.filter { column in
            let cells = cells(column)
            return Self.isMost(cells.filter(isNumber).count, of: cells.count)
        }
        let days = readable.filter { column in cells(column).allSatisfy(DateText.isDate) }
        let rest = readable.filter { !days.contains($0) }
        return rest.isEmpty ? readable : rest
    }

    // MARK: Numbers

    private func found(_ options: ListOptions) throws(ListImportError) -> Numbers {
        guard let headers else {
            let chosen = options.overrides.filter { $0.value.hasPrefix("phone") }.keys.compactMap(Int.init)
            if !chosen.isEmpty { return .columns(chosen.sorted().map { $0 - 1 }) }
            if isJoined(0, 1) { return .joined(area: 0, number: 1) }
            let columns = numberColumns(among: Array(0..<width))
            if !columns.isEmpty { return .columns(columns) }
            // Registries' columns may be full of numbers that cannot be dialed; each is read on its own.
            return .columns([0])
        }
        guard options.overrides.isEmpty else {
            return .columns(try ColumnMapping(headers: headers, overrides: options.overrides).phoneColumns)
        }
        if let (area, number) = joinedColumns(headers) { return .joined(area: area, number: number) }
        do throws(ListImportError) {
            // A column that says who must not be called is none of numbers, unless it is: “Do not call number”.
            let named = try ColumnMapping(headers: headers).phoneColumns
            let columns = named.filter { column in
                let cells = cells(column)
                return cells.isEmpty || !cells.allSatisfy(DateText.isDate) || named.count == 1
            }
            return .columns(columns.isEmpty ? named : columns)
        } catch {
            let columns = numberColumns(among: Array(headers.indices))
            if columns.isEmpty { throw error }
            return .columns(columns)
        }
    }

    /// Whether two columns are a North American area code and the seven digits behind it, in nearly every row.
    private func isJoined(_ area: Int, _ number: Int) -> Bool {
        let rows = sample.filter { $0.count > max(area, number) }
        let joined = rows.filter { row in
            let local = row[number].filter { !" -.".contains($0) }
            return row[area].count == 3 && local.count == 7
                && (row[area] + local).allSatisfy { $0.isASCII && $0.isNumber }
        }
        return Self.isMost(joined.count, of: rows.count)
    }

    private static let areaWords: Set<String> = [
        "areacode", "npa", "area", "vorwahl", "ortsvorwahl", "indicatif", "indicatifregional", "prefijo", "prefisso",
        "ddd",
        "netnummer", "kengetal", "riktnummer", "kierunkowy", "retningsnummer", "suuntanumero",
    ]
    private static let localWords: Set<String> = [
        "number", "phone", "phonenumber", "localnumber", "subscriber", "subscribernumber", "telephone", "nummer",
        "rufnummer",
        "telefon", "numero", "telefono", "telefone", "telefoonnummer", "numer", "puhelin",
    ]

    /// An area code's column and the number's behind it, by their headers.
    private func joinedColumns(_ headers: [String]) -> (area: Int, number: Int)? {
        let words = headers.map { HeaderWords($0).joined.filter(\.isLetter) }
        guard let area = words.firstIndex(where: Self.areaWords.contains),
            let number = words.firstIndex(where: Self.localWords.contains)
        else { return nil }
        return (area, number)
    }

    // MARK: Flags and changes

    private static let changeWords: Set<String> = [
        "change", "changetype", "changecode", "chgtype", "typeofchange", "action", "operation", "op", "recordtype",
        "transactiontype",
        "updatetype", "aenderung", "anderung",
    ]

    /// Whether a column tells additions from removals: one whose header says so, or, without a header, one of a registry's layout of
    /// numbers, letters and a date. Where only removals stand there, more than words is needed: “Remove” in a list of opt-outs is the
    /// wish itself. What is no list of changes is suppressed whole, and nobody is called by mistake.
    private func isChange(_ column: Int) -> Bool {
        let cells = cells(column)
        guard !cells.isEmpty, isFromXML || cells.count == sample.count else { return false }
        let removals = cells.map(ChangeWord.isRemoval)
        guard removals.allSatisfy({ $0 != nil }) else { return false }
        let areLetters = cells.allSatisfy { $0.utf8.count == 1 }
        if let headers {
            guard headers.indices.contains(column), Self.changeWords.contains(HeaderWords(headers[column]).joined)
            else {
                return false
            }
            return removals.contains(false) || areLetters
        }
        let others = (0..<width).filter { $0 != column && !numbers.places.contains($0) }
        let days = others.filter { other in
            let cells = self.cells(other)
            return !cells.isEmpty && cells.allSatisfy(DateText.isDate)
        }
        return areLetters && (isFromXML || (!days.isEmpty && days.count == others.count))
    }

    private static let flagWords: Set<String> = [
        "flag", "flags", "status", "result", "results", "match", "matched", "listed", "registered", "onlist",
        "onregister",
        "registerstatus", "washresult", "checkresult", "blocked", "suppressed", "hit", "ergebnis", "treffer",
        "resultat", "statut",
        "gesperrt", "iscritto", "cadastrado", "oppose", "reservert", "kielto", "sprzeciw", "blacklisted", "washstatus",
        "dncresult", "inscrit", "resultado", "estado", "esito", "risultato", "stato", "resultaat", "wynik", "tulos",
        "registrerad",
    ]

    /// A column that says which rows are on the list: by its header, or (in a result of washing, or without a header) by texts that are
    /// all words for yes and no.
    private func flag(_ column: Int) -> Flag? {
        let cells = cells(column)
        guard let headers else {
            let isPlain = !cells.isEmpty && cells.allSatisfy(OptOutAnswer.isPlain)
            // Digits alone may count anything.
            let isWorded = cells.contains { Int($0) == nil }
            return isPlain && isWorded ? Flag(index: column, kind: .flag, name: name(of: column)) : nil
        }
        guard headers.indices.contains(column) else { return nil }
        let header = headers[column]
        let kind = OptOutHeader.kind(of: header)
        if kind == .flag || kind == .permission {
            // “Registered at” and its like beside every number tell since when, not whether; they flag all of them anyhow.
            return Flag(index: column, kind: kind ?? .flag, name: header)
        }
        guard Self.flagWords.contains(HeaderWords(header).joined) || kind == .status else { return nil }
        let answers = cells.map { OptOutAnswer(flag: $0) }
        if !cells.isEmpty, cells.allSatisfy(OptOutAnswer.isPlain), answers.contains(.yes) {
            return Flag(index: column, kind: .flag, name: header)
        }
        let hasWish = cells.contains { OptOutAnswer(status: $0) == .yes }
        return hasWish ? Flag(index: column, kind: .status, name: header) : nil
    }

    private static func chosenFlags(_ headers: [String]?, _ options: ListOptions) -> [Flag] {
        options.overrides.filter { ListField($0.value) == .doNotCall }.compactMap { column, _ in
            guard let headers else { return Int(column).map { Flag(index: $0 - 1, kind: .flag, name: "column \($0)") } }
            guard let index = headers.firstIndex(where: { $0.lowercased() == column.lowercased() }) else { return nil }
            return Flag(index: index, kind: OptOutHeader.kind(of: column) ?? .flag, name: column)
        }
    }
}
