/// Why a far end table could not be read.
public enum FarEndTableError: Error, Equatable, CustomStringConvertible {
    /// The file could not be opened.
    case unreadable(file: String, reason: String)
    /// The file is not a table.
    case malformed(file: String, reason: String)

    /// One sentence to act on.
    public var description: String {
        switch self {
        case .unreadable(let file, let reason):
            "Cannot read the far end table \(file): \(reason). Check the path and its permissions."
        case .malformed(let file, let reason):
            "The far end table \(file) is not valid: \(reason). Correct the file and start again."
        }
    }
}
