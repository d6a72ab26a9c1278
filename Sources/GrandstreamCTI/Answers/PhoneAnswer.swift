/// The answer to any command, as JSON for people and programs: `{"response":"success", ...}` with the typed fields.
public enum PhoneAnswer: Sendable, Hashable, Encodable {
    /// The lines of a GXP phone, as `lines`.
    case lines([LineStatus])
    /// The status of a GXP phone, its fields beside `response`.
    case phone(PhoneStatus)
    /// The status of an account, its fields beside `response`.
    case account(AccountStatus)
    /// The status of a handset, its fields beside `response`.
    case handset(HandsetStatus)
    /// The lines of a handset, as `lines`, with the `handset`.
    case handsetLines(handset: Int, [HandsetLineStatus])
    /// What was said to a command that acts, as `body`.
    case acknowledged(Acknowledgement)

    private enum CodingKeys: String, CodingKey {
        case response, lines, handset, body
    }

    /// Writes the answer as the type's description says.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode("success", forKey: .response)
        switch self {
        case .lines(let lines):
            try container.encode(lines, forKey: .lines)
        case .phone(let status):
            try status.encode(to: encoder)
        case .account(let status):
            try status.encode(to: encoder)
        case .handset(let status):
            try status.encode(to: encoder)
        case .handsetLines(let handset, let lines):
            try container.encode(handset, forKey: .handset)
            try container.encode(lines, forKey: .lines)
        case .acknowledged(let acknowledgement):
            try container.encode(acknowledgement, forKey: .body)
        }
    }
}
