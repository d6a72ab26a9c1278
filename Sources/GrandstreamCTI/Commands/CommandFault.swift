/// Why a command is not sent at all.
enum CommandFault: Error, Sendable, Hashable {
    /// The family has no such function or key.
    case unsupported(String)
    /// An argument is missing, superfluous or out of range.
    case invalidArgument(String)
}
