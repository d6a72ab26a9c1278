/// An operation on the device as a whole (guide, chapter "System Operations Functions").
public enum SystemOperation: String, Sendable, Hashable, Codable, CaseIterable {
    /// Restart the device; it is unreachable for a minute or more.
    case reboot = "REBOOT"
    /// Return the device to its factory settings, the passcode and accounts included.
    case reset = "RESET"
}
