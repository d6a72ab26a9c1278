/// What each column of a list is taken for: as the header tells, and as the person who imports it says.
public struct ColumnMapping: Sendable, Hashable {
    /// One column of the file.
    public struct Column: Sendable, Hashable {
        /// Its header, trimmed; may be empty.
        public var header: String
        /// What it is taken for.
        public var field: ListField
        /// The name under which its text is kept if it becomes a field of the contact; unique within the list.
        public var fieldName: String
        /// What its header says of people who want no calls, whatever the column is taken for; nil where it says nothing.
        public var optOut: OptOutKind?
    }

    /// Most columns of a list.
    public static let most = 1000

    /// All columns, in the file's order.
    public let columns: [Column]

    /// Maps the columns of a header.
    ///
    /// Columns that look like phone numbers take the places in calling order that no override has taken, from left to
    /// right; of several that look like one other field, the first has it. What is left becomes custom fields.
    ///
    /// - Parameter overrides: from a column's header (case ignored) to a field as ``ListField`` spells it.
    /// - Throws: ``ListImportError``, if there are more than ``most`` columns or overrides, an override names what does not exist,
    ///   or no column holds phone numbers.
    public init(headers: [String], overrides: [String: String] = [:]) throws(ListImportError) {
        guard max(headers.count, overrides.count) <= Self.most else {
            throw .tooManyColumns(max(headers.count, overrides.count))
        }
        let headers = headers.map { $0.trimmingWhitespace() }
        var fields = try Self.overridden(headers, overrides)
        let isGiven = fields.map { $0 != nil }
        var taken = Set(fields.compactMap { $0 })
        let hasOwnNumber =
            taken.contains { if case .phone = $0 { true } else { false } }
            || headers.contains { HeaderGuess.meaning(of: $0) == .phone && !OtherPeople.areNamed(in: $0) }
        for (index, header) in headers.enumerated() where fields[index] == nil {
            let wanted: ListField? =
                switch HeaderGuess.meaning(of: header) {
                case .phone where hasOwnNumber && OtherPeople.areNamed(in: header): nil
                case .phone: (1...ListField.phoneLimit).lazy.map(ListField.phone).first { !taken.contains($0) }
                // Rows that were bad twice have two columns of reasons.
                case .field(let field): taken.contains(field) && !field.mayRepeat ? nil : field
                case nil: nil
                }
            guard let wanted else { continue }
            taken.insert(wanted)
            fields[index] = wanted
        }
        NumberHeaders.refine(&fields, headers: headers, isGiven: isGiven)
        var names = FieldNames()
        columns = headers.indices.map { index in
            let header = headers[index]
            let optOut = OptOutHeader.kind(of: header)
            let fallback = header.isEmpty ? "column \(index + 1)" : header
            let field = fields[index] ?? .custom(fallback)
            if case .custom(let name) = field {
                let unique = names.unique(name)
                return Column(header: header, field: .custom(unique), fieldName: unique, optOut: optOut)
            }
            return Column(
                header: header, field: field, fieldName: names.unique(field.keptName(header: fallback)), optOut: optOut)
        }
        if phoneColumns.isEmpty { throw .noPhoneColumn(headers: headers) }
    }

    /// The columns with phone numbers, by their index, in calling order.
    public var phoneColumns: [Int] {
        let places = columns.enumerated().compactMap { index, column -> (place: Int, index: Int)? in
            guard case .phone(let place) = column.field else { return nil }
            return (place, index)
        }
        return places.sorted { $0.place < $1.place }.map(\.index)
    }

    private static func overridden(
        _ headers: [String], _ overrides: [String: String]
    ) throws(ListImportError) -> [ListField?] {
        var fields = [ListField?](repeating: nil, count: headers.count)
        var columnsByField: [ListField: [String]] = [:]
        for (column, spelling) in overrides.sorted(by: { $0.key < $1.key }) {
            let index = try Self.index(of: column, in: headers)
            guard let field = ListField(spelling) else {
                throw .unknownField(
                    spelling, column: column, nearest: Nearest.names(to: spelling, in: ListField.spellings))
            }
            fields[index] = field
            if !field.mayRepeat { columnsByField[field, default: []].append(headers[index]) }
        }
        if let (field, columns) = columnsByField.filter({ $0.value.count > 1 })
            .min(by: { $0.key.description < $1.key.description })
        {
            throw .fieldMappedTwice(field: field.description, columns: columns)
        }
        return fields
    }

    private static func index(of column: String, in headers: [String]) throws(ListImportError) -> Int {
        let wanted = column.trimmingWhitespace()
        var found = headers.indices.filter { headers[$0] == wanted }
        if found.isEmpty { found = headers.indices.filter { headers[$0].lowercased() == wanted.lowercased() } }
        guard let index = found.first else {
            throw .unknownColumn(column, nearest: Nearest.names(to: wanted, in: headers.filter { !$0.isEmpty }))
        }
        guard found.count == 1 else { throw .columnRepeated(column) }
        return index
    }
}

/// Gives out names, each once: the second `Email` of a header is `Email (2)`.
private struct FieldNames {
    private var taken: Set<String> = []
    /// The last number that was tried for a name: a header of one word alone is not counted through anew for each column.
    private var counts: [String: Int] = [:]

    mutating func unique(_ name: String) -> String {
        var candidate = name
        while !taken.insert(candidate).inserted {
            let count = counts[name, default: 1] + 1
            counts[name] = count
            candidate = "\(name) (\(count))"
        }
        return candidate
    }
}
