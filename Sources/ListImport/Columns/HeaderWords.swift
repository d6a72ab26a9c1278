import Foundation

/// A column's header as words: lower case, split at everything that is no letter or digit, between a small and a capital
/// letter, and between letters and digits. `Mobile No`, `mobile_no` and `mobileNo` are the same words.
///
/// Accents do not count: `Téléphone` and `telephone` are the same word.
struct HeaderWords {
    let words: [String]

    init(_ header: String) {
        if header.utf8.allSatisfy({ $0 < 0x80 }) {
            words = Self.words(plain: header)
            return
        }
        var words: [String] = []
        var word = ""
        var last: Character?
        for character in header.folding(options: .diacriticInsensitive, locale: nil) {
            let isWordCharacter = character.isLetter || character.isNumber
            let isBreak =
                if let last { (last.isLowercase && character.isUppercase) || last.isNumber != character.isNumber } else
                {
                    false
                }
            if !word.isEmpty, !isWordCharacter || isBreak {
                words.append(word.lowercased())
                word = ""
            }
            if isWordCharacter { word.append(character) }
            last = character
        }
        if !word.isEmpty { words.append(word.lowercased()) }
        self.words = words
    }

    /// The words of a text without accents.
    private static func words(plain header: String) -> [String] {
        var words: [String] = []
        var word: [UInt8] = []
        var last: UInt8 = 0
        let isDigit = { (byte: UInt8) in (0x30...0x39).contains(byte) }
        let isLower = { (byte: UInt8) in (0x61...0x7A).contains(byte) }
        for byte in header.utf8 {
            let isUpper = (0x41...0x5A).contains(byte)
            let isWordCharacter = isUpper || isLower(byte) || isDigit(byte)
            if !word.isEmpty, !isWordCharacter || isLower(last) && isUpper || isDigit(last) != isDigit(byte) {
                words.append(String(decoding: word, as: UTF8.self))
                word.removeAll(keepingCapacity: true)
            }
            if isWordCharacter { word.append(isUpper ? byte | 0x20 : byte) }
            last = byte
        }
        if !word.isEmpty { words.append(String(decoding: word, as: UTF8.self)) }
        return words
    }

    /// The words with nothing between them, so that `First Name` and `firstname` are equal.
    var joined: String { words.joined() }
}
