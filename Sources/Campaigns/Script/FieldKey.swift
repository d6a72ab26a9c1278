/// The name of a contact's field as people mean it: capitals, blanks, underscores and hyphens do not count, so that `first_name`,
/// `First Name`, `first name` and `firstName` are one field.
public struct FieldKey: Sendable, Hashable {
    private let text: String

    /// The key of a name; a name of blanks and lines alone is kept as it is.
    public init(_ name: String) {
        let lower = name.lowercased()
        let bare = lower.filter { !$0.isWhitespace && $0 != "_" && $0 != "-" }
        text = bare.isEmpty ? lower : bare
    }
}
