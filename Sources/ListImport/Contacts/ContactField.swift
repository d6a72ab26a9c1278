/// A fact about a contact that the program does not interpret; the agent sees it.
public struct ContactField: Sendable, Hashable {
    /// The column's name.
    public var name: String
    /// The text, trimmed, never empty.
    public var value: String

    /// A field from its parts.
    public init(name: String, value: String) {
        self.name = name
        self.value = value
    }
}
