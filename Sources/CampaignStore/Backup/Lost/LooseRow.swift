import GRDB

/// A row of a file that may be damaged: what is not of the kind that it should be reads as nothing, and nothing traps.
struct LooseRow {
    private let values: [String: DatabaseValue]

    init(_ row: Row) {
        values = Dictionary(row.map { ($0.0, $0.1) }, uniquingKeysWith: { first, _ in first })
    }

    /// A column as it stands; NULL where there is none of that name.
    func value(_ column: String) -> DatabaseValue { values[column] ?? .null }

    func integer(_ column: String) -> Int64? {
        if case .int64(let integer) = value(column).storage { integer } else { nil }
    }

    func text(_ column: String) -> String? {
        if case .string(let text) = value(column).storage { text } else { nil }
    }
}
