import PhoneNumbers

/// A row as a file has it, made safe for spreadsheets; see ``SpreadsheetCell``.
public enum SpreadsheetRow {
    /// The row with an apostrophe before each cell that a spreadsheet could run. What is read from it, cell by cell through
    /// `SpreadsheetCell.original`, is what is read from the row.
    ///
    /// In a row whose quotes do not match nobody knows where its cells begin: there every place counts at which one could.
    ///
    /// - Parameter isGuarded: whether it comes from a file that was written so: only what a person has added since is guarded.
    public static func guarded(_ raw: String, delimiter: CSVDelimiter, isGuarded: Bool = false) -> String {
        let scalars = Array(raw.unicodeScalars)
        let delimiter = Unicode.Scalar(delimiter.rawValue)
        let cells = cells(scalars, delimiter) ?? possibleCells(scalars, delimiter)
        var guarded = String.UnicodeScalarView()
        for (place, scalar) in scalars.enumerated() {
            if let end = cells[place], !(isGuarded && scalar == "'"), SpreadsheetCell.needsGuard(scalars[place..<end]) {
                guarded.append("'")
            }
            guarded.append(scalar)
        }
        return String(guarded)
    }

    /// Where the content of each cell begins, behind its quote if it has one, and where it ends; nil where the quotes do not match.
    private static func cells(_ row: [Unicode.Scalar], _ delimiter: Unicode.Scalar) -> [Int: Int]? {
        var cells: [Int: Int] = [:]
        var place = 0
        while true {
            let start: Int
            if place < row.count, row[place] == "\"" {
                start = place + 1
                place = start
                while true {
                    guard let quote = row[place...].firstIndex(of: "\"") else { return nil }
                    place = quote + 1
                    guard place < row.count, row[place] == "\"" else { break }
                    place += 1
                }
                guard place == row.count || row[place] == delimiter else { return nil }
                cells[start] = place - 1
            } else {
                start = place
                while place < row.count, row[place] != delimiter {
                    guard row[place] != "\r", row[place] != "\n" else { return nil }
                    place += 1
                }
                cells[start] = place
            }
            guard place < row.count else { return cells }
            place += 1
        }
    }

    private static func possibleCells(_ row: [Unicode.Scalar], _ delimiter: Unicode.Scalar) -> [Int: Int] {
        let ends: Set<Unicode.Scalar> = [delimiter, "\"", "\r", "\n"]
        let starts = row.indices.filter { place in
            (place == 0 || ends.contains(row[place - 1])) && row[place] != delimiter
        }
        return Dictionary(
            uniqueKeysWithValues: starts.map { start in
                // A cell may begin with a line end.
                (start, row[(start + 1)...].firstIndex(where: ends.contains) ?? row.count)
            })
    }
}
