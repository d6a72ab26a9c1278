import PhoneNumbers

/// Makes a contact of the texts of a row.
struct ContactBuilder {
    let mapping: ColumnMapping
    /// The region of the list, for rows that name no country.
    let region: String
    let numbers: NumberReader
    let atlas: NumberAtlas

    private let phoneColumns: [Int]
    private let columnsByField: [ListField: Int]
    private let hasPlaces: Bool
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
        phoneColumns = mapping.phoneColumns
        let columns = Dictionary(
            mapping.columns.enumerated().map { ($0.element.field, $0.offset) }, uniquingKeysWith: { first, _ in first })
        columnsByField = columns
        hasPlaces = [ListField.timeZone, .state, .postalCode].contains { columns[$0] != nil }
    }

    /// - Parameter texts: the row's fields as they stand in the file; missing ones at the end count as empty.
    func contact(of texts: [String], row: Int, line: Int) throws(Rejection) -> ContactCandidate {
        let texts = texts.map { $0.trimmingWhitespace() }
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
            externalID: text(of: .externalID, in: texts),
            priority: try priority(in: texts),
            numbers: found.entries,
            fields: fields(in: texts, notDialable: found.notDialable)
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
        var isPlaceStated = false
        var remarks: [RowRemark] = []
    }

    private func readNumbers(in texts: [String]) throws(Rejection) -> Numbers {
        let country = text(of: .country, in: texts)
        let countryRegion = country.map(countries.region(of:)) ?? region
        var found = Numbers()
        var reasons: [Rejection] = []
        let place =
            country == nil || countryRegion != nil
            ? stated(in: texts, region: countryRegion ?? region, &found.remarks) : nil
        found.isPlaceStated = place != nil
        for column in phoneColumns {
            guard let text = text(at: column, in: texts) else { continue }
            switch read(text, countryRegion: countryRegion, country: country) {
            case .success(let reading):
                guard !found.entries.contains(where: { $0.reading.number == reading.number }) else { continue }
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
            case .failure(let rejection):
                found.notDialable.insert(column)
                reasons.append(
                    Rejection(
                        reason: "\(mapping.columns[column].fieldName) \(Self.quoted(text)) \(rejection.reason)",
                        category: rejection.category))
            }
        }
        guard found.entries.isEmpty else {
            found.remarks += reasons.map { .notDialable(reason: $0.reason, category: $0.category) }
            return found
        }
        let names = phoneColumns.map { "“\(mapping.columns[$0].fieldName)”" }.joined(separator: ", ")
        guard let first = reasons.first else {
            throw Rejection(reason: "there is no number in \(names)", category: "no number")
        }
        throw Rejection(reason: reasons.map(\.reason).joined(separator: "; "), category: first.category)
    }

    /// Where the row says that the person is; nil where it says nothing that can be used. A time zone that cannot be read may be
    /// any of its country's.
    private func stated(in texts: [String], region: String, _ remarks: inout [RowRemark]) -> StatedPlace? {
        guard hasPlaces else { return nil }
        var state: StatedPlace?
        if let text = text(of: .state, in: texts) {
            state = atlas.state(named: text, region: region)
            // Most countries have no states in our tables; there, nothing is wrong with the text.
            if state == nil, atlas.knowsStates(of: region) { remarks.append(.unknownState(text)) }
        }
        var postalCode: StatedPlace?
        if let text = text(of: .postalCode, in: texts) {
            postalCode = atlas.place(ofPostalCode: text, region: region)
            if postalCode == nil, state == nil, atlas.knowsPostalCodes(of: region) {
                remarks.append(.unknownPostalCode(text))
            }
        }
        var place = atlas.place(state: state, postalCode: postalCode)
        if let text = text(of: .timeZone, in: texts) {
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

    /// A country that is not understood does no harm to a number that brings its country code.
    private func read(
        _ text: String, countryRegion: String?, country: String?
    ) -> Result<NumberReading, Rejection> {
        guard countryRegion != nil || text.hasPrefix("+") else {
            return .failure(
                Rejection(
                    reason: "cannot be read: \(Self.quoted(country ?? "")) is no country that is known",
                    category: "unknown country"))
        }
        let region = countryRegion ?? region
        return numbers.read(text, region: region).mapError {
            Rejection(reason: $0.predicate(region: region), category: $0.category)
        }
    }

    /// Every number that can be read in a row that is no contact, wherever its cells may have moved: for the do-not-call list.
    func numbersToSuppress(in texts: [String]) -> [PhoneNumber] {
        let country = text(of: .country, in: texts)
        let countryRegion = country.map(countries.region(of:)) ?? region
        let surplus = max(0, texts.count - mapping.columns.count)
        var found: [PhoneNumber] = []
        for column in phoneColumns {
            for place in Set([column, column + surplus]).sorted() {
                guard let text = text(at: place, in: texts)?.trimmingWhitespace(), !text.isEmpty else { continue }
                if case .success(let reading) = read(text, countryRegion: countryRegion, country: country),
                    !found.contains(reading.number)
                {
                    found.append(reading.number)
                }
            }
        }
        return found
    }

    private func name(in texts: [String]) -> String? {
        if let whole = text(of: .name, in: texts) { return whole }
        let parts = [ListField.firstName, .lastName].compactMap { text(of: $0, in: texts) }
        return parts.isEmpty ? nil : parts.joined(separator: " ")
    }

    private func priority(in texts: [String]) throws(Rejection) -> Int {
        guard let text = text(of: .priority, in: texts) else { return 0 }
        guard let priority = Int32(text) else {
            throw Rejection(
                reason: "the priority \(Self.quoted(text)) is not a whole number", category: "priority is no number")
        }
        return Int(priority)
    }

    private func fields(in texts: [String], notDialable: Set<Int>) -> [ContactField] {
        mapping.columns.indices.compactMap { index in
            guard let value = text(at: index, in: texts) else { return nil }
            let column = mapping.columns[index]
            return switch column.field {
            case .custom, .country, .state, .postalCode, .timeZone, .doNotCall, .firstName, .lastName:
                ContactField(name: column.fieldName, value: value)
            case .phone where notDialable.contains(index):
                ContactField(name: "\(column.fieldName) (not dialable)", value: value)
            case .phone, .name, .externalID, .priority, .ignore:
                nil
            }
        }
    }

    /// A text in a reason, cut so that a misplaced paragraph does not become part of it.
    private static func quoted(_ text: String) -> String {
        text.count > 60 ? "“\(text.prefix(60))…”" : "“\(text)”"
    }

    private func text(of field: ListField, in texts: [String]) -> String? {
        columnsByField[field].flatMap { text(at: $0, in: texts) }
    }

    private func text(at column: Int, in texts: [String]) -> String? {
        guard column < texts.count, !texts[column].isEmpty else { return nil }
        return texts[column]
    }
}
