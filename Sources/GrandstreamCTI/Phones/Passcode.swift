/// The admin password that every request carries in its URL (guide, chapter "Request format").
///
/// It reveals itself only to the request that is written to the phone. Printing, interpolating, dumping or mirroring it
/// gives `<passcode>`.
public struct Passcode: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The password itself. Keep every use of it inside the request's query and the redactor.
    let clear: String

    /// Wraps a password; any text is allowed, it is percent-encoded on the way out.
    public init(_ clear: String) {
        self.clear = clear
    }

    /// What stands in the passcode's place wherever it would be printed.
    static let placeholder = "<passcode>"

    /// Always `<passcode>`.
    public var description: String { Self.placeholder }

    /// Always `<passcode>`.
    public var debugDescription: String { Self.placeholder }

    /// A mirror without children, so that `dump` shows nothing.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
