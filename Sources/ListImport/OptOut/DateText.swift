/// Tells days from numbers and words. Which day it is, nobody asks.
enum DateText {
    /// Whether the text is a day, with a time or without: `2026-03-01`, `1.3.2026`, `03/01/26`, `20260301`, `1 Mar 2026`,
    /// `2026-11-02T08:00:00-05:00`.
    static func isDate(_ text: String) -> Bool {
        guard (6...40).contains(text.utf8.count) else { return false }
        let parts = text.split { !$0.isNumber && !$0.isLetter }
        guard let first = parts.first else { return false }
        if first.count == 8 || first.count == 14, let digits = Int(first.prefix(8)) {
            return isDay(year: digits / 10_000, month: digits / 100 % 100, day: digits % 100)
        }
        if first.count > 8, first.dropFirst(8).first == "T", let digits = Int(first.prefix(8)) {
            return isDay(year: digits / 10_000, month: digits / 100 % 100, day: digits % 100)
        }
        guard parts.count >= 3, parts.count <= 9 else { return false }
        // The time behind a T of ISO 8601 belongs to the third part.
        let third = parts[2].prefix { $0.isNumber }
        let separators = text.dropFirst(first.count).prefix(1)
        guard !third.isEmpty || parts[0].allSatisfy(\.isLetter) else { return false }
        guard ["-", "/", ".", " ", ","].contains(separators) else { return false }
        if let month = monthWord(parts[0]) { return isDay(year: Int(third), month: month, day: Int(parts[1])) }
        if let month = monthWord(parts[1]) { return isDay(year: Int(third), month: month, day: Int(first)) }
        guard let a = Int(first), let b = Int(parts[1]), let c = Int(third) else { return false }
        if first.count == 4 { return isDay(year: a, month: b, day: c) }
        guard first.count <= 2, parts[1].count <= 2, [2, 4].contains(third.count) else { return false }
        let year = third.count == 2 ? 2000 + c : c
        return isDay(year: year, month: b, day: a) || isDay(year: year, month: a, day: b)
    }

    private static func isDay(year: Int?, month: Int?, day: Int?) -> Bool {
        guard let year, let month, let day else { return false }
        let whole = year < 100 ? 2000 + year : year
        return (1980...2099).contains(whole) && (1...12).contains(month) && (1...31).contains(day)
    }

    /// A month's name begins with these letters in English and most of the languages of headers.
    private static let months: [(start: String, month: Int)] = [
        ("jan", 1), ("feb", 2), ("mar", 3), ("apr", 4), ("may", 5), ("mai", 5), ("jun", 6), ("jul", 7), ("aug", 8),
        ("sep", 9), ("oct", 10), ("okt", 10), ("nov", 11), ("dec", 12), ("dez", 12),
    ]

    private static func monthWord(_ text: Substring) -> Int? {
        guard text.count >= 3, text.allSatisfy(\.isLetter) else { return nil }
        let word = text.lowercased()
        return months.first { word.hasPrefix($0.start) }?.month
    }
}
