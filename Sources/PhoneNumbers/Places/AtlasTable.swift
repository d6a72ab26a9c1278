import Foundation

/// A table of number data: tab-separated columns, `#` comments, `-` for an empty list.
struct AtlasTable {
    struct Row {
        var line: Int
        var columns: [String]
    }

    let file: String
    let rows: [Row]

    init(directory: URL, name: String, columns: Int) throws(AtlasProblem) {
        let url = directory.appending(path: name)
        file = url.path(percentEncoded: false)
        let text: String
        do {
            text = try String(contentsOf: url, encoding: .utf8)
        } catch {
            throw .unreadable(file: file, reason: error.localizedDescription)
        }
        var rows: [Row] = []
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            guard !line.isEmpty, !line.hasPrefix("#") else { continue }
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            guard fields.count == columns, !fields.contains("") else {
                throw .malformed(
                    file: file, line: index + 1, reason: "it should have \(columns) columns, none of them empty")
            }
            rows.append(Row(line: index + 1, columns: fields))
        }
        self.rows = rows
    }

    func problem(in row: Row, _ reason: String) -> AtlasProblem {
        .malformed(file: file, line: row.line, reason: reason)
    }

    /// The parts of a list column, sorted.
    static func list(_ column: String) -> [String] {
        column == "-" ? [] : column.split(separator: ",").map(String.init).sorted()
    }
}
