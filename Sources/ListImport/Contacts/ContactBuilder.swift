import PhoneNumbers

/// Makes a contact of the texts of a row.
struct ContactBuilder {
    let mapping: ColumnMapping
    /// The region of the list, for rows that name no country.
    let region: String
    let numbers: NumberReader
    let atlas: NumberAtlas

    private var cells: NumberColumnReader
    private let columns: FieldColumns
    private let countries = CountryNames()

    /// Why a row is no contact.
    struct Rejection: Error {
        var reason: String
        var category: String
    }

    init(mapping: ColumnMapping, region: String, numbers: NumberReader, atlas: NumberAtlas) {
        self.mapping = mapping
        self.region = region
        self.numbers = numbers
        self.atlas = atlas
        cells = NumberColumnReader(mapping: mapping, region: region, numbers: numbers, countries: countries)
        columns = FieldColumns(mapping)
    }

    /// - Parameter texts: the row's fields as they stand in the file; missing ones at the end count as empty.
    func contact(of texts: [String], row: Int, line: Int) throws(Rejection) -> ContactCandidate {
        let texts = texts.map { SpreadsheetText.shown($0.trimmingWhitespace()) }
        if texts.allSatisfy(\.isEmpty) { throw Rejection(reason: "the row is empty", category: "empty row") }
        if texts.dropFirst(mapping.columns.count).contains(where: { !$0.isEmpty }) {
            throw Rejection(
                reason: "the row has \(texts.count) fields where the header has \(mapping.columns.count): "
                    + "a text with a delimiter in it must stand in quotes", category: "more fields than columns")
        }
        let found = try readNumbers(in: texts)
        var contact = ContactCandidate(
            row: row,
            line: line,
            name: name(in: texts),
            externalID: text(at: columns.externalID, in: texts),
            priority: try priority(in: texts),
            numbers: found.entries,
            fields: fields(in: texts, notDialable: found.notDialable, faxes: found.faxes)
        )
        contact.isPlaceStated = found.isPlaceStated
        contact.remarks = found.remarks
        return contact
    }

    /// The numbers of a row with what was found on the way.
    private struct Numbers {
        var entries: [NumberEntry] = []
        /// Columns with a text that is no number to dial.
        var notDialable: Set<Int> = []
        /// Columns with a fax number.
        var faxes: Set<Int> = []
        var isPlaceStated = false
        var remarks: [RowRemark] = []
    }

    private func readNumbers(in texts: [String]) throws(Rejection) -> Numbers {
        let country = text(at: columns.country, in: texts)
        let countryRegion = country.map(countries.region(of:)) ?? region
        var found = Numbers()
        var reasons: [Rejection] = []
        let place =
            country == nil || countryRegion != nil
            ? stated(
                in: texts, region: country.flatMap { _ in countryRegion } ?? cells.codeRegion(of: texts) ?? region,
                &found.remarks)
            : nil
        found.isPlaceStated = place != nil
        for column in cells.columns {
            guard let text = text(at: column.index, in: texts) else { continue }
            if let region = countryRegion, let reading = cells.readPlainly(text, column, region: region) {
                add(reading, at: place, to: &found)
                continue
            }
            var problem: Rejection?
            switch cells.read(text, column, texts: texts, country: country.map { ($0, countryRegion) }) {
            case .success(let cell):
                for reading in cell.numbers.numbers { add(reading, at: place, to: &found) }
                if !cell.numbers.faxes.isEmpty { found.faxes.insert(column.index) }
                problem = cell.numbers.problem.map {
                    Rejection(reason: $0.predicate(region: cell.region), category: $0.category)
                }
            case .failure(let rejection): problem = rejection
            }
            guard let problem else { continue }
            if !found.faxes.contains(column.index) { found.notDialable.insert(column.index) }
            reasons.append(
                Rejection(
                    reason: "\(mapping.columns[column.index].fieldName) \(Self.quoted(text)) \(problem.reason)",
                    category: problem.category))
        }
        guard found.entries.isEmpty else {
            found.remarks += reasons.map { .notDialable(reason: $0.reason, category: $0.category) }
            return found
        }
        let names = cells.columns.map { "“\(mapping.columns[$0.index].fieldName)”" }.joined(separator: ", ")
        guard let first = reasons.first else {
            throw Rejection(reason: "there is no number in \(names)", category: "no number")
        }
        throw Rejection(reason: reasons.map(\.reason).joined(separator: "; "), category: first.category)
    }

