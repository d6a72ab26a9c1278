import Campaigns
import Foundation
import PhoneNumbers

extension Table {
    /// The table as CSV (RFC 4180) with a header; a cell that a spreadsheet would run as a formula gets an apostrophe in front.
    public var csv: String {
        Self.csvLine(columns.map(Cell.text)) + rows.map(Self.csvLine).joined()
    }

    /// One line of such a table, its line break included.
    public static func csvLine(_ cells: [Cell]) -> String {
        cells.map(csvCell).joined(separator: ",") + "\r\n"
    }

    /// The table as a JSON array of objects, keys in the order of the columns.
    public var json: String {
        let objects = rows.map { row in
            "{" + zip(columns, row).map { "\(JSONText.string($0)):\(Self.jsonCell($1))" }.joined(separator: ",") + "}"
        }
        return "[" + objects.joined(separator: ",\n") + "]"
    }

    private static func csvCell(_ cell: Cell) -> String {
        guard case .text(let content) = cell else {
            if case .share(let share) = cell { return String(share) }
            return cell.text
        }
        let text = SpreadsheetCell.guarded(content)
        // By code points: as a character, "\r\n" is one, and neither "\r" nor "\n" is found in it.
        guard text.unicodeScalars.contains(where: { ",\"\r\n".unicodeScalars.contains($0) }) else { return text }
        return "\"" + text.replacingOccurrences(of: "\"", with: "\"\"") + "\""
    }

    private static func jsonCell(_ cell: Cell) -> String {
        switch cell {
        case .text(let text): JSONText.string(text)
        case .integer(let number): String(number)
        case .decimal(let number): Cell.oneDecimal(number)
        case .share(let share): String(share)
        case .none: "null"
        }
    }
}

/// JSON strings.
public enum JSONText {
    /// A text as a JSON string, quotes included. What a terminal could take for a command stands in it as an escape.
    public static func string(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case _ where VisibleText.isUnfit(scalar): result += VisibleText.escape(scalar)
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
