import Foundation

/// Cells in which exports keep a text from being taken for a quantity: `="02079460958"`, `=T("…")`, `'0207…`.
public enum SpreadsheetText {
    /// The text that a spreadsheet shows in the cell; the cell itself where it is nothing of the kind.
    ///
    /// Of a link to a telephone number it is the number, if what is shown has none.
    @inlinable
    public static func shown(_ cell: String) -> String {
        // Nearly every cell begins otherwise: with a letter or a digit.
        guard let first = cell.utf8.first, first < 0x30 || first == 0x3D || first == 0x60 else { return cell }
        return shown(cell, first: first)
    }

    @usableFromInline
    static func shown(_ cell: String, first: UInt8) -> String {
        switch first {
        case UInt8(ascii: "="): return formula(cell.dropFirst()) ?? cell
        case UInt8(ascii: "'"), UInt8(ascii: "`"):
            let rest = cell.dropFirst()
            if rest.utf8.first == UInt8(ascii: "="), let shown = formula(rest.dropFirst()) { return shown }
            return isNumeric(rest) ? String(rest) : cell
        case UInt8(ascii: "\""):
            guard cell.utf8.count > 2, cell.hasPrefix("\"="), cell.hasSuffix("\"") else { return cell }
            return formula(cell.dropFirst(2).dropLast()) ?? cell
        default: return cell
        }
    }

    private static func formula(_ text: Substring) -> String? {
        let text = text.drop { $0 == " " }
        if text.first == "\"" { return quoted(text).flatMap { $0.rest.isEmpty ? $0.text : nil } }
        // `=1+1` is a sum, and a note; `=02079460960` a number.
        let digits = text.first == "+" ? text.dropFirst() : text
        if digits.utf8.count >= 4, digits.utf8.allSatisfy({ $0.decimal != nil }) { return String(text) }
        guard let open = text.firstIndex(of: "("), text.hasSuffix(")") else { return nil }
        var arguments = text[text.index(after: open)...].dropLast()
        switch text[..<open].uppercased() {
        case "T", "TEXT", "CLEAN", "TRIM":
            arguments = arguments.drop { $0 == " " }
            if arguments.first == "\"" { return quoted(arguments)?.text }
            return isNumeric(arguments) ? String(arguments) : nil
        case "HYPERLINK":
            guard let target = quoted(arguments) else { return nil }
            let scheme = target.text.prefix { $0 != ":" }
            let number = scheme.lowercased() == "tel" ? String(target.text.dropFirst(4)) : nil
            let label = quoted(target.rest.drop { $0 == "," || $0 == ";" || $0 == " " })?.text
            guard let label, !label.isEmpty else { return number ?? target.text }
            return label.contains(where: \.isNumber) ? label : number ?? label
        default: return nil
        }
    }

    /// The text between quotes, doubled ones made one, and what follows it.
    private static func quoted(_ text: Substring) -> (text: String, rest: Substring)? {
        guard text.first == "\"" else { return nil }
        var content = ""
        var rest = text.dropFirst()
        while let end = rest.firstIndex(of: "\"") {
            content += rest[..<end]
            rest = rest[rest.index(after: end)...]
            guard rest.first == "\"" else { return (content, rest) }
            content.append("\"")
            rest = rest.dropFirst()
        }
        return nil
    }

    /// Digits with the punctuation of numbers, and nothing else.
    private static func isNumeric(_ text: Substring) -> Bool {
        text.contains(where: \.isNumber) && text.utf8.allSatisfy { $0.decimal != nil || " +-().".utf8.contains($0) }
    }
}
