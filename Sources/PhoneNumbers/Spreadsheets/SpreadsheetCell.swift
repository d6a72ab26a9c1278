/// Cells of files that people open in a spreadsheet, which takes a cell that begins with certain signs for a formula and runs it.
///
/// Such a cell gets an apostrophe in front. One that has apostrophes before such a sign gets one more, so that the original can
/// always be told. A phone number of plain digits, such as +12125550101, is no formula, and programs need it as it is.
public enum SpreadsheetCell {
    /// The cell as it is written.
    public static func guarded(_ text: String) -> String { needsGuard(text.unicodeScalars) ? "'" + text : text }

    /// The cell that was written so.
    public static func original(_ text: String) -> String {
        guard text.unicodeScalars.first == "'", beginsFormula(text.unicodeScalars.drop { $0 == "'" }) else {
            return text
        }
        return String(text.unicodeScalars.dropFirst())
    }

    /// Whether a cell of these characters is written with one more apostrophe.
    public static func needsGuard(_ cell: some Collection<Unicode.Scalar>) -> Bool {
        beginsFormula(cell.drop { $0 == "'" }) && !isNumber(cell)
    }

    /// The signs, and those that spreadsheets take for them in East Asian text.
    private static func beginsFormula(_ cell: some Collection<Unicode.Scalar>) -> Bool {
        guard let first = cell.first else { return false }
        switch first {
        case "=", "+", "-", "@", "\t", "\r", "\n", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}": return true
        default: return false
        }
    }

    private static func isNumber(_ cell: some Collection<Unicode.Scalar>) -> Bool {
        cell.first == "+" && (8...16).contains(cell.count) && cell.dropFirst().allSatisfy { ("0"..."9").contains($0) }
    }
}