    /// Where the row says that the person is; nil where it says nothing that can be used. A time zone that cannot be read may be
    /// any of its country's.
    private func stated(in texts: [String], region: String, _ remarks: inout [RowRemark]) -> StatedPlace? {
        guard columns.hasPlaces else { return nil }
        var state: StatedPlace?
        if let text = text(at: columns.state, in: texts) {
            state = atlas.state(named: text, region: region)
            // Most countries have no states in our tables; there, nothing is wrong with the text.
            if state == nil, atlas.knowsStates(of: region) { remarks.append(.unknownState(text)) }
        }
        var postalCode: StatedPlace?
        if let text = text(at: columns.postalCode, in: texts) {
            postalCode = atlas.place(ofPostalCode: text, region: region)
            if postalCode == nil, state == nil, atlas.knowsPostalCodes(of: region) {
                remarks.append(.unknownPostalCode(text))
            }
        }
        var place = atlas.place(state: state, postalCode: postalCode)
        if let text = text(at: columns.timeZone, in: texts) {
            var clocks = atlas.zones(named: text, region: region)
            if clocks.isEmpty {
                remarks.append(.unknownTimeZone(text))
                clocks = atlas.zones(ofRegion: region)
            }
            place = place ?? .unstated
            place?.clocks = clocks
        }
        return place
    }

    /// A number at the row's place, if it is not there yet.
    private func add(_ reading: NumberReading, at place: StatedPlace?, to found: inout Numbers) {
        if found.entries.contains(where: { $0.reading.number == reading.number }) { return }
        guard found.entries.count < ListField.phoneLimit else {
            found.remarks.append(
                .notDialable(
                    reason: "\(reading.number) is one number more than the \(ListField.phoneLimit) that a contact has",
                    category: "more than \(ListField.phoneLimit) numbers"))
            return
        }
        let location: NumberLocation
        if let place {
            let both = atlas.location(of: reading, stated: place)
            location = both.location
            if both.isDisputed {
                found.remarks.append(.placesDiffer(.init(reading.number, atlas.location(of: reading), place)))
            }
        } else {
            location = atlas.location(of: reading)
        }
        found.entries.append(NumberEntry(reading: reading, location: location))
    }

    /// Looks at a row before the first is read: the columns' rows together tell how their digits are meant.
    mutating func learn(_ texts: [String]) {
        let texts = texts.map { SpreadsheetText.shown($0.trimmingWhitespace()) }
        cells.learn(texts, country: text(at: columns.country, in: texts).map { ($0, countries.region(of: $0)) })
    }

    /// Every number that can be read in a row that is no contact, wherever its cells may have moved: for the do-not-call list.
    func numbersToSuppress(in texts: [String]) -> [PhoneNumber] {
        let texts = texts.map { SpreadsheetText.shown($0.trimmingWhitespace()) }
        let surplus = max(0, texts.count - mapping.columns.count)
        var found: [PhoneNumber] = []
        for texts in surplus > 0 ? [texts, Array(texts.dropFirst(surplus))] : [texts] {
            let country = text(at: columns.country, in: texts).map { ($0, countries.region(of: $0)) }
            for column in cells.columns {
                guard let text = text(at: column.index, in: texts),
                    case .success(let cell) = cells.read(text, column, texts: texts, country: country)
                else { continue }
                let numbers = (cell.numbers.numbers + cell.numbers.faxes + cell.numbers.refused).map(\.number)
                for number in numbers where !found.contains(number) { found.append(number) }
            }
        }
        return found
    }

    private func name(in texts: [String]) -> String? {
        if let whole = text(at: columns.name, in: texts) { return whole }
        var parts = [columns.firstName, columns.lastName].compactMap { text(at: $0, in: texts) }
        // “Name” beside “First name” may be the whole of it.
        if parts.count == 2, parts[1].split(whereSeparator: { $0 == " " || $0 == "," }).contains(parts[0][...]) {
            parts.removeFirst()
        }
        return parts.isEmpty ? nil : parts.joined(separator: " ")
    }

    private func priority(in texts: [String]) throws(Rejection) -> Int {
        guard let text = text(at: columns.priority, in: texts) else { return 0 }
        guard let priority = Int32(text) else {
            throw Rejection(
                reason: "the priority \(Self.quoted(text)) is not a whole number", category: "priority is no number")
        }
        return Int(priority)
    }

    private func fields(in texts: [String], notDialable: Set<Int>, faxes: Set<Int>) -> [ContactField] {
        mapping.columns.indices.compactMap { index in
            guard let value = text(at: index, in: texts) else { return nil }
            let column = mapping.columns[index]
            return switch column.field {
            case .custom, .country, .callingCode, .areaCode, .state, .postalCode, .timeZone, .doNotCall, .firstName,
                .lastName:
                ContactField(name: column.fieldName, value: value)
            case .phone where faxes.contains(index):
                ContactField(name: "\(column.fieldName) (fax)", value: value)
            case .phone where notDialable.contains(index):
                ContactField(name: "\(column.fieldName) (not dialable)", value: value)
            case .phone, .name, .externalID, .priority, .ignore:
                nil
            }
        }
    }

    /// A text in a reason, cut so that a misplaced paragraph does not become part of it.
    static func quoted(_ text: String) -> String {
        text.count > 60 ? "“\(text.prefix(60))…”" : "“\(text)”"
    }

    private func text(at column: Int?, in texts: [String]) -> String? {
        guard let column, column < texts.count, !texts[column].isEmpty else { return nil }
        return texts[column]
    }
}
