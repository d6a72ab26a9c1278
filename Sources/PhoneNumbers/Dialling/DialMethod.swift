/// How a phone is made to dial (Grandstream CTI guide: `api-send_key`, `api-make_call`).
public enum DialMethod: String, Sendable, Codable, Hashable, CaseIterable {
    /// The digits are pressed like keys; there is no key for a plus.
    case sendKey = "send_key"
    /// The number is handed over whole; it may begin with a plus.
    case makeCall = "make_call"
}
