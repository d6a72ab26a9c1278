/// A hyphen between blanks and a short ending: `06 69821018 - 19` is two numbers, as `06 69821018 / 19` is. A hyphen without blanks joins
/// a number's own digits, as in `030 23125-12`.
enum SpacedEnding {
    private static let longest = 3
    private static let shortestNumber = 6

    /// The text with a bar in place of such a hyphen; nil where it has none.
    static func spelled(_ text: String) -> String? {
        var text = text
        // Nearly no cell has one, and every cell of a list is asked.
        guard let hyphen = text.withUTF8(spacedHyphen) else { return nil }
        let bytes = Array(text.utf8)
        let ending = bytes[(hyphen + 1)...].filter { $0 != 0x20 }
        let number = bytes[..<hyphen]
        guard (1...longest).contains(ending.count), ending.allSatisfy({ $0.decimal != nil }),
            number.count(where: { $0.decimal != nil }) >= shortestNumber,
            // Where every group stands between blanks and hyphens, the last is one of them: `030 - 23125 - 12`.
            !zip(number, number.dropFirst()).contains(where: { pair in
                (pair.0 == 0x20 && pair.1 == UInt8(ascii: "-")) || (pair.0 == UInt8(ascii: "-") && pair.1 == 0x20)
            })
        else { return nil }
        return String(decoding: number, as: UTF8.self) + "/ " + String(decoding: ending, as: UTF8.self)
    }

    /// Where the last hyphen is, if it has a blank beside it.
    private static func spacedHyphen(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        guard let hyphen = bytes.lastIndex(of: UInt8(ascii: "-")), hyphen > 0, hyphen + 1 < bytes.count,
            bytes[hyphen - 1] == 0x20 || bytes[hyphen + 1] == 0x20
        else { return nil }
        return hyphen
    }
}
