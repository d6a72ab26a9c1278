/// Names that people type. Lengths count Unicode scalars: a single character may be made of any number of them, so a bound on
/// characters bounds nothing.
public enum NameText {
    /// Most scalars of a user's name.
    public static let mostOfName = 64
    /// Most scalars of the name that is shown.
    public static let mostOfDisplayName = 100
    /// Most scalars of a token's name.
    public static let mostOfToken = 64
    /// Most scalars of a network address.
    public static let mostOfAddress = 64

    /// The beginning of a text.
    public static func cut(_ text: String, to scalars: Int) -> String {
        // No scalar takes more than four bytes, and bytes are counted at once.
        guard text.utf8.count > scalars else { return text }
        return String(String.UnicodeScalarView(text.unicodeScalars.prefix(scalars)))
    }

    /// Whether a text would end a line, ring a bell, or show in another order than it is written.
    public static func hasUnfitScalars(_ text: String) -> Bool { text.unicodeScalars.contains(where: isUnfit) }

    /// A text for a log that is never changed: cut, and with a space in the place of what would end a line.
    static func logged(_ text: String, to scalars: Int) -> String {
        let text = cut(text, to: scalars)
        guard hasUnfitScalars(text) else { return text }
        return String(String.UnicodeScalarView(text.unicodeScalars.map { isUnfit($0) ? " " : $0 }))
    }

    private static func isUnfit(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: true
        // A joiner belongs to how some scripts and signs are written; the marks that turn the direction do not.
        case .format: scalar.value != 0x200C && scalar.value != 0x200D
        default: false
        }
    }
}
