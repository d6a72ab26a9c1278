/// What a spreadsheet would see in CSV that the product wrote: a reading of its own, for tests.
public enum CSVText {
    /// The cells of each line; quotes are taken off and doubled quotes are one.
    public static func rows(_ text: String) -> [[String]] {
        var rows: [[String]] = []
        var row: [String] = []
        var cell = ""
        var isQuoted = false
        var wasQuote = false
        for character in text {
            if isQuoted {
                isQuoted = character != "\""
                wasQuote = !isQuoted
                if isQuoted { cell.append(character) }
                continue
            }
            if character == "\"" {
                if wasQuote { cell.append(character) }
                isQuoted = true
            } else if character == "," || character.isNewline {
                row.append(cell)
                cell = ""
                if character != "," {
                    rows.append(row)
                    row = []
                }
            } else {
                cell.append(character)
            }
            wasQuote = false
        }
        return rows
    }
}
