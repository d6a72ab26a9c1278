/// One row of a file as it was found.
public struct CSVRow: Sendable, Hashable {
    /// Counts from 1, the header included.
    public var number: Int
    /// The physical line where the row begins, from 1.
    public var line: Int
    /// The texts of its fields, quotes resolved; or why it cannot be read.
    public var content: Content
    /// Whether the line holds nothing but spaces, not even a delimiter.
    public var isBlankLine: Bool

    /// What is in a row.
    public enum Content: Sendable, Hashable {
        /// The texts of its fields, quotes resolved, spaces kept.
        case fields([String])
        /// It cannot be read.
        case problem(CSVProblem)
    }
}
