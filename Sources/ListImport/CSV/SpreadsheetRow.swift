import PhoneNumbers

/// A row as it stands in a file, made safe for spreadsheets; see ``SpreadsheetCell``.
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
        let starts = cellStarts(scalars, delimiter) ?? possibleStarts(scalars, delimiter)
        var guarded = String.UnicodeScalarView()
        for (place, scalar) in scalars.enumerated() {
            if starts.contains(place), !(isGuarded && scalar == "'"),
                SpreadsheetCell.needsGuard(cell(scalars, from: place, delimiter))
            {
                guarded.append("'")
            }
            guarded.append(scalar)
        }
        return String(guarded)
    }

    /// Where the content of each cell begins, behind its quote if it has one; nil where the quotes do not match.
    private static func cellStarts(_ row: [Unicode.Scalar], _ delimiter: Unicode.Scalar) -> Set<Int>? {
        var starts: Set<Int> = []
        var place = 0
        while true {
            if place < row.count, row[place] == "\"" {
                place += 1
                starts.insert(place)
                while true {
                    guard let quote = row[place...].firstIndex(of: "\"") else { return nil }
                    place = quote + 1
                    guard place < row.count, row[place] == "\"" else { break }
                    place += 1
                }
                guard place == row.count || row[place] == delimiter else { return nil }
            } else {
                starts.insert(place)
                while place < row.count, row[place] != delimiter {
                    guard row[place] != "\r", row[place] != "\n" else { return nil }
                    place += 1
                }
            }
            guard place < row.count else { return starts }
            place += 1
        }
    }

    private static func possibleStarts(_ row: [Unicode.Scalar], _ delimiter: Unicode.Scalar) -> Set<Int> {
        let ends: Set<Unicode.Scalar> = [delimiter, "\"", "\r", "\n"]
        return Set(row.indices.filter { $0 == 0 || ends.contains(row[$0 - 1]) })
    }

    /// What stands from a place to the next delimiter, quote or line end; a cell may begin with the latter two.
    private static func cell(_ row: [Unicode.Scalar], from place: Int, _ delimiter: Unicode.Scalar) -> ArraySlice<
        Unicode.Scalar
    > {
        guard place < row.count, row[place] != delimiter else { return [] }
        let ends: Set<Unicode.Scalar> = [delimiter, "\"", "\r", "\n"]
        let end = row[(place + 1)...].firstIndex(where: ends.contains) ?? row.count
        return row[place..<end]
    }
}
