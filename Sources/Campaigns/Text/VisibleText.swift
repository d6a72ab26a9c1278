/// Texts from phones, lists and people made fit to be shown, where a character could be taken for a command, for a line of its own, or
/// for a turn of the direction of writing.
public enum VisibleText {
    /// Whether it is a control character (C0, DEL, C1), a line or paragraph separator, or a mark that overrides or isolates the
    /// direction of writing. Joiners, which names and emoji are written with, are none.
    public static func isUnfit(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x00...0x1F, 0x7F...0x9F, 0x2028, 0x2029, 0x202A...0x202E, 0x2066...0x2069: true
        default: false
        }
    }

    /// The text on one line: a line end shows as `⏎`, everything else that is unfit as `�`.
    public static func onOneLine(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isUnfit) else { return text }
        var shown = ""
        for character in text {
            if character.isNewline {
                shown += " ⏎ "
            } else {
                shown.unicodeScalars.append(contentsOf: character.unicodeScalars.map { isUnfit($0) ? "�" : $0 })
            }
        }
        return shown
    }

    /// A text whose line ends are its layout: everything else that is unfit shows as `�`.
    public static func inLines(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { $0 != "\n" && isUnfit($0) }) else { return text }
        return String(String.UnicodeScalarView(text.unicodeScalars.map { $0 != "\n" && isUnfit($0) ? "�" : $0 }))
    }

    /// A JSON text that says the same, with everything unfit inside its strings as an escape.
    public static func inJSON(_ json: String) -> String {
        guard json.unicodeScalars.contains(where: { $0 != "\n" && isUnfit($0) }) else { return json }
        var safe = String.UnicodeScalarView()
        for scalar in json.unicodeScalars {
            if scalar != "\n", scalar != "\r", scalar != "\t", isUnfit(scalar) {
                safe.append(contentsOf: escape(scalar).unicodeScalars)
            } else {
                safe.append(scalar)
            }
        }
        return String(safe)
    }

    /// Such as `\u009b`; of characters up to U+FFFF.
    public static func escape(_ scalar: Unicode.Scalar) -> String {
        let code = String(scalar.value, radix: 16)
        return "\\u" + String(repeating: "0", count: max(0, 4 - code.count)) + code
    }
}
