/// A number that a spreadsheet or a data frame took for a quantity: `4155550123.0`, `2,125,550,146`, `2.125550143E9`.
enum SpreadsheetQuantity {
    /// What a text is as a quantity.
    enum Reading: Equatable {
        /// The same text, without the marks of a quantity.
        case digits(String)
        /// In scientific notation with fewer digits than the quantity has.
        case rounded
    }

    /// Digits of a phone number that are worth a look.
    private static let digits = 7...15

    /// Nil if the text is no quantity.
    static func reading(_ text: Substring) -> Reading? {
        guard text.utf8.contains(where: { ".,eE".utf8.contains($0) }) else { return nil }
        if let scientific = scientific(text) { return scientific }
        let whole = withoutZeros(text)
        if let joined = withoutThousands(whole ?? text) { return .digits(joined) }
        return whole.map { .digits(String($0)) }
    }

    /// `2.125550143E9` and `2,125550143E+09`: exact if every digit before the decimal point is written out.
    private static func scientific(_ text: Substring) -> Reading? {
        let parts = text.split(omittingEmptySubsequences: false) { $0 == "E" || $0 == "e" }
        guard parts.count == 2, let mantissa = parts.first, let power = parts.last else { return nil }
        let exponentDigits = power.first == "+" ? power.dropFirst() : power
        guard isDigits(exponentDigits), exponentDigits.count <= 2, let exponent = Int(exponentDigits) else {
            return nil
        }
        let plus = mantissa.first == "+" ? "+" : ""
        let figures = mantissa.dropFirst(plus.count).split(omittingEmptySubsequences: false) { $0 == "." || $0 == "," }
        guard (1...2).contains(figures.count), let whole = figures.first, isDigits(whole) else { return nil }
        let decimals = figures.count == 2 ? figures[1] : ""
        guard decimals.isEmpty || isDigits(decimals), digits.contains(whole.count + exponent) else { return nil }
        guard decimals.count >= exponent, decimals.dropFirst(exponent).allSatisfy({ $0 == "0" }) else {
            return .rounded
        }
        return .digits(plus + whole + decimals.prefix(exponent))
    }

    /// `4155550123.0`, `+4930231250,00`: the zeros behind the last mark are no digits of a number, if what stands before has no
    /// such mark or is a quantity with marks for its thousands.
    private static func withoutZeros(_ text: Substring) -> Substring? {
        guard let mark = text.lastIndex(where: { $0 == "." || $0 == "," }) else { return nil }
        let zeros = text[text.index(after: mark)...]
        guard (1...3).contains(zeros.utf8.count), zeros.allSatisfy({ $0 == "0" }) else { return nil }
        let whole = text[..<mark]
        guard whole.utf8.allSatisfy({ $0.decimal != nil || " +-()/.,".utf8.contains($0) }),
            whole.utf8.count(where: { $0.decimal != nil }) >= digits.lowerBound, whole.last?.isNumber == true
        else { return nil }
        let isPlain = !whole.contains { $0 == "." || $0 == "," }
        return isPlain || (text[mark] != "." ? withoutThousands(whole) : withoutThousands(whole, ",")) != nil
            ? whole : nil
    }

    /// `2,125,550,146`: groups of three behind the first.
    private static func withoutThousands(_ text: Substring, _ mark: Character? = nil) -> String? {
        let plus = text.first == "+" ? "+" : ""
        let body = text.dropFirst(plus.count)
        for separator in [",", "."] as [Character] where mark == nil || mark == separator {
            let groups = body.split(separator: separator, omittingEmptySubsequences: false)
            guard groups.count >= 3, let first = groups.first, (1...3).contains(first.count), isDigits(first),
                groups.dropFirst().allSatisfy({ $0.count == 3 && isDigits($0) })
            else { continue }
            return plus + groups.joined()
        }
        return nil
    }

    private static func isDigits(_ text: Substring) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { $0.decimal != nil }
    }
}
