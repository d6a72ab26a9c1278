/// An ending that stands for another number beside a whole one: `23125-12/13`, `-15, -16`, `0158/59`, `555-0147 / 555-0148`.
struct NumberEnding {
    /// The whole number's text before it.
    let number: String
    /// The ending's digits.
    let digits: String
    /// Whether a hyphen stands before the ending.
    let hasHyphen: Bool

    /// How far apart the numbers of one block lie at most.
    private static let farthest = 9

    init(_ ending: String, of number: String) {
        self.number = number
        digits = ending.filter(\.isNumber)
        hasHyphen = ending.hasPrefix("-") || ending.hasPrefix("–")
    }

    /// The other number's text; nil where the digits may be something else, such as an extension.
    var text: String? {
        guard !digits.isEmpty, digits.count <= 8, replaced.count == digits.count else { return nil }
        return isPlain ? replacing(with: digits) : nil
    }

    /// All numbers of a block up to the one that ends so; nil where it is none of a few.
    var block: [String]? {
        guard digits.count <= 4, replaced.count == digits.count, let first = Int(replaced), let last = Int(digits),
            (1...Self.farthest).contains(last - first)
        else { return nil }
        return ((first + 1)...last).map { value in
            let text = String(value)
            return replacing(with: String(repeating: "0", count: max(0, digits.count - text.count)) + text)
        }
    }

    /// The digits that it replaces.
    private var replaced: String { String(number.filter(\.isNumber).suffix(digits.count)) }

    /// Whether it has as many digits as the number's last groups, or is the next of a row.
    private var isPlain: Bool {
        var length = 0
        for group in number.split(whereSeparator: { !$0.isNumber }).reversed() {
            length += group.count
            if length == digits.count { return true }
            if length > digits.count { break }
        }
        if hasHyphen || digits.count > 4 { return false }
        guard let first = Int(replaced), let second = Int(digits) else { return false }
        return (1...Self.farthest).contains(second - first)
    }

    private func replacing(with digits: String) -> String {
        var left = Array(digits)
        var text = Array(number)
        for index in text.indices.reversed() where text[index].isNumber {
            guard let digit = left.popLast() else { break }
            text[index] = digit
        }
        return String(text)
    }
}
