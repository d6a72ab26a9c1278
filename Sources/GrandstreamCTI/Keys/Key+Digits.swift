extension Key {
    /// What people put between digits for the eye alone.
    private static let separators: Set<Character> = [" ", ".", "(", ")", "[", "]", "-"]

    private static let dialKeys: [Character: Key] = Dictionary(
        uniqueKeysWithValues: "0123456789".enumerated().map { ($1, Key.digit($0)) } + [("*", .star), ("#", .hash)])

    /// The keys that dial a number: 0-9, `*` and `#` stand; spaces, dots, brackets and hyphens are dropped.
    ///
    /// - Throws: ``KeyError/notDialable(_:)`` for any other character: a keypad has no plus, a pause is not a key, and
    ///   letters are more often a mistake than a number; ``KeyError/nothingToDial`` where no digit is left.
    public static func digits(from number: String) throws(KeyError) -> [Key] {
        var keys: [Key] = []
        for character in number where !separators.contains(character) {
            guard let key = dialKeys[character] else { throw .notDialable(character) }
            keys.append(key)
        }
        guard !keys.isEmpty else { throw .nothingToDial }
        return keys
    }

    /// The character on a dial key.
    var dialCharacter: String {
        switch self {
        case .star: "*"
        case .hash: "#"
        default: description
        }
    }
}
