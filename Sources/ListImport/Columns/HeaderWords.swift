import Foundation

/// A column's header as words: lower case, split at everything that is no letter or digit, between a small and a capital
/// letter, and between letters and digits. `Mobile No`, `mobile_no` and `mobileNo` are the same words.
///
/// Accents do not count: `Téléphone` and `telephone` are the same word.
struct HeaderWords {
    let words: [String]

    init(_ header: String) {
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

    /// The words with nothing between them, so that `First Name` and `firstname` are equal.
    var joined: String { words.joined() }
}
