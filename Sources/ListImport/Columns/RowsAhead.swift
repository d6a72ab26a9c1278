/// Rows that were read to look at them before they are given out, each with its raw text.
struct RowsAhead {
    private var rows: [(row: CSVRow, raw: String)]
    private var next = 0

    init(_ rows: [(row: CSVRow, raw: String)] = []) {
        self.rows = rows
    }

    /// Reads on until so many rows wait, or the file ends.
    mutating func fill(
        to count: Int, from reader: inout CSVReader, _ change: (CSVRow) -> CSVRow = { $0 }
    ) throws(ListImportError) {
        while rows.count - next < count, let row = try reader.next() {
            rows.append((change(row), reader.rawText))
        }
    }

    /// The next row that waits.
    mutating func take() -> (row: CSVRow, raw: String)? {
        guard !rows.isEmpty else { return nil }
        guard next < rows.count else {
            rows = []
            next = 0
            return nil
        }
        next += 1
        return rows[next - 1]
    }

    /// The texts of the rows that wait and can be read.
    var texts: [[String]] {
        rows[next...].compactMap { if case .fields(let fields) = $0.row.content { fields } else { nil } }
    }
}
