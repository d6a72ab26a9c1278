import PhoneNumbers

/// Reads a row's columns of numbers, each with the columns that belong to it.
struct NumberColumnReader {
    let columns: [NumberColumn]
    private let region: String
    private let numbers: NumberReader
    private let countries: CountryNames
    private(set) var forms = NumberForms()

    init(mapping: ColumnMapping, region: String, numbers: NumberReader, countries: CountryNames) {
        columns = NumberColumn.columns(of: mapping)
        self.region = region
        self.numbers = numbers
        self.countries = countries
    }

    /// What stands in the cell of a calling code.
    private enum CallingCode {
        case none
        case code(Int)
        /// An area code that stands where a calling code was looked for.
        case area(String)
        case country(String)
        case unreadable(String)
    }

    /// The numbers of a cell, with the region that they were read by; or why nobody can read it.
    typealias Cell = Result<(numbers: CellNumbers, region: String), ContactBuilder.Rejection>

    /// A number that is plainly one, in a column that stands alone; nil where more is to be asked.
    func readPlainly(_ text: String, _ column: NumberColumn, region: String) -> NumberReading? {
        guard column.isAlone else { return nil }
        return numbers.readPlainly(text, region: region, form: forms.form(column: column.index, region: region))
    }

    /// Reads a cell.
    ///
    /// - Parameters:
    ///   - texts: the row's.
    ///   - country: the text of the row's country, and the region that it means; nil in it if none is known.
    func read(_ text: String, _ column: NumberColumn, texts: [String], country: (text: String, region: String?)?)
        -> Cell
    {
        var region = country == nil ? self.region : country?.region
        var code = callingCode(of: column, texts)
        var text = text
        switch code {
        case .none, .area: break
        case .code(let number): region = self.region(ofCode: number, preferred: [region, self.region])
        case .country(let name): region = name
        case .unreadable(let shown):
            if !text.hasPrefix("+") {
                return .failure(
                    ContactBuilder.Rejection(
                        reason:
                            "cannot be read: the calling code \(ContactBuilder.quoted(shown)) is none that is in use",
                        category: "unknown calling code"))
            }
        }
        if region == nil, case .code(let number) = code, !text.hasPrefix("+") {
            // The code of no country, such as 800.
            text = "+\(number) \(text)"
            code = .none
        } else if region == nil, !text.hasPrefix("+") {
            return .failure(
                ContactBuilder.Rejection(
                    reason: "cannot be read: \(ContactBuilder.quoted(country?.text ?? "")) is no country that is known",
                    category: "unknown country"))
        }
        let read = region ?? self.region
        var cell = numbers(of: text, column, texts, code, region: read)
        label(&cell, text, column, texts, region: read)
        return .success((cell, read))
    }

    private func numbers(
        of text: String, _ column: NumberColumn, _ texts: [String], _ code: CallingCode, region: String
    ) -> CellNumbers {
        let form = forms.form(column: column.index, region: region)
        var area = self.text(at: column.areaCode, texts)
        if case .area(let digits) = code { area = area ?? digits }
        if let area { return CellNumbers(text, areaCode: area, region: region, form: form, reader: numbers) }
        let cell = CellNumbers(text, region: region, form: form, reader: numbers)
        // “Prefijo” 91 may be Madrid as well as India: what gives a number is right.
        if cell.numbers.isEmpty, case .code(let number) = code,
            let home = [self.region].first(where: { NumberReader.callingCode(ofRegion: $0) != number }),
            case .success(let joined) = numbers.read(text, areaCode: "\(number)", region: home),
            joined.validity == .valid
        {
            return CellNumbers(joined)
        }
        return cell
    }

    /// Takes what a label says is a fax's out of the numbers to dial.
    private func label(
        _ cell: inout CellNumbers, _ text: String, _ column: NumberColumn, _ texts: [String], region: String
    ) {
        guard let label = self.text(at: column.label, texts), NumberWords.sayFax(label) else { return }
        let labels = label.split(separator: ":::").map(String.init)
        let parts = text.split(separator: ":::").map(String.init)
        guard labels.count > 1, labels.count == parts.count else { return cell.takeForFaxes() }
        let form = forms.form(column: column.index, region: region)
        let pairs = zip(labels, parts)
        cell = CellNumbers(
            pairs.filter { !NumberWords.sayFax($0.0) }.map(\.1).joined(separator: " ::: "), region: region, form: form,
            reader: numbers)
    }

    /// Looks at a row before the first is read; see ``NumberForms``.
    mutating func learn(_ texts: [String], country: (text: String, region: String?)?) {
        for column in columns where column.areaCode == nil {
            guard let text = text(at: column.index, texts) else { continue }
            var region = country == nil ? self.region : country?.region
            switch callingCode(of: column, texts) {
            case .none: break
            case .code(let number): region = self.region(ofCode: number, preferred: [region, self.region])
            case .country(let name): region = name
            case .area, .unreadable: region = nil
            }
            guard let region else { continue }
            forms.count(text, column: column.index, region: region)
        }
    }

    /// The region that the row's first calling code means; nil if it has none.
    func codeRegion(of texts: [String]) -> String? {
        for column in columns where column.callingCode != nil {
            switch callingCode(of: column, texts) {
            case .code(let number): return self.region(ofCode: number, preferred: [region])
            case .country(let name): return name
            case .none, .area, .unreadable: continue
            }
        }
        return nil
    }

    private func region(ofCode code: Int, preferred: [String?]) -> String? {
        for case let region? in preferred where NumberReader.callingCode(ofRegion: region) == code { return region }
        return NumberReader.mainRegion(ofCallingCode: code)
    }

    private func callingCode(of column: NumberColumn, _ texts: [String]) -> CallingCode {
        guard let text = text(at: column.callingCode, texts) else { return .none }
        // A spreadsheet's 44.0, and “+44 (UK)”, are 44.
        let written = text.contains("+") ? text.drop { $0 != "+" }.dropFirst() : text[...]
        let bare = written.drop { $0 == " " || $0 == "(" }
        var digits = bare.prefix { $0 != "." }.prefix { $0.isNumber || $0 == " " || $0 == "-" }.filter(\.isNumber)
        guard !digits.isEmpty else { return countries.region(of: text).map(CallingCode.country) ?? .unreadable(text) }
        if digits.hasPrefix("00") || digits.hasPrefix("011") {
            digits = String(digits.dropFirst(digits.hasPrefix("00") ? 2 : 3))
        } else if digits.hasPrefix("0") {
            return .area(digits)
        }
        // “DDI” is a calling code in Brazil, and a person's direct number in Britain.
        if digits.count >= 7 { return .none }
        // The islands' codes are written with the 1 of their plan.
        if digits.count == 4, digits.hasPrefix("1") { return .code(1) }
        guard digits.count <= 3, let code = Int(digits), NumberReader.isCallingCode(code) else {
            return .unreadable(text)
        }
        return .code(code)
    }

    private func text(at column: Int?, _ texts: [String]) -> String? {
        guard let column, column < texts.count, !texts[column].isEmpty else { return nil }
        return texts[column]
    }
}
