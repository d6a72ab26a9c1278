/// Why the number data cannot be used.
public enum AtlasProblem: Error, Sendable, Hashable, CustomStringConvertible {
    /// A file is missing or cannot be read.
    case unreadable(file: String, reason: String)
    /// A line is not of the form that the file's header describes.
    case malformed(file: String, line: Int, reason: String)

    /// One sentence: what is wrong, with what, and what to do.
    public var description: String {
        switch self {
        case .unreadable(let file, let reason):
            "The number data “\(file)” cannot be read (\(reason)): install the share folder, or name it in OFFHOOK_SHARE."
        case .malformed(let file, let line, let reason):
            "The number data “\(file)” is damaged in line \(line): \(reason). Install the share folder anew."
        }
    }
}
