/// A text that should be a number: cleaned of what spreadsheets and exports put around it, and judged for what does
/// not belong in one. The library reads numbers out of running text; a list of people to call must not be read so.
struct NumberText {
    /// The text without the marks that are no part of the number.
    let text: String
    /// Groups of letters, nothing else between the letters of one group.
    private let letterGroups: Int
    private let hasForeignCharacter: Bool
    private let hasExtensionMark: Bool

    /// Longer texts are never numbers (the library's own limit).
    private static let longest = 250
    /// Digits in an extension at most; what is longer is a second number.
    private static let longestExtension = 7
    /// What may stand between the digits: the library's list of punctuation.
    private static let punctuation: Set<Unicode.Scalar> = Set(
        " \t+-().[]/~\u{00A0}\u{00AD}\u{200B}\u{2060}\u{2010}\u{2011}\u{2012}\u{2013}\u{2014}\u{2015}\u{2212}\u{30FC}\u{3000}\u{FF08}\u{FF09}\u{FF0B}\u{FF0D}\u{FF0E}\u{FF0F}\u{FF3B}\u{FF3D}\u{2053}\u{223C}\u{FF5E}"
            .unicodeScalars)
    /// What announces an extension without letters: `#55`, `;ext=55`, `,55`.
    private static let extensionMarks: Set<Unicode.Scalar> = ["#", "\u{FF03}", ";", "=", ",", ":", "\u{FF1A}"]
    /// What exports put before a number: the URI scheme of RFC 3966, the label of lead forms, and the quotes that keep
    /// a spreadsheet from counting with it.
    private static let labels = ["tel:", "p:", "'", "`"]

    /// Whether a spreadsheet's notation stood there with fewer digits than the number had.
    let isRounded: Bool

    init(_ raw: some StringProtocol) {
        let shown = Self.withoutLabel(Self.trimmed(SpreadsheetText.shown(String(Self.trimmed(raw)))))
        switch SpreadsheetQuantity.reading(shown) {
        case .digits(let digits):
            text = digits
            isRounded = false
        case .rounded:
            text = String(shown)
            isRounded = true
        case nil:
            text = String(shown)
            isRounded = false
        }
        var groups = 0
        var isInGroup = false
        var foreign = false
        var mark = false
        for scalar in text.unicodeScalars where !Self.isDigit(scalar) {
            if scalar.properties.isAlphabetic {
                if !isInGroup { groups += 1 }
                isInGroup = true
                continue
            }
            isInGroup = false
            if Self.extensionMarks.contains(scalar) {
                mark = true
            } else if !Self.punctuation.contains(scalar) {
                foreign = true
            }
        }
        letterGroups = groups
        hasForeignCharacter = foreign
        hasExtensionMark = mark
    }

    var isEmpty: Bool { text.isEmpty }

    /// Whether every character has its place in a number in which the library found `foundExtension`: letters only
    /// as the extension's label, or as a vanity number's digits.
    func isWholeNumber(with foundExtension: String?) -> Bool {
        guard !hasForeignCharacter else { return false }
        if let foundExtension, foundExtension.utf8.count > Self.longestExtension { return false }
        if hasExtensionMark, foundExtension == nil { return false }
        if letterGroups == 0 || (letterGroups == 1 && foundExtension != nil) { return true }
        return LibPhoneNumber.isVanity(text)
    }

    /// Whether letters or marks stand in the text, so that a failure to read it is better told as "not a number" than
    /// by a count of digits.
    var isWordy: Bool { letterGroups > 0 || hasForeignCharacter || hasExtensionMark }

    /// Whether the text is longer than any number. The library must not see it: its patterns take time by the square of
    /// the length, and a cell of a list may hold a book.
    var isOverlong: Bool { text.utf8.count > Self.longest }

    /// Whether a plus says that a country code comes first.
    var hasCountryCode: Bool { text.hasPrefix("+") || text.hasPrefix("\u{FF0B}") }

    /// The digits alone, if the text is nothing but a few digits and punctuation, without a country code.
    var shortDigits: String? {
        guard !isWordy, !hasCountryCode else { return nil }
        let digits = text.utf8.filter { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        guard (1...8).contains(digits.count) else { return nil }
        return String(decoding: digits, as: UTF8.self)
    }

    /// Whether nothing in the text can separate two numbers: few digits, their punctuation, and no bar.
    var isSimple: Bool {
        !isWordy && !text.contains("/") && digitCount <= 13
            && !text.dropFirst().contains("+")
    }

    var digitCount: Int { text.unicodeScalars.count(where: Self.isDigit) }

    /// The first digits, as many as tell a prefix or a country code; `(49) 30…` gives `4930…`.
    var leadingDigits: String {
        var digits = ""
        for scalar in text.unicodeScalars {
            if Self.isDigit(scalar),
                let value = scalar.properties.numericType == nil ? nil : Int(scalar.properties.numericValue ?? 0)
            {
                digits.append(String(value))
                if digits.count == 8 { break }
            } else if scalar.properties.isAlphabetic || Self.extensionMarks.contains(scalar) {
                break
            }
        }
        return digits
    }

    /// The text with its first digits taken off, whatever stands between them.
    func droppingDigits(_ count: Int) -> Substring {
        var left = count
        var index = text.unicodeScalars.startIndex
        while left > 0, index < text.unicodeScalars.endIndex {
            if Self.isDigit(text.unicodeScalars[index]) { left -= 1 }
            index = text.unicodeScalars.index(after: index)
        }
        return text[index...]
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.generalCategory == .decimalNumber
    }

    private static func trimmed(_ raw: some StringProtocol) -> Substring {
        // Directional marks and byte-order marks come along when numbers are copied from messages and pages.
        func isPadding(_ character: Character) -> Bool {
            character.isWhitespace
                || character.unicodeScalars.allSatisfy {
                    $0.properties.generalCategory == .format || $0.properties.generalCategory == .control
                }
        }
        var text = Substring(raw)
        while let first = text.first, isPadding(first) { text.removeFirst() }
        while let last = text.last, isPadding(last) { text.removeLast() }
        return text
    }

    private static func withoutLabel(_ text: Substring) -> Substring {
        for label in labels where text.prefix(label.count).lowercased() == label {
            return trimmed(text.dropFirst(label.count))
        }
        return text
    }
}
