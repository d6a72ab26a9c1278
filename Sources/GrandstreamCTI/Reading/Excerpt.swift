/// A short piece of an answer that may stand in an error.
struct Excerpt: Sendable, CustomStringConvertible {
    /// The longest excerpt, in characters.
    static let limit = 80

    /// One line of at most 80 characters, in quotes, or a word for nothing at all.
    let description: String

    init(_ text: String, redactor: Redactor) {
        // Redacted before it is cut, so that no half of the passcode survives at the cut.
        let words = redactor.redact(text).split { $0.isWhitespace || $0.unicodeScalars.contains { $0.value < 0x20 } }
        let line = words.joined(separator: " ")
        if line.isEmpty {
            description = "nothing"
        } else if line.count > Self.limit {
            description = "“\(line.prefix(Self.limit - 1))…”"
        } else {
            description = "“\(line)”"
        }
    }
}
