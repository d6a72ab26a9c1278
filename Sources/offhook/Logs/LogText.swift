/// Text made fit for a log: one line, of a bounded length, without numbers of people and e-mail addresses.
///
/// Nothing personal should reach a log in the first place; this catches what a phone, a file or a library put into its words.
enum LogText {
    /// Characters of a line that are kept.
    private static let longest = 2000

    /// The text with everything escaped or left out that must not stand there.
    static func safe(_ text: String) -> String {
        let short = text.unicodeScalars.count > longest ? String(text.unicodeScalars.prefix(longest)) + "…" : text
        return escaped(masked(short))
    }

    /// Control characters, line ends and marks that turn the direction of writing, as escapes; a backslash doubled.
    static func escaped(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\n": result.append(contentsOf: "\\n".unicodeScalars)
            case "\r": result.append(contentsOf: "\\r".unicodeScalars)
            case "\t": result.append(contentsOf: "\\t".unicodeScalars)
            case "\\": result.append(contentsOf: "\\\\".unicodeScalars)
            case _ where isUnfit(scalar):
                result.append(contentsOf: "\\u{\(String(scalar.value, radix: 16))}".unicodeScalars)
            default: result.append(scalar)
            }
        }
        return String(result)
    }

    private static func isUnfit(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator, .format: true
        default: false
        }
    }

    /// Numbers of people and e-mail addresses masked.
    static func masked(_ text: String) -> String { maskedNumbers(maskedAddresses(text)) }

    /// What has an at sign with something on both sides, up to a space, a quote or a bracket, is `[e-mail]`.
    private static func maskedAddresses(_ text: String) -> String {
        guard text.contains("@") else { return text }
        var result = ""
        var word = ""
        let finish = {
            let parts = word.split(separator: "@", omittingEmptySubsequences: false)
            result += parts.count > 1 && parts.allSatisfy({ !$0.isEmpty }) ? "[e-mail]" : word
            word = ""
        }
        for character in text {
            if character.isWhitespace || "\"'“”‘’<>()[]{},;".contains(character) {
                finish()
                result.append(character)
            } else {
                word.append(character)
            }
        }
        finish()
        return result
    }

    /// What looks like a telephone number is `[number]`: a plus and seven digits or more, ten to fifteen digits in a row, or the
    /// groups of a North American number. Dates, times, versions, addresses of phones and ids stay.
    private static func maskedNumbers(_ text: String) -> String {
        let all = Array(text.unicodeScalars)
        var result = String.UnicodeScalarView()
        var place = 0
        while place < all.count {
            let isStart = place == 0 || !isWord(all[place - 1])
            if isStart, let end = PhoneNumberShape.end(in: all, from: place) {
                result.append(contentsOf: "[number]".unicodeScalars)
                place = end
            } else {
                result.append(all[place])
                place += 1
            }
        }
        return String(result)
    }

    private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || scalar == "_"
    }
}

/// How telephone numbers are written.
enum PhoneNumberShape {
    /// Where a number that begins at a place ends; nil where none begins there.
    static func end(in text: [Unicode.Scalar], from start: Int) -> Int? {
        guard start < text.count, "+(0123456789".unicodeScalars.contains(text[start]) else { return nil }
        var place = start
        let hasPlus = text[place] == "+"
        if hasPlus { place += 1 }
        var groups: [(digits: Int, end: Int)] = []
        while true {
            var next = place
            while next < text.count, next - place < (groups.isEmpty ? 1 : 2),
                " ().-".unicodeScalars.contains(text[next])
            {
                next += 1
            }
            let first = next
            while next < text.count, ("0"..."9").contains(text[next]) { next += 1 }
            guard next > first else { break }
            groups.append((next - first, next))
            place = next
        }
        let counts = groups.map(\.digits)
        if hasPlus {
            var digits = 0
            var end: Int?
            for group in groups {
                digits += group.digits
                if digits > 15 { break }
                if digits >= 7 { end = group.end }
            }
            if let end { return end }
        }
        if let first = groups.first, (10...15).contains(first.digits), !isLetter(after: first.end, in: text) {
            return first.end
        }
        for shape in [[3, 3, 4], [1, 3, 3, 4]] where counts.starts(with: shape) { return groups[shape.count - 1].end }
        return nil
    }

    private static func isLetter(after place: Int, in text: [Unicode.Scalar]) -> Bool {
        place < text.count && text[place].properties.isAlphabetic
    }
}
