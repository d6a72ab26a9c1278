/// Why a text is not a key or not a number to dial.
public enum KeyError: Error, Sendable, Hashable, CustomStringConvertible {
    /// No key has this name.
    case unknownKey(String)
    /// No key dials this character.
    case notDialable(Character)
    /// There is no digit in the number.
    case nothingToDial

    /// One sentence: what is wrong and what to do.
    public var description: String {
        reason.prefix(1).uppercased() + reason.dropFirst() + "."
    }

    /// The description as a clause, to stand in another sentence.
    var reason: String {
        switch self {
        case .unknownKey(let name):
            "no key is called “\(name)”; use a name of the guide's table, such as 5, STAR, LINE2 or SEND"
        case .notDialable(let character):
            "“\(character)” cannot be dialled; use digits, * and #, with spaces, dots, brackets or hyphens between"
        case .nothingToDial:
            "the number has no digits; give at least one"
        }
    }
}
