import PhoneNumbers

/// The first rows of a list without a header: how many columns it has, and which of them hold numbers.
struct HeaderlessSample {
    private static let size = 50

    let rows: [(row: CSVRow, raw: String)]
    /// `column 1`, `column 2`, ...
    let headers: [String]

    init(_ reader: inout CSVReader, path: String) throws(ListImportError) {
        var rows: [(row: CSVRow, raw: String)] = []
        while rows.count < Self.size, let row = try reader.next() {
            rows.append((QuarantineReason.removed(from: row), reader.rawText))
        }
        let counts = rows.map { row in
            if case .fields(let fields) = row.row.content { fields.count } else { 0 }
        }
        // The commonest count: a row with a stray delimiter does not add a column.
        let tally = Dictionary(grouping: counts.filter { $0 > 0 }, by: { $0 }).mapValues(\.count)
        guard let columns = tally.max(by: { ($0.value, $0.key) < ($1.value, $1.key) })?.key else {
            throw .noHeader(path: path)
        }
        self.rows = rows
        headers = (1...columns).map { "column \($0)" }
    }

    /// The overrides by header, and phone columns where none was named: those whose texts are numbers in four rows of five.
    func overrides(
        _ given: [String: String], region: String, numbers: NumberReader
    ) -> [String: String] {
        var overrides: [String: String] = [:]
        for (column, field) in given {
            let number = Int(column.trimmingWhitespace())
            overrides[number.map { "column \($0)" } ?? column] = field
        }
        let fields = overrides.values.compactMap(ListField.init)
        if fields.contains(where: { if case .phone = $0 { true } else { false } }) { return overrides }
        var place = 0
        for (index, header) in headers.enumerated() where overrides[header] == nil {
            let texts = rows.compactMap { row -> String? in
                guard case .fields(let fields) = row.row.content, index < fields.count else { return nil }
                let text = fields[index].trimmingWhitespace()
                return text.isEmpty ? nil : text
            }
            let read = texts.filter { numbers.looksLikeNumber($0, region: region) }.count
            guard !texts.isEmpty, read * 5 >= texts.count * 4, place < ListField.phoneLimit else { continue }
            place += 1
            overrides[header] = ListField.phone(place).description
        }
        return overrides
    }
}
