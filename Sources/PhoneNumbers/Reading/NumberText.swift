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
    /// What exports put before a number: the URI scheme of RFC 3966, the label of lead forms, and the quote that keeps
    /// a spreadsheet from counting with it.
    private static let labels = ["tel:", "p:", "'"]

    init(_ raw: some StringProtocol) {
        text = Self.withoutDecimals(Self.withoutLabel(Self.trimmed(raw)))
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

    /// `4155550123.0` is a number that a spreadsheet or a data frame took for a quantity; its zero is not a digit of it.
    private static func withoutDecimals(_ text: Substring) -> String {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let isQuantity =
            parts.count == 2 && parts[0].utf8.count >= 7
            && parts[0].utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            && (1...2).contains(parts[1].utf8.count) && parts[1].utf8.allSatisfy { $0 == UInt8(ascii: "0") }
        return String(isQuantity ? parts[0] : text)
    }
}
