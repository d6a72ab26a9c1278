import Foundation

/// The text of a cell in its parts: runs of digits as numbers have them, words beside them, and marks between them.
struct CellText {
    /// A part of the text.
    enum Part: Equatable {
        /// Digits with the punctuation of numbers, trimmed; with its extension, if one followed.
        case run(String)
        /// A word, as ``NumberWords`` spells it, and whether a parenthesis stands around it.
        case word(String, isEnclosed: Bool)
        /// What separates two numbers.
        case separator
        /// Digits in one text with a comma before them: an extension, or an ending.
        case appended(String)
    }

    private(set) var parts: [Part] = []
    /// Whether a sign stands in the text that is no part of numbers and labels.
    private(set) var hasForeignSign = false
    private(set) var letters = 0

    /// Longer texts are notes.
    private static let longest = 250
    private static let punctuation = Set(
        " \t+-()./~\u{00A0}\u{2010}\u{2011}\u{2012}\u{2013}\u{2014}\u{2212}\u{200B}\u{00AD}".unicodeScalars)
    private static let separators = Set("\n\r;|,&\u{2028}\u{2022}\u{00B7}".unicodeScalars)
    private static let ignored = Set(
        "\"'`“”„«»<>{}[]:=?!_\u{260E}\u{260F}\u{2706}\u{1F4DE}\u{1F4F1}\u{FE0F}".unicodeScalars)

    /// Nil where the text is too long to be a number with words beside it.
    init?(_ text: String) {
        guard text.utf8.count <= Self.longest else { return nil }
        let scalars = Array(text.unicodeScalars)
        var index = 0
        var depth = 0
        while index < scalars.count {
            let scalar = scalars[index]
            if scalar.properties.isAlphabetic {
                var end = index
                while end < scalars.count,
                    scalars[end].properties.isAlphabetic || scalars[end] == "'" || scalars[end] == "’"
                {
                    end += 1
                }
                letters += end - index
                let word = NumberWords.key(String(String.UnicodeScalarView(scalars[index..<end])))
                parts.append(.word(word, isEnclosed: depth > 0))
                index = end
            } else if Self.isDigit(scalar) || scalar == "+" || scalar == "\u{FF0B}" || scalar == "("
                || Self.punctuation.contains(scalar)
            {
                index = takeRun(scalars, from: index, &depth)
            } else {
                let isComma =
                    scalar == "," && index > 0 && Self.isDigit(scalars[index - 1]) && index + 1 < scalars.count
                    && Self.isDigit(scalars[index + 1])
                index += 1
                if isComma {
                    var end = index
                    while end < scalars.count, Self.isDigit(scalars[end]) { end += 1 }
                    if end - index <= 7, !Self.goesOn(scalars, from: end) {
                        parts.append(.appended(String(String.UnicodeScalarView(scalars[index..<end]))))
                        index = end
                    } else {
                        parts.append(.separator)
                    }
                } else if scalar == "#" {
                    parts.append(.word("x", isEnclosed: false))
                } else if scalar == ":", index + 1 < scalars.count, scalars[index] == ":", scalars[index + 1] == ":" {
                    parts.append(.separator)
                    index += 2
                } else if Self.separators.contains(scalar) {
                    parts.append(.separator)
                } else if !Self.ignored.contains(scalar), scalar.properties.generalCategory != .format {
                    hasForeignSign = true
                }
            }
        }
        joinExtensions()
    }

    /// Whether more digits follow behind punctuation: `212.555.0143,212.555.0144`.
    private static func goesOn(_ scalars: [Unicode.Scalar], from start: Int) -> Bool {
        scalars[start...].first { !punctuation.contains($0) }.map(isDigit) ?? false
    }

    /// Takes digits and punctuation up to a word, a sign, or a plus that begins another number.
    private mutating func takeRun(_ scalars: [Unicode.Scalar], from start: Int, _ depth: inout Int) -> Int {
        var index = start
        var digits = 0
        var endsAtPlus = false
        while index < scalars.count,
            Self.isDigit(scalars[index]) || Self.punctuation.contains(scalars[index]) || scalars[index] == "\u{FF0B}"
        {
            let scalar = scalars[index]
            if scalar == "+" || scalar == "\u{FF0B}", digits >= 6 {
                endsAtPlus = true
                break
            }
            if scalar == "(" { depth += 1 }
            if scalar == ")" { depth = max(0, depth - 1) }
            if Self.isDigit(scalar) { digits += 1 }
            index += 1
        }
        let text = String(String.UnicodeScalarView(scalars[start..<index]))
        if digits > 0 {
            parts.append(.run(Self.trimmed(text)))
        } else if text.contains("/") {
            parts.append(.separator)
        }
        if endsAtPlus { parts.append(.separator) }
        return index
    }

    /// `030 123456, ext. 5` is one number.
    private mutating func joinExtensions() {
        var joined: [Part] = []
        for part in parts {
            if case .run(let digits) = part, digits.count <= 7, digits.utf8.allSatisfy({ $0.decimal != nil }) {
                var before = joined
                var isExtension = false
                if case .word(let word, _)? = before.last, NumberWords.plainExtension.contains(word) {
                    isExtension = true
                    before.removeLast()
                }
                if isExtension, before.last == .separator { before.removeLast() }
                if isExtension, case .run(let number)? = before.last {
                    before[before.count - 1] = .run("\(number) ext. \(digits)")
                    joined = before
                    continue
                }
            }
            joined.append(part)
        }
        parts = joined
    }

    /// Punctuation at the ends belongs to no number: `(030) 123` keeps its parenthesis, `030 123 /` loses its bar.
    private static func trimmed(_ run: String) -> String {
        var text = Substring(run)
        while let last = text.last, !last.isNumber, last != ")" || !text.contains("(") { text.removeLast() }
        while let first = text.first, !first.isNumber, !"+＋(-".contains(first) { text.removeFirst() }
        if text.hasSuffix("("), text.count > 1 { text.removeLast() }
        return String(text)
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.generalCategory == .decimalNumber
    }
}
