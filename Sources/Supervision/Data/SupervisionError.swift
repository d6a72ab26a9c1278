/// Why something that a manager asked for cannot be done, as a sentence that says what to do.
public struct SupervisionError: Error, Sendable, Hashable, CustomStringConvertible {
    public let description: String

    /// An error from its sentence.
    public init(_ description: String) {
        self.description = description
    }
}
